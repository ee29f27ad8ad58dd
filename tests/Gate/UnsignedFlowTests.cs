// SPDX-License-Identifier: MIT

using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.DeviceGate.Tests;

/// <summary>
/// Unsigned values read as signed. Every sample was run on a build of the runtime: those refused gave another result than .NET, those
/// that pass gave the same.
/// </summary>
[TestClass]
public sealed class UnsignedFlowTests
{
    const string Before =
        "interface IHalves { int Half(int a); } sealed class Halves : IHalves { public int Half(int a) { return a >> 1; } } "
        + "static class Sample { static uint _u = 0xFFFFFFFB; static ulong _l = 0xFFFFFFFFFFFFFFFB; static uint[] _us = { 1 }; "
        + "static ulong[] _ls = { 1 }; static uint U() { return _u; } static int Signed() { return (int)_u; } "
        + "static int Shift(int a) { return a >> 1; } static long Wide(int a) { return a; } ";

    [TestMethod]
    [DataRow("static int M() { return (int)_u >> 1; }", ">>", "M")]
    [DataRow("static int M(uint u) { return (int)u % 3; }", "%", "M")]
    [DataRow("static long M() { return (int)_u; }", "widening", "M")]
    [DataRow("static long M() { return 5L + (int)U(); }", "widening", "M")]
    [DataRow("static double M() { return (int)U(); }", "conversion to floating point", "M")]
    [DataRow("static long M() { return (long)_l >> 1; }", ">>", "M")]
    [DataRow("static long M() { return (long)_l % 3; }", "%", "M")]
    [DataRow("static int M() { return ((int)U() + 1) >> 1; }", ">>", "M")]
    [DataRow("static int M(int n) { return (int)(_u + (uint)n) >> 1; }", ">>", "M")]
    [DataRow("static int M(int i) { return (int)_us[i] >> 1; }", ">>", "M")]
    [DataRow("static long M(int i) { return (long)_ls[i] >> 1; }", ">>", "M")]
    [DataRow("static int M(bool b, int n) { return (b ? (int)_u : n) >> 1; }", ">>", "M")]
    [DataRow("static int M() { return Signed() >> 1; }", ">>", "M")]
    [DataRow("static int M() { return Shift((int)_u); }", ">>", "Shift")]
    [DataRow("static long M() { return Wide(Signed()); }", "widening", "Wide")]
    public void ASignedReadIsRefused(string source, string what, string where)
    {
        Violation only = Check(source).Single();
        Assert.AreEqual("Sample." + where, only.Member);
        StringAssert.StartsWith(only.What, what + (what == "widening" ? " to 64 bits of " : " of "));
        StringAssert.StartsWith(only.Where, "Source.cs(1)");
    }

    [TestMethod]
    public void AnArgumentIsFollowedThroughAnInterface() =>
        Assert.AreEqual("Halves.Half", Check("static int M(IHalves h) { return h.Half((int)_u); }").Single().Member);

    [TestMethod]
    [DataRow("static int M() { return (int)_u / 2; }", DisplayName = "division")]
    [DataRow("static bool M() { return (int)_u < 0; }", DisplayName = "a comparison")]
    [DataRow("static uint M() { return _u >> 1; }", DisplayName = "an unsigned shift")]
    [DataRow("static uint M() { return _u % 3; }", DisplayName = "an unsigned remainder")]
    [DataRow("static long M() { return _u; }", DisplayName = "an unsigned widening")]
    [DataRow("static int M() { return (int)(_u & 0xFF) >> 1; }", DisplayName = "without its top bits")]
    [DataRow("static int M() { return (int)(_u >> 8) >> 1; }", DisplayName = "shifted down before")]
    [DataRow("static int _s; static int M() { _s = (int)_u; return _s >> 1; }", DisplayName = "stored in a field")]
    [DataRow("static int M() { int a = (int)_u; return (a >> 1) + a; }", DisplayName = "stored in a local")]
    [DataRow("static int M(int n) { return Shift(n); }", DisplayName = "a signed argument")]
    public void TheRestPasses(string source) => Assert.IsEmpty(Check(source));

    static Violation[] Check(string source)
    {
        using var sample = new Compiled(Before + source + " }");
        return [.. sample.CheckUnsignedFlow()];
    }
}
