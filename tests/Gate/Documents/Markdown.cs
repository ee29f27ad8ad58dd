// SPDX-License-Identifier: MIT

using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace Lapel.DeviceGate.Tests;

/// <summary>As much of Markdown as the rules of this project's documents are about.</summary>
static partial class Markdown
{
    /// <summary>The lines outside of fenced blocks, with their numbers from 1.</summary>
    public static IEnumerable<(int Number, string Text)> Prose(IReadOnlyList<string> lines)
    {
        bool fenced = false;
        for (int i = 0; i < lines.Count; i++)
        {
            if (lines[i].TrimStart().StartsWith("```"))
            {
                fenced = !fenced;
            }
            else if (!fenced)
            {
                yield return (i + 1, lines[i]);
            }
        }
    }

    /// <summary>The cells of a line of a table, as a reader sees them; none when the line is no row or only divides.</summary>
    public static IReadOnlyList<string> Cells(string line)
    {
        string row = line.Trim();
        if (!row.StartsWith('|') || Divider().IsMatch(row))
        {
            return [];
        }

        string[] cells = CellEnd().Split(row.TrimStart('|'));
        return [.. cells.Select(cell => Rendered(cell).Trim()).Where(cell => cell.Length > 0)];
    }

    /// <summary>The words that a reader sees: no address of a link, no mark without a letter or digit.</summary>
    public static int Words(IReadOnlyList<string> lines) =>
        lines.Sum(line => Rendered(line).Replace('|', ' ').Split(' ').Count(word => word.Any(char.IsLetterOrDigit)));

    /// <summary>What stands in backticks outside of fenced blocks.</summary>
    public static IEnumerable<(int Line, string Text)> Code(IReadOnlyList<string> lines) =>
        Prose(lines).SelectMany(line => CodeSpan().Matches(line.Text).Select(match => (line.Number, match.Groups[1].Value)));

    /// <summary>The targets of links outside of fenced blocks that lead to a file here, without what follows '#'.</summary>
    public static IEnumerable<(int Line, string Text)> Links(IReadOnlyList<string> lines) =>
        Prose(lines)
            .SelectMany(line => Link().Matches(line.Text).Select(match => (line.Number, match.Groups[2].Value.Split('#')[0])))
            .Where(link => link.Item2.Length > 0 && !link.Item2.Contains("://"));

    /// <summary>The lines below a heading, up to the next one of its level or above.</summary>
    public static IReadOnlyList<string> Section(IReadOnlyList<string> lines, string heading)
    {
        int level = heading.TakeWhile(mark => mark == '#').Count();
        return
        [
            .. lines
                .SkipWhile(line => line != heading)
                .Skip(1)
                .TakeWhile(line => !line.StartsWith('#') || line.TakeWhile(mark => mark == '#').Count() > level),
        ];
    }

    static string Rendered(string text) => Link().Replace(text, "$1");

    [GeneratedRegex(@"^\|[\s:|-]+$")]
    private static partial Regex Divider();

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex CellEnd();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex CodeSpan();

    [GeneratedRegex(@"\[([^\]]*)\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
