// SPDX-License-Identifier: MIT

using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.DeviceGate.Tests;

/// <summary>Documents name files that are there, and the two walks of ARCHITECTURE.md name one in each step.</summary>
[TestClass]
public sealed class PathTests
{
    const string Architecture = "firmware/ARCHITECTURE.md";

    [TestMethod]
    public void EveryFileNamedIsThere()
    {
        var missing =
            from file in DocumentTree.Files(".md")
            from violation in DocumentRules.MissingFiles(file, DocumentTree.Lines(file))
            select violation;
        Assert.AreEqual("", string.Join('\n', missing));
    }

    [TestMethod]
    [DataRow("## 3. The way of a frame, from sensor to card")]
    [DataRow("### After a power cut")]
    [DataRow("## 4. The way of a receipt, from the port to a freed slot")]
    public void EveryStepNamesItsFile(string heading)
    {
        var silent = DocumentRules.StepsWithoutFile(Architecture, DocumentTree.Lines(Architecture), heading);
        Assert.AreEqual("", string.Join('\n', silent));
    }
}
