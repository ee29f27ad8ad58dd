// SPDX-License-Identifier: MIT

using System.IO;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.DeviceGate.Tests;

/// <summary>Files and sections that are named are there, and the two walks of ARCHITECTURE.md name a file in each step.</summary>
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
    public void EverySectionNamedIsThere()
    {
        var sections = DocumentTree
            .Files(".md")
            .Select(file => (Name: Path.GetFileName(file), Numbers: DocumentRules.Sections(DocumentTree.Lines(file))))
            .Where(document => document.Numbers.Count > 0)
            .ToDictionary(document => document.Name, document => document.Numbers);
        CollectionAssert.IsSubsetOf(new[] { "FORMAT.md", "CUSTODY.md", "PROTOCOL.md" }, sections.Keys);
        var missing =
            from file in DocumentTree.Files(".md", ".cs")
            where !file.StartsWith("tests/Gate/Documents/")
            from violation in DocumentRules.MissingSections(file, DocumentTree.Lines(file), sections)
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
