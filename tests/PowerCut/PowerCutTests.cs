// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using Lapel.Tests;
using Lapel.Verify;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.PowerCut
{
    /// <summary>
    /// The power-cut run: a sample of cuts under every variant and in every phase of the shift; with LAPEL_SWEEP=1 at every sector but
    /// where all are alike; with LAPEL_LONG=1 there too. Environment: LAPEL_CUT=id makes one cut and says what comes of it;
    /// LAPEL_CUT_STEP=n cuts at one sector in n of the sweep; LAPEL_SEED=n draws another sample.
    /// </summary>
    [TestClass]
    public class PowerCutTests
    {
        private const int FirstSeed = 1,
            CutsAPhase = 4,
            PulledAPhase = 1,
            CutAgain = 6,
            WritesCutAgain = 3;

        private static readonly Lazy<Sweep> Sweep = new(() => new Sweep());

        public TestContext TestContext { get; set; } = null!;

        [TestMethod]
        public void TheCleanRunIsAuthentic()
        {
            IReadOnlyList<RecordingResult> recordings = Sweep.Value.Judge.Recordings;
            Assert.HasCount(2, recordings);
            foreach (RecordingResult recording in recordings)
            {
                Assert.AreEqual(Verdict.Authentic, recording.Verdict);
            }

            Assert.IsGreaterThan(0u, recordings[0].FirstLive);
            Assert.HasCount(2, recordings[0].Markers);
        }

        [TestMethod]
        [TestCategory(TestSize.Sweep)]
        public void NoCutLosesWhatWasClosed()
        {
            if (Environment.GetEnvironmentVariable("LAPEL_CUT") is string one)
            {
                // Those of ActTests begin with a word.
                if (!char.IsAsciiDigit(one[0]))
                {
                    return;
                }

                Assert.IsNull(Sweep.Value.Cut(one));
                return;
            }

            bool isLong = TestSize.IsLong,
                isSweep = TestSize.IsSweep;
            int step = Environment.GetEnvironmentVariable("LAPEL_CUT_STEP") is string s ? int.Parse(s, CultureInfo.InvariantCulture) : 1;
            var watch = Stopwatch.StartNew();
            Sweep sweep = Sweep.Value;
            CutVariant[] variants = Enum.GetValues<CutVariant>();
            List<string> ids = isSweep ? Swept(sweep, variants, isLong, step) : Sampled(sweep, variants);
            List<string> failed = PowerCut.Sweep.All(sweep, ids);
            int writes = sweep.Shift.Writes.Sum(w => w.Sectors.Count);
            string line = string.Create(
                CultureInfo.InvariantCulture,
                $"power-cut: {writes} writes x {variants.Length} variants = {ids.Count} "
                    + $"cuts{(isSweep ? "" : ", a sample")}{(step == 1 ? "" : $" (one sector in {step})")}, "
                    + $"{failed.Count} failed, in {watch.Elapsed.TotalSeconds:0} s"
            );
            Console.WriteLine(line);
            TestContext.WriteLine(line);
            foreach (string wrong in failed.Take(40))
            {
                Console.WriteLine(wrong);
            }

            Assert.IsEmpty(failed, line + "\n" + string.Join("\n", failed.Take(10)));
        }

        private static List<string> Swept(Sweep sweep, CutVariant[] variants, bool isLong, int step)
        {
            var ids = new List<string>();
            foreach (CutVariant variant in variants)
            {
                ids.AddRange(
                    sweep.Ids(
                        variant,
                        isLong ? step
                            : variant == CutVariant.Pulled ? 16 * step
                            : variant == CutVariant.CardFull ? 4 * step
                            : step
                    )
                );
            }

            foreach (string id in sweep.Ids(CutVariant.CleanCut, isLong ? 8 : 40 * step).Where(sweep.IsInShift).ToList())
            {
                for (int i = sweep.RecoveryWrites(id) - 1; i >= 0; i--)
                {
                    ids.Add(Again(id, i));
                }
            }

            return ids;
        }

        // Of every phase some cuts under every variant; of some clean cuts, some of their recovery's writes.
        private static List<string> Sampled(Sweep sweep, CutVariant[] variants)
        {
            string? given = Environment.GetEnvironmentVariable("LAPEL_SEED");
            var random = new Random(given == null ? FirstSeed : int.Parse(given, CultureInfo.InvariantCulture));
            var ids = new List<string>();
            foreach (CutVariant variant in variants)
            {
                foreach (IGrouping<string, string> phase in sweep.Ids(variant, 1).GroupBy(sweep.Phase))
                {
                    string[] all = [.. phase];
                    random.Shuffle(all);
                    ids.AddRange(all.Take(variant == CutVariant.Pulled ? PulledAPhase : CutsAPhase));
                }
            }

            string[] clean = [.. sweep.Ids(CutVariant.CleanCut, 1).Where(sweep.IsInShift)];
            random.Shuffle(clean);
            foreach (string id in clean.Take(CutAgain))
            {
                int writes = sweep.RecoveryWrites(id);
                for (int n = 0; n < WritesCutAgain && writes > 0; n++)
                {
                    ids.Add(Again(id, random.Next(writes)));
                }
            }

            return ids;
        }

        private static string Again(string id, int write) => id + "." + write.ToString(CultureInfo.InvariantCulture);
    }
}
