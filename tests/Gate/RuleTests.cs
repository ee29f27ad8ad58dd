// SPDX-License-Identifier: MIT

using System.Collections.Generic;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.DeviceGate.Tests;

/// <summary>Each rule fires on a small sample of what it refuses, and on nothing else.</summary>
[TestClass]
public sealed class RuleTests
{
    static readonly Dictionary<string, string> Allowance = new() { ["Refused.Allowed"] = "shown here" };
    static Compiled? refused;
    static ILookup<string, Violation>? violations;

    [ClassInitialize]
    public static void CompileOnce(TestContext _)
    {
        refused = new Compiled(Compiled.Sample("Refused.cs"), "-unsafe+");
        violations = refused.Read(Allowance).ToLookup(violation => violation.Member);
    }

    [ClassCleanup]
    public static void Remove() => refused?.Dispose();

    [TestMethod]
    [DataRow("Refused.GenericType`1", "generic type")]
    [DataRow("Refused.Uses.GenericTypeUse", "uses Refused.GenericType`1<System.Int32>")]
    [DataRow("Refused.Uses.Echo", "generic method")]
    [DataRow("Refused.Uses.GenericCall", "calls generic Echo")]
    [DataRow("Refused.Uses.ActionParameter", "uses System.Action`1<System.Int32>")]
    [DataRow("Refused.Uses.NullableReturn", "uses System.Nullable`1<System.Int32>")]
    [DataRow("Refused.Uses.GenericEvent", "uses System.EventHandler`1<System.EventArgs>")]
    [DataRow("Refused.Uses.RectangularArray", "rectangular array System.Int32[0...,0...]")]
    [DataRow("Refused.Uses.RectangularInside", "rectangular array System.Object[0...,0...]")]
    [DataRow("Refused.Uses.Stackalloc", "stackalloc")]
    [DataRow("Refused.Uses.Fixed", "pinned local")]
    [DataRow("Refused.Uses.Fixed", "pointer System.Byte*")]
    [DataRow("Refused.Uses.PointerField", "pointer System.Byte*")]
    [DataRow("Refused.Uses.FunctionPointer", "call through a function pointer")]
    [DataRow("Refused.Uses.FloatField", "floating point (Single)")]
    [DataRow("Refused.Uses.FloatParameter", "floating point (Single)")]
    [DataRow("Refused.Uses.DoubleConstant", "floating point (ldc.r8)")]
    [DataRow("Refused.Uses.DoubleConstant", "floating point (conv.r8)")]
    [DataRow("Refused.Uses.DoubleFromLibrary", "floating point (Double)")]
    [DataRow("Refused.Uses.DoubleArray", "floating point (Double)")]
    [DataRow("Refused.Uses.FloatElement", "floating point (ldelem.r4)")]
    [DataRow("Refused.Uses.SpanField", "field of type SpanByte")]
    [DataRow("Refused.Uses.VolatileField", "volatile: v1")]
    [DataRow("Refused.Uses.VolatileRead", "volatile access")]
    [DataRow("Refused.IDefault.Body", "interface member with a body")]
    public void Refuses(string member, string what) =>
        Assert.IsTrue(
            violations![member].Any(violation => violation.What.StartsWith(what)),
            $"{member}: {string.Join("; ", violations[member].Select(violation => violation.What))}"
        );

    [TestMethod]
    public void SaysSourceAndLine()
    {
        string[] lines = Compiled.Sample("Refused.cs").Split('\n');
        Violation violation = violations!["Refused.Uses.Stackalloc"].First();
        int line = int.Parse(violation.Where.Split('(', ')')[1]);
        StringAssert.StartsWith(violation.Where, "Source.cs(");
        StringAssert.Contains(lines[line - 1], "Stackalloc()");
    }

    [TestMethod]
    public void ComplainsOnceAMember() =>
        Assert.IsFalse(violations!.Any(member => member.GroupBy(violation => violation.What).Any(same => same.Count() > 1)));

    [TestMethod]
    public void AbstractInterfaceMembersPass() => Assert.IsEmpty(violations!["Refused.IDefault.Plain"]);

    [TestMethod]
    public void AllowListLetsItsTypeUseFloatingPoint()
    {
        Assert.IsEmpty(violations!["Refused.Allowed.Ratio"]);
        Assert.IsTrue(refused!.Read().Any(violation => violation.Member == "Refused.Allowed.Ratio"), "without the list it is refused");
    }

    [TestMethod]
    public void TakesWhatTheDeviceTakes()
    {
        using var taken = new Compiled(Compiled.Sample("Taken.cs"));
        Assert.AreEqual("", string.Join("\n", taken.Read().Concat(taken.CheckSize())));
    }
}
