// SPDX-License-Identifier: MIT

using System;
using System.IO;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.CostMeter.Tests;

/// <summary>The device code as it is keeps to budget.tsv.</summary>
[TestClass]
public sealed class BudgetTests
{
    [TestMethod]
    public void EveryRowIsWithinItsBudget()
    {
        var budget = Budget.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "budget.tsv")));
        Assert.AreEqual("", string.Join("\n", budget.Compare(Meter.Measure())));
    }
}
