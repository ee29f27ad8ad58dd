// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using Lapel.Tests;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Fuzz.Tests;

/// <summary>
/// Every parser of card content, on the device and in the verifier, takes mutated files and catalogues: 8,000, with LAPEL_SWEEP=1 100,000,
/// with LAPEL_LONG=1 a million. LAPEL_FUZZ_SEED gives another seed than 1.
/// </summary>
[TestClass]
public sealed class FuzzTests
{
    // Of the blocks of a target's types; what is not reached is mostly the words of findings that no sample gives rise to, and properties
    // that nobody asks for.
    const int LeastReachedPercent = 55;

    [TestMethod]
    [TestCategory(TestSize.Sweep)]
    public void NoCardContentBreaksAParserOrPassesForAuthentic()
    {
        int inputs = TestSize.Of(sample: 8_000, sweep: 100_000, most: 1_000_000);
        int seed = int.Parse(Environment.GetEnvironmentVariable("LAPEL_FUZZ_SEED") ?? "1", CultureInfo.InvariantCulture);
        var watch = Stopwatch.StartNew();
        IReadOnlyList<Report> reports = Fuzzer.Run(inputs, seed, told: Console.WriteLine);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"fuzz: {reports.Sum(r => r.Inputs)} inputs, {reports.Sum(r => r.Failures.Count)} failed, in "
                    + $"{watch.Elapsed.TotalSeconds:F0} s"
            )
        );
        Assert.AreEqual("", string.Join('\n', reports.SelectMany(report => report.Failures)));
        foreach (Report report in reports)
        {
            Assert.IsGreaterThanOrEqualTo(report.Blocks * LeastReachedPercent / 100, report.Reached, report.ToString());
        }
    }

    [TestMethod]
    public void CoverageLeadsToAPlantedFault()
    {
        Report report = Fuzzer.Run(1_000_000, 1, "planted").Single();
        Assert.IsNotEmpty(report.Failures);
        StringAssert.Contains(report.Failures[0], "the planted fault");
    }
}
