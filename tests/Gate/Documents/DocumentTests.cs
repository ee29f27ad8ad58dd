// SPDX-License-Identifier: MIT

using System.Collections.Generic;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.DeviceGate.Tests;

/// <summary>The documents of this repository keep the rules that README.md states.</summary>
[TestClass]
public sealed class DocumentTests
{
    const string Readme = "README.md";

    [TestMethod]
    public void LinesAreAtMost140Characters() =>
        RequireNone(
            from file in DocumentTree.Files(".md", ".cs")
            from violation in DocumentRules.LongLines(file, DocumentTree.Lines(file))
            select violation
        );

    [TestMethod]
    public void CellsOfTablesAreAtMost120Characters() =>
        RequireNone(
            from file in DocumentTree.Files(".md")
            from violation in DocumentRules.LongCells(file, DocumentTree.Lines(file))
            select violation
        );

    [TestMethod]
    public void ReadmeHasAtMost1000Words()
    {
        int words = Markdown.Words(DocumentTree.Lines(Readme));
        Assert.IsInRange(100, DocumentRules.MostReadmeWords, words);
    }

    [TestMethod]
    public void TheGlossaryHasAtMost20Terms()
    {
        // The head of the table is a row too.
        int terms = Markdown.Section(DocumentTree.Lines(Readme), "## Words").Count(line => Markdown.Cells(line).Count > 0) - 1;
        Assert.IsInRange(1, DocumentRules.MostTerms, terms);
    }

    static void RequireNone(IEnumerable<string> violations)
    {
        string all = string.Join('\n', violations);
        Assert.AreEqual("", all);
    }
}
