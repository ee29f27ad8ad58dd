// SPDX-License-Identifier: MIT

using System;
using System.Globalization;

namespace Lapel.CostMeter;

/// <summary>
/// A bound that a row must keep whatever its recorded figures are, written as "il<=3000", "bytes<=0", "ms<=10", "io<=50" or "elapsed<=50".
/// </summary>
/// <param name="What">il, bytes, ms, io or elapsed (ms, io and waited together).</param>
/// <param name="Most">The greatest allowed value.</param>
public sealed record Limit(string What, double Most)
{
    public static Limit Parse(string text)
    {
        string[] parts = text.Split("<=");
        if (parts.Length != 2 || !double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double most))
        {
            throw new FormatException($"limit '{text}': expected NAME<=NUMBER");
        }

        var limit = new Limit(parts[0], most);
        limit.Of(new Cost("", 0, 0, 0, 0, 0, 0, 0)); // An unknown name is an error here already.
        return limit;
    }

    /// <summary>The bounded figure of a row.</summary>
    public double Of(Cost cost) =>
        What switch
        {
            "il" => cost.Il,
            "bytes" => cost.AllocatedBytes,
            "ms" => cost.Milliseconds,
            "io" => cost.IoMilliseconds,
            "elapsed" => cost.Elapsed,
            _ => throw new FormatException($"limit '{What}': expected il, bytes, ms, io or elapsed"),
        };

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{What}<={Most}");
}
