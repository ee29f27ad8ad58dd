// SPDX-License-Identifier: MIT

using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.DeviceGate.Tests;

/// <summary>What one static initialiser may take from another type: nothing that an initialiser sets.</summary>
[TestClass]
public sealed class StaticOrderTests
{
    const string Other =
        " static class Other { public static readonly object Made = new object(); public static readonly byte[] Table = { 1, 2, 3 }; "
        + "public const int Plain = 3; public static int Late; }";

    [TestMethod]
    [DataRow("static class Sample { static readonly object Mine = Other.Made; }", "Other.Made")]
    [DataRow("static class Sample { static readonly int Mine = Other.Table.Length; }", "Other.Table")]
    [DataRow(
        "static class Sample { static readonly object Mine = Get(); static object Get() { return Deeper(); } static object Deeper() { "
            + "return Other.Made; } }",
        "Other.Made"
    )]
    [DataRow("class Sample { static readonly Sample Mine = new Sample(); readonly object held = Other.Made; }", "Other.Made")]
    public void AnotherTypesInitialisedFieldIsRefused(string source, string field)
    {
        Violation only = Check(source).Single();
        Assert.AreEqual("Sample", only.Member);
        StringAssert.StartsWith(only.What, $"static initialiser reads {field}, ");
        StringAssert.StartsWith(only.Where, "Source.cs(1)");
    }

    [TestMethod]
    [DataRow("static class Sample { static readonly int Mine = Other.Plain; }", DisplayName = "a constant")]
    [DataRow("static class Sample { static readonly int Mine = Other.Late; }", DisplayName = "a field that no initialiser sets")]
    [DataRow(
        "static class Sample { static readonly byte[] Mine = { 1, 2, 3, 4 }; static readonly int Length = Mine.Length; }",
        DisplayName = "its own fields"
    )]
    [DataRow("delegate int Asked(); static class Sample { static readonly Asked Mine = () => 1; }", DisplayName = "a lambda")]
    [DataRow(
        "static class Sample { static readonly int Mine = 1 + Loop(3); static int Loop(int n) { return n == 0 ? 0 : Loop(n - 1); } }",
        DisplayName = "code that calls itself"
    )]
    [DataRow(
        "static class Sample { static readonly object Mine = new object(); static object Get() { return Other.Made; } }",
        DisplayName = "code that runs later"
    )]
    public void WhatDoesNotDependOnTheOrderPasses(string source) => Assert.IsEmpty(Check(source));

    static Violation[] Check(string source)
    {
        using var sample = new Compiled(source + Other);
        return [.. sample.CheckStaticOrder()];
    }
}
