// SPDX-License-Identifier: MIT

using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;

namespace Lapel.Fuzz;

/// <summary>What came of one target's inputs.</summary>
/// <param name="Target">Its name.</param>
/// <param name="Inputs">Inputs given.</param>
/// <param name="Kept">Inputs that the later ones were made of.</param>
/// <param name="Reached">Blocks of its types that were reached.</param>
/// <param name="Blocks">Blocks of its types.</param>
/// <param name="LongestMs">The slowest input.</param>
/// <param name="Seconds">All of them.</param>
/// <param name="Failures">What was wrong, with the input each.</param>
public sealed record Report(
    string Target,
    int Inputs,
    int Kept,
    int Reached,
    int Blocks,
    long LongestMs,
    double Seconds,
    IReadOnlyList<string> Failures
)
{
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"fuzz {Target}: {Inputs} inputs, {Failures.Count} failed, {Kept} kept, {Reached} of {Blocks} blocks, longest {LongestMs} "
                + $"ms, in {Seconds:F1} s"
        );

    /// <summary>One report of several campaigns against a target; of what they reached, what the best of them did.</summary>
    public static Report Joined(IReadOnlyList<Report> parts) =>
        new(
            parts[0].Target,
            parts.Sum(part => part.Inputs),
            parts.Sum(part => part.Kept),
            parts.Max(part => part.Reached),
            parts[0].Blocks,
            parts.Max(part => part.LongestMs),
            parts.Max(part => part.Seconds),
            [.. parts.SelectMany(part => part.Failures)]
        );

    public string ToJson() => JsonSerializer.Serialize(this);

    public static Report FromJson(string line) => JsonSerializer.Deserialize<Report>(line)!;
}
