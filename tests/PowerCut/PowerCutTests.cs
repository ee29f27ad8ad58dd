// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using Lapel.Verify;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.PowerCut
{
    /// <summary>
    /// The power-cut run. Environment: LAPEL_LONG=1 cuts at every sector under every variant; LAPEL_CUT=id makes one cut and says what
    /// comes of it; LAPEL_CUT_STEP=n cuts at
    /// one sector in n.
    /// </summary>
    [TestClass]
    public class PowerCutTests
    {
        private static readonly bool Long = Environment.GetEnvironmentVariable("LAPEL_LONG") == "1";
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

            int step = Environment.GetEnvironmentVariable("LAPEL_CUT_STEP") is string s ? int.Parse(s, CultureInfo.InvariantCulture) : 1;
            var watch = Stopwatch.StartNew();
            Sweep sweep = Sweep.Value;
            var ids = new List<string>();
            CutVariant[] variants = Enum.GetValues<CutVariant>();
            foreach (CutVariant variant in variants)
            {
                ids.AddRange(
                    sweep.Ids(
                        variant,
                        Long ? step
                            : variant == CutVariant.Pulled ? 16 * step
                            : variant == CutVariant.CardFull ? 4 * step
                            : step
                    )
                );
            }

            foreach (string id in sweep.Ids(CutVariant.CleanCut, Long ? 8 : 40 * step).Where(sweep.IsInShift).ToList())
            {
                for (int i = sweep.RecoveryWrites(id) - 1; i >= 0; i--)
                {
                    ids.Add(id + "." + i.ToString(CultureInfo.InvariantCulture));
                }
            }

            List<string> failed = PowerCut.Sweep.All(sweep, ids);
            int writes = sweep.Shift.Writes.Sum(w => w.Sectors.Count);
            string line = string.Create(
                CultureInfo.InvariantCulture,
                $"power-cut: {writes} writes x {variants.Length} variants = {ids.Count} "
                    + $"cuts{(step == 1 ? "" : $" (one sector in {step})")}, {failed.Count} failed, in {watch.Elapsed.TotalSeconds:0} s"
            );
            Console.WriteLine(line);
            TestContext.WriteLine(line);
            foreach (string wrong in failed.Take(40))
            {
                Console.WriteLine(wrong);
            }

            Assert.IsEmpty(failed, line + "\n" + string.Join("\n", failed.Take(10)));
        }
    }
}
