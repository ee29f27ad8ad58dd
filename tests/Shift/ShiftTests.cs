// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using Lapel.Intake;
using Lapel.Tests;
using Lapel.Verify;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Shift.Tests
{
    /// <summary>
    /// The shift: two and a half hours, with LAPEL_SWEEP=1 twelve. Environment: LAPEL_SEED=n plays another twelve; LAPEL_LONG=1 plays
    /// several shifts. The line that it prints says what was in it; a shift that fails names its seed.
    /// </summary>
    [TestClass]
    public sealed class ShiftTests
    {
        // The sample's seed gives every kind of fault; the test says so when it no longer does.
        private const int SampleSeed = 3,
            FirstSeed = 1,
            LongSeeds = 8;

        private static readonly Stopwatch Took = new();

        private static readonly Lazy<(ShiftRun Run, ShiftVerdict Verdict)> Shift = new(() =>
        {
            Took.Start();
            ShiftRun run = ShiftRun.Of(Size, Seed);
            var verdict = new ShiftVerdict(run);
            Took.Stop();
            return (run, verdict);
        });

        public TestContext TestContext { get; set; } = null!;

        private static ShiftSize Size => TestSize.IsSweep || Given != null ? ShiftSize.Whole : ShiftSize.Sample;

        private static string? Given => Environment.GetEnvironmentVariable("LAPEL_SEED");

        private static int Seed =>
            Given is string seed ? int.Parse(seed, CultureInfo.InvariantCulture)
            : TestSize.IsSweep ? FirstSeed
            : SampleSeed;

        [ClassCleanup]
        public static void End()
        {
            if (Shift.IsValueCreated)
            {
                Shift.Value.Run.Dispose();
            }
        }

        [TestMethod]
        [TestCategory(TestSize.Sweep)]
        public void NothingIsLostInAShift()
        {
            (ShiftRun run, ShiftVerdict verdict) = Shift.Value;
            Require(run, verdict, Took.Elapsed);
            if (!TestSize.IsLong)
            {
                return;
            }

            for (int seed = Seed + 1; seed < Seed + LongSeeds; seed++)
            {
                var watch = Stopwatch.StartNew();
                using ShiftRun other = ShiftRun.Of(Size, seed);
                Require(other, new ShiftVerdict(other), watch.Elapsed);
            }
        }

        [TestMethod]
        [TestCategory(TestSize.Sweep)]
        public void AnotherTruthIsToldFromThisOne()
        {
            if (Size != ShiftSize.Whole)
            {
                Assert.Inconclusive("no recording of the sample is long and undisturbed: LAPEL_SWEEP=1 plays the whole shift");
            }

            (ShiftRun run, ShiftVerdict verdict) = Shift.Value;
            Truth truth = run.Truth;
            Evidence evidence = verdict.Evidence;
            List<string> Recordings() => new RecordingJudge(truth, evidence).Wrong;
            List<string> Log() => new LogJudge(truth, evidence, verdict.Recordings).Wrong;
            List<string> Coverage() => new CoverageJudge(truth, evidence.AuditLog).Wrong;
            TrueRecording recording = truth.Recordings.First(r =>
                RecordingJudge.Interrupted(r) == null && r.Markers.Count > 0 && r.EndMs - r.PressMs > 60_000
            );

            Expect(Without(truth.Recordings, recording, Recordings), "was never begun");
            Expect(Without(truth.Recordings, recording, Coverage), "it did not record");
            Expect(
                With(
                    truth.Recordings,
                    new TrueRecording
                    {
                        Boot = recording.Boot,
                        PressMs = recording.PressMs - 20_000,
                        ToldMs = recording.PressMs - 19_000,
                        StartedWith = 0,
                        PreEventSeconds = 10,
                        EndMs = recording.PressMs,
                    },
                    Recordings
                ),
                "is lost"
            );
            Expect(Without(recording.Markers, recording.Markers[0], Recordings), "that nobody set");
            Expect(Without(recording.Markers, recording.Markers[0], Log), "nobody set the marker");
            Expect(With(recording.Markers, (recording.PressMs + 5_000, Hal.Button.Event), Recordings), "lacks 1 markers");
            TruePress press = truth.Presses.First(p => p.Boot == recording.Boot && p.Kind == PressKind.Hold);
            Expect(Without(truth.Presses, press, Log), "nobody pressed");
            Expect(With(truth.Presses, press with { DownMs = press.DownMs - 7_000 }, Log), "a press");
            Expect(
                Without(truth.Configurations, truth.Configurations[0], () => With(truth.Configurations, (recording.Boot, 77), Log)),
                "configuration 77"
            );
            Expect(With(truth.ClockSettings, (recording.Boot, recording.PressMs - 3_000_000), Log), "a setting of the clock");
            Expect(Without(truth.Receipts, truth.Receipts[0], Log), "was released without a receipt");
            Expect(Without(truth.Docked, truth.Docked.MaxBy(d => d.ToUs - d.FromUs), Coverage), "it was in no dock");
            Expect(
                With(truth.Served, (recording.Boot, recording.PressMs - 30_000, recording.PressMs - 10_000), Coverage),
                "a dock brought segments"
            );
            long ended = recording.EndMs;
            recording.EndMs += 5_000;
            Expect(Recordings(), "taken before its end");
            recording.EndMs = ended;
            TrueBoot boot = recording.Boot;
            long number = boot.Number;
            boot.Number = 9999;
            Expect(Log(), "the boot");
            boot.Number = number;
            Assert.IsEmpty(Recordings().Concat(Log()).Concat(Coverage()).ToList());
        }

        [TestMethod]
        [TestCategory(TestSize.Sweep)]
        public void AnAlteredStoreIsToldFromThisOne()
        {
            (ShiftRun run, ShiftVerdict verdict) = Shift.Value;
            List<Kept> stored = [.. verdict.Evidence.Segments.Where(s => s.Path != null && s.Frames.Count > 0)];
            string damaged = stored[0].Path!,
                missing = stored[1].Path!,
                unreceipted = DeviceStore.ReceiptOf(stored[2].Path!);
            byte[] bytes = File.ReadAllBytes(damaged),
                gone = File.ReadAllBytes(missing),
                receipt = File.ReadAllBytes(unreceipted),
                log = run.Day.Card.ReadAll(Evidence.Log);
            try
            {
                File.WriteAllBytes(damaged, [.. bytes[..40_000], (byte)(bytes[40_000] ^ 1), .. bytes[40_001..]]);
                File.Delete(missing);
                File.WriteAllBytes(unreceipted, File.ReadAllBytes(DeviceStore.ReceiptOf(stored[3].Path!)));
                run.Day.Card.Write(Evidence.Log, 200 * 512 + 120, [(byte)(log[200 * 512 + 120] ^ 1)]);
                IReadOnlyList<string> wrong = new ShiftVerdict(run).Wrong;
                Expect(wrong, Path.GetRelativePath(verdict.Evidence.Store, damaged));
                Expect(wrong, "is not what was stored");
                Expect(wrong, $"segment {stored[1].Recording}/{stored[1].Segment} was stored and is lost");
                Expect(wrong, $"segment {stored[1].Recording}/{stored[1].Segment} was released and is not in the store");
                Expect(wrong, "its receipt is for something else");
                Expect(wrong, "audit log: " + Evidence.Log);
            }
            finally
            {
                File.WriteAllBytes(damaged, bytes);
                File.WriteAllBytes(missing, gone);
                File.WriteAllBytes(unreceipted, receipt);
                run.Day.Card.Write(Evidence.Log, 0, log);
            }
        }

        private void Require(ShiftRun run, ShiftVerdict verdict, TimeSpan took)
        {
            string line = verdict.Line(took);
            Console.WriteLine(line);
            Console.WriteLine(verdict.Details());
            Console.WriteLine("what went wrong: " + string.Join("; ", run.Truth.KindsOfFault));
            TestContext.WriteLine(line);
            Assert.IsEmpty(
                verdict.Wrong,
                $"{line}\nLAPEL_SEED={run.Seed} plays it "
                    + $"again\n{string.Join('\n', verdict.Wrong.Take(40))}\n{string.Join('\n', run.Truth.Story)}"
            );
            Assert.HasCount(run.Size.Recordings, run.Truth.Recordings, $"seed {run.Seed}");
            Assert.IsGreaterThan(run.Size.LeastReceipts, verdict.Store.Receipts);
            Assert.IsGreaterThan(run.Size.LeastReusedSlots, run.Day.Watch.ReusedSlots);
            Assert.IsGreaterThan(0, verdict.Recordings.BoundLater);
            Assert.IsGreaterThan(run.Size.LeastLogged, verdict.Log.Found);
            if (run.Size == ShiftSize.Sample)
            {
                Assert.IsEmpty(Faults.Kinds.Except(run.Truth.KindsOfFault), "kinds of fault that did not come");
            }
        }

        private static void Expect(IEnumerable<string> wrong, string what) =>
            Assert.IsTrue(
                wrong.Any(w => w.Contains(what, StringComparison.Ordinal)),
                $"\"{what}\" was not noticed, but {string.Join("; ", wrong.Take(5))}"
            );

        private static List<string> Without<T>(List<T> list, T one, Func<List<string>> judge)
        {
            int at = list.IndexOf(one);
            list.RemoveAt(at);
            List<string> wrong = judge();
            list.Insert(at, one);
            return wrong;
        }

        private static List<string> With<T>(List<T> list, T one, Func<List<string>> judge)
        {
            list.Add(one);
            List<string> wrong = judge();
            list.RemoveAt(list.Count - 1);
            return wrong;
        }
    }
}
