// SPDX-License-Identifier: MIT

using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Lapel.Hal.Virtual;
using Lapel.Verify;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.PowerCut
{
    /// <summary>
    /// The power goes at every write around a press and around a change of the slot: the verdict is never that parts are missing. A segment
    /// that is taken away still is.
    /// </summary>
    [TestClass]
    public class CutVerdictTests
    {
        private const int AroundPress = 40,
            AroundChange = 12;

        // The log's checkpoint follows its entries when nothing else is due.
        private const long SignedUs = 5_000_000;

        private static readonly Lazy<Shift> Clean = new(() => Shift.Run(false));

        public TestContext TestContext { get; set; } = null!;

        [TestMethod]
        public void NoHonestCutLeavesPartsMissing()
        {
            Shift shift = Clean.Value;
            List<WriteRecord> writes = [.. Chosen(shift)];
            var failed = new ConcurrentBag<string>();
            int judged = 0;
            Parallel.ForEach(
                writes,
                write =>
                {
                    (MemoryMedium card, MemoryMedium flash) = Cut(shift, write);
                    if (Boot.Run(card, flash, 31, done: Sign) is string wrong)
                    {
                        failed.Add(write.Index + ": " + wrong);
                        return;
                    }

                    foreach (RecordingResult recording in Judge(card))
                    {
                        System.Threading.Interlocked.Increment(ref judged);
                        if (recording.Verdict != Verdict.Authentic)
                        {
                            failed.Add(
                                $"{write.Index} {write.Path}[{write.Sector}]: recording {recording.RecordingNumber} {recording.Verdict}: "
                                    + string.Join("; ", recording.Findings.Where(f => f.Severity >= Severity.Missing))
                            );
                        }
                    }
                }
            );
            string line = string.Create(
                CultureInfo.InvariantCulture,
                $"power-cut, verdicts: {writes.Count} cuts, {judged} recordings judged, {failed.Count} failed"
            );
            Console.WriteLine(line);
            TestContext.WriteLine(line);
            Assert.IsEmpty(failed, line + "\n" + string.Join("\n", failed.Order(StringComparer.Ordinal).Take(12)));
        }

        [TestMethod]
        public void ASegmentThatIsTakenAwayIsMissing()
        {
            Shift shift = Clean.Value;
            int taken = 0,
                withinBound = 0;
            foreach (WriteRecord write in Chosen(shift).Where(w => w.Index % 5 == 0))
            {
                (MemoryMedium card, MemoryMedium flash) = Cut(shift, write);
                Assert.IsNull(Boot.Run(card, flash, 31, done: Sign));
                foreach (RecordingResult recording in Judge(card).Where(r => r.Segments.Count > 1))
                {
                    foreach (SegmentResult segment in recording.Segments)
                    {
                        // Taken from the recovered card, and the camera boots with what is left.
                        MemoryMedium less = new() { Stale = shift.Stale };
                        less.Restore(card.TakeSnapshot());
                        less.Write(segment.Name, 0, new byte[512]);
                        MemoryMedium inside = new();
                        inside.Restore(flash.TakeSnapshot());
                        Boot.Run(less, inside, 32, done: Sign);
                        RecordingResult left = Judge(less).Single(r => r.RecordingNumber == recording.RecordingNumber);
                        taken++;
                        if (left.Verdict != Verdict.Authentic)
                        {
                            continue;
                        }

                        // Nothing of it was committed: it lies within the bound, and the verdict says that so much may be gone.
                        withinBound++;
                        Assert.IsLessThanOrEqualTo(8_500, segment.EndTime!.Value - segment.StartTime!.Value, $"cut {write.Index}");
                        Assert.IsTrue(left.Findings.Any(f => f.Code == FindingCode.Statement && f.Severity == Severity.Warning));
                    }
                }
            }

            Console.WriteLine($"{taken} segments taken away, {withinBound} of them within the bound");
            Assert.IsGreaterThan(20, taken);
            Assert.IsLessThan(taken / 20, withinBound);
        }

        [TestMethod]
        public void ASegmentThatTheCameraHadCommittedToIsMissingThoughItWasTakenBeforeTheBoot()
        {
            Shift shift = Clean.Value;
            int number = shift.Writes.First(w => w.Recording != 0).Recording;
            WriteRecord[] live = [.. shift.Writes.Where(w => w.Recording == number && w.IsSlot)];

            // Well behind the press: the live segment has footage that was committed to.
            WriteRecord at = live[live.Length / 2];
            (MemoryMedium card, MemoryMedium flash) = Cut(shift, at);
            card.Write(at.Path, 0, new byte[512]);
            Boot.Run(card, flash, 31, done: Sign);
            RecordingResult? left = Judge(card).SingleOrDefault(r => r.RecordingNumber == number);
            Assert.IsTrue(left == null || left.Verdict != Verdict.Authentic, left?.Verdict.ToString());
        }

        private static void Sign(VirtualCamera.VirtualCamera camera) => camera.RunUntil(camera.NowUs + SignedUs);

        private static (MemoryMedium Card, MemoryMedium Flash) Cut(Shift shift, WriteRecord write)
        {
            var card = new MemoryMedium { Stale = shift.Stale };
            card.Restore(write.Card);
            var flash = new MemoryMedium();
            flash.Restore(write.Flash);
            return (card, flash);
        }

        // From each press on, and around each write that begins a segment behind another.
        private static IEnumerable<WriteRecord> Chosen(Shift shift)
        {
            var chosen = new SortedSet<int>();
            int recording = 0;
            foreach (WriteRecord write in shift.Writes)
            {
                bool begins = write.Recording != 0 && write.Recording != recording;
                recording = write.Recording != 0 ? write.Recording : recording;
                bool opens = write.IsSlot && write.Sectors[0].AsSpan(4, 4).SequenceEqual("ftyp"u8);
                int from = begins ? write.Index - 4 : write.Index - AroundChange,
                    to = write.Index + (begins ? AroundPress : AroundChange);
                for (int i = from; (begins || opens) && i <= to; i++)
                {
                    chosen.Add(Math.Clamp(i, 0, shift.Writes.Count - 1));
                }
            }

            return chosen.Select(i => shift.Writes[i]);
        }

        internal static IReadOnlyList<RecordingResult> Judge(MemoryMedium card)
        {
            TrustedKey key = TrustedKey.Parse(card.ReadAll("LAPEL/DEVICE.PUB"));
            var segments = new List<SegmentResult>();
            foreach (string path in card.Files.Where(f => f.EndsWith(".MP4", StringComparison.Ordinal)))
            {
                uint slot = uint.Parse(path.AsSpan(path.Length - 12, 8), CultureInfo.InvariantCulture);
                var catalogue = Verify.Catalogue.Read(
                    new System.IO.MemoryStream(card.ReadAll("LAPEL/CATALOG.A")),
                    new System.IO.MemoryStream(card.ReadAll("LAPEL/CATALOG.B"))
                );
                SegmentResult segment = SegmentVerifier.Verify(new MemorySource(card.ReadAll(path)), path, slot, KeyChoice.Given(key));
                if (segment.State != SegmentState.None && catalogue[slot]?.State != 0)
                {
                    segments.Add(segment);
                }
            }

            AuditResult log = AuditVerifier.Verify(new MemorySource(card.ReadAll(PowerCut.Judge.Log)), PowerCut.Judge.Log, key, segments);
            return RecordingVerifier.Judge(segments, [log]);
        }
    }
}
