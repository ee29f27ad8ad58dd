// SPDX-License-Identifier: MIT

using System.Collections.Generic;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.DeviceGate.Tests;

/// <summary>Each rule of the documents finds what it is for, and nothing else.</summary>
[TestClass]
public sealed class DocumentRuleTests
{
    const string Document = "hal/SAMPLE.md";

    [TestMethod]
    [DataRow(140, 0)]
    [DataRow(141, 1)]
    public void ALineOverTheLimitIsFound(int length, int found) =>
        Assert.HasCount(found, DocumentRules.LongLines(Document, ["", new string('x', length)]).ToArray());

    [TestMethod]
    [DataRow(120, 0)]
    [DataRow(121, 1)]
    public void ACellOverTheLimitIsFound(int length, int found)
    {
        string[] lines = ["| a | b |", "|---|---|", $"| short | {new string('x', length)} |"];
        Assert.HasCount(found, DocumentRules.LongCells(Document, lines).ToArray());
    }

    [TestMethod]
    public void ACellIsMeasuredAsItIsRead()
    {
        string address = new('x', 130);
        string[] lines = [$"| [short]({address}.md) | a \\| b |", "```", $"| {address} |", "```", address];
        Assert.IsEmpty(DocumentRules.LongCells(Document, lines));
        CollectionAssert.AreEqual(new[] { "short", "a \\| b" }, Markdown.Cells(lines[0]).ToArray());
    }

    [TestMethod]
    public void WordsAreCountedAsTheyAreRead()
    {
        string[] lines = ["# One two", "", "| [three](three.md) | four |", "|---|---|", "```", "five -- six", "```"];
        Assert.AreEqual(6, Markdown.Words(lines));
    }

    [TestMethod]
    [DataRow("`hal/IBoard.cs`, `IBoard.cs` here", 0)]
    [DataRow("`hal/INoBoard.cs`", 1)]
    [DataRow("`tests/NoFolder`", 1)]
    [DataRow("`Esp32/BoardPins.cs` beside the document", 0)]
    [DataRow("`Esp32/NoPins.cs` beside the document", 1)]
    [DataRow("`Nothing.Packages.props`", 1)]
    [DataRow("[a link](NOTHING.md#part), [another](BOARDS.md#part), [a site](https://example.org/x.md)", 1)]
    [DataRow("`dotnet test tests/NoFolder`, `OUT/<device>/`, `<digest>.part`, `county.json`", 0)]
    public void AFileThatIsNotThereIsFound(string line, int found) =>
        Assert.HasCount(found, DocumentRules.MissingFiles(Document, [line]).ToArray());

    [TestMethod]
    public void AStepWithoutAFileIsFound()
    {
        string[] lines =
        [
            "## Way",
            "1. In `hal/IBoard.cs`.",
            "2. In",
            "   `hal/ICard.cs`.",
            "3. Nowhere, `IBoard.cs`.",
            "## Other",
            "4. Not this.",
        ];
        string[] found = [.. DocumentRules.StepsWithoutFile(Document, lines, "## Way")];
        Assert.HasCount(1, found);
        StringAssert.Contains(found[0], "Nowhere");
        Assert.HasCount(1, DocumentRules.StepsWithoutFile(Document, lines, "## No way").ToArray());
    }

    [TestMethod]
    public void ASectionThatIsNotThereIsFound()
    {
        var sections = new Dictionary<string, IReadOnlySet<string>>
        {
            ["FORMAT.md"] = DocumentRules.Sections(["# A format, version 1", "## 3. A segment", "### 3.1 Init", "10. A step"]),
        };
        string[] lines = ["FORMAT.md 3, FORMAT.md section 3.1. OTHER.md 9", "// (FORMAT.md 3.2)", "FORMAT.md 1", "FORMAT.md section 10"];
        string[] found = [.. DocumentRules.MissingSections(Document, lines, sections)];
        Assert.HasCount(3, found);
        StringAssert.StartsWith(found[0], Document + ":2:");
    }
}
