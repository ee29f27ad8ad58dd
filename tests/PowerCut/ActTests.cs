// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.PowerCut
{
    /// <summary>
    /// Power cuts while something is done to the camera through its port: every change of the card and of internal storage. LAPEL_CUT=id
    /// makes one again.
    /// </summary>
    [TestClass]
    public class ActTests
    {
        public TestContext TestContext { get; set; } = null!;

        [TestMethod]
        public void NoCutOfAReleaseFreesASlotWithoutErasingAndLoggingIt() => Run(new ReleaseAct());

        [TestMethod]
        public void NoCutOfTheFirstConfigurationMixesIt() => Run(new ConfigurationAct(1));

        [TestMethod]
        public void NoCutOfAConfigurationMixesTheOldAndTheNew() => Run(new ConfigurationAct(2));

        // The same entry is written 1,152 times over.
        [TestMethod]
        public void NoCutOfARetirementKeepsASecret() => Run(new RetirementAct(), "SCRUB", 1153);

        [TestMethod]
        public void NoCutOfARepairMakesAnIdentityThatWasNotOrdered() => Run(new RepairAct(2, "COUNTERS"));

        [TestMethod]
        public void NoCutOfARepairThatEndsTheIdentityLosesTheOwner() => Run(new RepairAct(1, "SECRET"));

        [TestMethod]
        public void NoCutOfARepairOfAllButTheConfigurationLosesTheOwner() => Run(new RepairAct(3, "SECRET", "COUNTERS", "OWNER"));

        private void Run(IAct act, string? alike = null, int step = 1)
        {
            string? one = Environment.GetEnvironmentVariable("LAPEL_CUT");
            if (one != null && !one.StartsWith(act.Name + ".", StringComparison.Ordinal))
            {
                return;
            }

            var watch = Stopwatch.StartNew();
            var sweep = new ActSweep(act);
            List<Cut> cuts = one != null ? [sweep.Find(one)] : [.. sweep.Cuts(alike, step)];
            List<string> failed = sweep.All(cuts);
            string line = string.Create(
                CultureInfo.InvariantCulture,
                $"power-cut {act.Name}: {sweep.Changes.Count} changes = {cuts.Count} cuts, {failed.Count} failed, in "
                    + $"{watch.Elapsed.TotalSeconds:0} s"
            );
            Console.WriteLine(line);
            TestContext.WriteLine(line);
            Assert.IsEmpty(failed, line + "\n" + string.Join("\n", failed));
        }
    }
}
