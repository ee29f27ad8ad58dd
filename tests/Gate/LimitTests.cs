// SPDX-License-Identifier: MIT

using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.DeviceGate.Tests;

/// <summary>Limits hold exactly: the last size that passes and the first that does not.</summary>
[TestClass]
public sealed class LimitTests
{
    const int Limit = 60 * 1024;

    [TestMethod]
    public void TwoHundredLocalsPassAndOneMoreDoesNot()
    {
        // Passed by reference, so that the optimiser keeps every one.
        static string Method(string name, int locals) =>
            $"static void {name}() {{ {string.Concat(Enumerable.Range(0, locals).Select(i => $"int v{i} = {i}; Use(ref v{i}); "))} }}";
        using var sample = new Compiled(
            $"class Locals {{ static void Use(ref int v) {{ v++; }} {Method("Fits", 200)} {Method("Spills", 201)} }}"
        );
        Violation only = sample.Read().Single();
        Assert.AreEqual("Locals.Spills", only.Member);
        StringAssert.StartsWith(only.What, "201 locals, more than 200");
    }

    [TestMethod]
    public void SixtyKilobytesOfInitialiserDataPassAndOneByteMoreDoesNot()
    {
        static string Table(string name, int bytes) =>
            $"static readonly byte[] {name} = {{ {string.Join(",", Enumerable.Range(0, bytes).Select(i => (i * 7 + 1) % 256))} }};";
        using var fits = new Compiled($"class Data {{ {Table("A", Limit - 1000)} {Table("B", 1000)} }}");
        Assert.IsEmpty(fits.CheckSize());
        using var spills = new Compiled($"class Data {{ {Table("A", Limit - 1000)} {Table("B", 1001)} }}");
        Violation only = spills.CheckSize().Single();
        Assert.AreEqual("initialiser data", only.Member);
        StringAssert.StartsWith(only.What, $"{Limit + 1} bytes, more than {Limit}");
    }

    [TestMethod]
    public void SixtyKilobytesOfCodePassAndMoreDoesNot()
    {
        // One statement is a fixed number of bytes; methods of a thousand statements each.
        static string Source(int statements) =>
            "class Code { static int x; "
            + string.Concat(
                Enumerable
                    .Range(0, statements)
                    .Chunk(1000)
                    .Select((part, i) => $"static void M{i}() {{ {string.Concat(part.Select(n => $"x={n + 1000};"))} }}")
            )
            + "}";
        using var small = new Compiled(Source(1000));
        int each = (AssemblySize.Of(small.Module).IlBytes) / 1000;
        using var fits = new Compiled(Source(Limit / each - 10));
        Assert.IsEmpty(fits.CheckSize());
        using var spills = new Compiled(Source(Limit / each + 10));
        Violation only = spills.CheckSize().Single();
        Assert.AreEqual("IL", only.Member);
        StringAssert.Contains(only.What, $"more than {Limit}");
    }
}
