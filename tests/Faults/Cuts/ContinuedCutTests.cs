// SPDX-License-Identifier: MIT

using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Lapel.Tests;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Faults
{
    /// <summary>
    /// Power cuts while a recording goes on by itself, and while the restart note is written and entered in the log. LAPEL_CUT=id makes one
    /// again.
    /// </summary>
    [TestClass]
    public class ContinuedCutTests
    {
        private const int Sample = 40;
        private const int Swept = 600;

        public TestContext TestContext { get; set; } = null!;

        [TestMethod]
        [TestCategory(TestSize.Sweep)]
        public void NoCutKeepsARecordingFromGoingOnAfterAPowerCut() => Run(ContinuedCuts.AfterPowerCut);

        [TestMethod]
        [TestCategory(TestSize.Sweep)]
        public void NoCutKeepsARecordingFromGoingOnAfterARestart() => Run(ContinuedCuts.AfterRestart);

        private void Run(Func<ContinuedCuts> make)
        {
            var watch = Stopwatch.StartNew();
            ContinuedCuts cuts = make();
            int most = TestSize.Of(Sample, Swept, int.MaxValue);
            string? one = Environment.GetEnvironmentVariable("LAPEL_CUT");
            List<string> ids =
                one == null ? [.. cuts.Ids(most)]
                : [.. one.Split(',').Where(id => id.StartsWith(cuts.Name, StringComparison.Ordinal))];
            var failed = new ConcurrentBag<string>();
            Parallel.ForEach(
                ids,
                id =>
                {
                    if (cuts.Make(id) is string wrong)
                    {
                        failed.Add(id + ": " + wrong);
                    }
                }
            );
            string line = string.Create(
                CultureInfo.InvariantCulture,
                $"power-cut continued after {cuts.Name}: {cuts.Changes.Count} changes = {ids.Count} cuts, {failed.Count} failed, in "
                    + $"{watch.Elapsed.TotalSeconds:0} s"
            );
            Console.WriteLine(line);
            TestContext.WriteLine(line);
            Assert.IsEmpty(failed, line + "\n" + string.Join("\n", failed.Order()));
        }
    }
}
