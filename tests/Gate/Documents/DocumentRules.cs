// SPDX-License-Identifier: MIT

using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace Lapel.DeviceGate.Tests;

/// <summary>What this project asks of its documents. Each rule says what is wrong and where, one line a violation.</summary>
static partial class DocumentRules
{
    /// <summary>Longest line of a document or source file, characters.</summary>
    public const int LongestLine = 140;

    /// <summary>Longest cell of a table, characters as a reader sees them.</summary>
    public const int LongestCell = 120;

    /// <summary>Most words of README.md.</summary>
    public const int MostReadmeWords = 1000;

    /// <summary>Most terms that README.md explains.</summary>
    public const int MostTerms = 20;

    /// <summary>Lines are short enough to be read beside another window.</summary>
    public static IEnumerable<string> LongLines(string path, IReadOnlyList<string> lines) =>
        lines
            .Select((line, i) => (Number: i + 1, line.Length))
            .Where(line => line.Length > LongestLine)
            .Select(line => $"{path}:{line.Number}: {line.Length} characters, at most {LongestLine}");

    /// <summary>A table is for facts: what needs sentences stands below it.</summary>
    public static IEnumerable<string> LongCells(string path, IReadOnlyList<string> lines) =>
        from line in Markdown.Prose(lines)
        from cell in Markdown.Cells(line.Text)
        where cell.Length > LongestCell
        select $"{path}:{line.Number}: a cell of {cell.Length} characters, at most {LongestCell}";

    /// <summary>Files that a document names are there.</summary>
    public static IEnumerable<string> MissingFiles(string path, IReadOnlyList<string> lines) =>
        Markdown
            .Code(lines)
            .Where(code => IsPath(code.Text))
            .Concat(Markdown.Links(lines))
            .Where(name => !DocumentTree.Exists(path, name.Text))
            .Select(name => $"{path}:{name.Line}: {name.Text} is not there");

    /// <summary>Numbered steps below a heading that name no file by its path from the root.</summary>
    public static IEnumerable<string> StepsWithoutFile(string path, IReadOnlyList<string> lines, string heading)
    {
        // A step may go over several lines: each number begins one.
        string section = string.Join('\n', Markdown.Section(lines, heading));
        string[] steps = [.. StepBegin().Split(section).Skip(1)];
        return steps.Length == 0
            ? [$"{path}: no steps below '{heading}'"]
            : steps
                .Where(step => !Markdown.Code(step.Split('\n')).Any(code => IsFromRoot(code.Text) && code.Text.EndsWith(".cs")))
                .Select(step => $"{path}: '{step.Split('\n')[0]}' names no file");
    }

    /// <summary>Sections of a specification that a text names are there: "FORMAT.md 9.1", "CUSTODY.md section 5".</summary>
    /// <param name="path">The file.</param>
    /// <param name="lines">Its lines.</param>
    /// <param name="sections">The numbers of each specification's sections, by its name without folder.</param>
    public static IEnumerable<string> MissingSections(
        string path,
        IReadOnlyList<string> lines,
        IReadOnlyDictionary<string, IReadOnlySet<string>> sections
    ) =>
        from line in lines.Select((text, i) => (Text: text, Number: i + 1))
        from Match match in SectionName().Matches(line.Text)
        where sections.TryGetValue(match.Groups[1].Value, out var known) && !known.Contains(match.Groups[2].Value)
        select $"{path}:{line.Number}: {match.Groups[1].Value} has no section {match.Groups[2].Value}";

    /// <summary>The numbers of a document's sections.</summary>
    public static IReadOnlySet<string> Sections(IReadOnlyList<string> lines) =>
        lines.Select(line => SectionHead().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value).ToHashSet();

    /// <summary>Whether code in a text is the path of a file or folder here, and no command, pattern or file of somebody else's.</summary>
    public static bool IsPath(string code) => IsFromRoot(code) || SourceFile().IsMatch(code);

    static bool IsFromRoot(string code) => FromRoot().IsMatch(code);

    [GeneratedRegex(@"^(firmware|hal|tests|tools|findings|\.ci|\.github)/[\w./-]*$")]
    private static partial Regex FromRoot();

    [GeneratedRegex(@"^[\w.-]+(/[\w.-]+)+\.(cs|md|csproj|nfproj|props|slnx?|tsv|hex)$|^[A-Z][\w.]+\.(props|slnx?)$")]
    private static partial Regex SourceFile();

    [GeneratedRegex(@"\b([A-Z]+\.md) (?:section )?(\d+(?:\.\d+)?)")]
    private static partial Regex SectionName();

    [GeneratedRegex(@"^#+ (\d+(?:\.\d+)?)\.? ")]
    private static partial Regex SectionHead();

    [GeneratedRegex(@"^\d+\. ", RegexOptions.Multiline)]
    private static partial Regex StepBegin();
}
