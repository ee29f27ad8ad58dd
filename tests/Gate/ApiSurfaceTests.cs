// SPDX-License-Identifier: MIT

using System;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.DeviceGate.Tests;

/// <summary>A listing that differs from the assembly is refused, and the member is named.</summary>
[TestClass]
public sealed class ApiSurfaceTests
{
    private const string Listed =
        "public class One { public const int Most = 4; public int Count; public virtual string Name(int at) { return null; } "
        + "protected void Done() { } private void Own() { } } public enum Kind { First = 1 } public delegate T Make<T>(T from);";

    [TestMethod]
    public void TheSameSurfaceHasNoDifference() =>
        Differ(Listed.Replace("T Make<T>(T from)", "TOther Make<TOther>(TOther from)").Replace("Own", "Other"));

    [TestMethod]
    [DataRow("Name(int at)", "Name(long at)", "M:One.Name(System.Int32): listed, but", "M:One.Name(System.Int64): not listed, but")]
    [DataRow("public virtual string", "public string", "M:One.Name(System.Int32): listed as \"virtual System.String\", but")]
    [DataRow("protected void Done", "internal void Done", "M:One.Done(): listed, but")]
    [DataRow("Most = 4", "Most = 5", "F:One.Most: listed as \"static System.Int32 = 4\", but the package's assembly has")]
    [DataRow("int Count", "short Count", "F:One.Count: listed as \"System.Int32\"")]
    [DataRow("First = 1", "First = 2", "F:Kind.First: listed as")]
    [DataRow("class One {", "class One : System.Exception {", "T:One: listed as \"class : System.Object\"")]
    public void ADifferenceNamesItsMember(string listed, string real, params string[] expected) =>
        Differ(Listed.Replace(listed, real), expected);

    private static void Differ(string real, params string[] expected)
    {
        using var listing = new Compiled(Listed);
        using var assembly = new Compiled(real);
        string[] found = ApiSurface
            .Compare(listing.Module.FileName, assembly.Module.FileName)
            .Select(violation => violation.ToString())
            .ToArray();
        Assert.HasCount(expected.Length, found, string.Join("\n", found));
        foreach (string one in expected)
        {
            Assert.IsTrue(
                found.Any(line => line.Contains(one, StringComparison.Ordinal)),
                one + " is not among\n" + string.Join("\n", found)
            );
        }
    }
}
