// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Lapel.CostMeter;

/// <summary>budget.tsv: the recorded cost of each row, and the limits it must keep.</summary>
public sealed class Budget
{
    /// <summary>A figure may differ by this part of the recorded one before the file must follow.</summary>
    public const double Tolerance = 0.02;

    /// <summary>Below this difference in milliseconds nothing is worth a line in a file.</summary>
    const double LeastMilliseconds = 0.01;

    const string Header = "row\til\tnative calls\tbytes allocated\tbytes returned by natives\tms\tio ms\twaited ms\tlimits";

    readonly List<(Cost Cost, IReadOnlyList<Limit> Limits)> rows = [];

    public IReadOnlyList<string> Rows => rows.Select(row => row.Cost.Row).ToArray();

    public static Budget Parse(string text)
    {
        var budget = new Budget();
        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (lines.Length == 0 || lines[0] != Header)
        {
            throw new FormatException($"budget: the first line must be '{Header}'");
        }

        foreach (string line in lines.Skip(1))
        {
            string[] fields = line.Split('\t');
            if (fields.Length != 9)
            {
                throw new FormatException($"budget: {fields.Length} fields instead of 9 in '{line}'");
            }

            if (budget.Rows.Contains(fields[0]))
            {
                throw new FormatException($"budget: two rows '{fields[0]}'");
            }

            var cost = new Cost(
                fields[0],
                Whole(fields[1]),
                Whole(fields[2]),
                Whole(fields[3]),
                Whole(fields[4]),
                Decimal(fields[5]),
                Decimal(fields[6]),
                Decimal(fields[7])
            );
            budget.rows.Add((cost, fields[8] == "-" ? [] : fields[8].Split(' ').Select(Limit.Parse).ToArray()));
        }
        return budget;
    }

    /// <summary>The file with measured figures; limits stay, and so does the order. New rows come last, without limits.</summary>
    public string With(IReadOnlyList<Cost> measured)
    {
        var text = new StringWriter { NewLine = "\n" };
        text.WriteLine(Header);
        foreach (Cost cost in measured.OrderBy(cost => Index(cost.Row)))
        {
            int index = Index(cost.Row);
            string limits = index < rows.Count && rows[index].Limits.Count > 0 ? string.Join(' ', rows[index].Limits) : "-";
            text.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{cost.Row}\t{cost.Il}\t{cost.NativeCalls}\t{cost.AllocatedBytes}\t{cost.ReturnedBytes}\t"
                        + $"{cost.Milliseconds:0.###}\t{cost.IoMilliseconds:0.###}\t{cost.WaitedMilliseconds:0.###}\t{limits}"
                )
            );
        }
        return text.ToString();
    }

    /// <summary>Everything in which measured rows and the file do not agree, a line each; none when all is well.</summary>
    public IReadOnlyList<string> Compare(IReadOnlyList<Cost> measured)
    {
        var complaints = new List<string>();
        foreach (Cost cost in measured)
        {
            int index = Index(cost.Row);
            if (index == rows.Count)
            {
                complaints.Add($"{cost.Row}: not in the budget file; {Advice}");
                continue;
            }
            var (recorded, limits) = rows[index];
            complaints.AddRange(
                limits
                    .Where(limit => limit.Of(cost) > limit.Most)
                    .Select(limit =>
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{cost.Row}: {limit.What} is {limit.Of(cost)}, above its limit {limit.Most}: this is not a matter of the file"
                        )
                    )
            );
            Compare(complaints, cost.Row, "IL instructions", recorded.Il, cost.Il, 0);
            Compare(complaints, cost.Row, "native calls", recorded.NativeCalls, cost.NativeCalls, 0);
            Compare(complaints, cost.Row, "bytes allocated", recorded.AllocatedBytes, cost.AllocatedBytes, 0);
            Compare(complaints, cost.Row, "bytes returned by natives", recorded.ReturnedBytes, cost.ReturnedBytes, 0);
            Compare(complaints, cost.Row, "ms", recorded.Milliseconds, cost.Milliseconds, LeastMilliseconds);
            Compare(complaints, cost.Row, "io ms", recorded.IoMilliseconds, cost.IoMilliseconds, LeastMilliseconds);
            Compare(complaints, cost.Row, "waited ms", recorded.WaitedMilliseconds, cost.WaitedMilliseconds, LeastMilliseconds);
        }
        foreach (string row in Rows.Except(measured.Select(cost => cost.Row)))
        {
            complaints.Add($"{row}: in the budget file, but no scenario has this name");
        }

        return complaints;
    }

    const string Advice = "record it in the same commit: dotnet run --project tests/CostMeter -- --update";

    static void Compare(List<string> complaints, string row, string what, double recorded, double measured, double least)
    {
        if (Math.Abs(measured - recorded) <= Math.Max(recorded * Tolerance, least))
        {
            return;
        }

        complaints.Add(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{row}: {what} {(measured > recorded ? "rose" : "fell")} from {recorded} to {measured}; {Advice}"
            )
        );
    }

    int Index(string row)
    {
        int index = rows.FindIndex(one => one.Cost.Row == row);
        return index < 0 ? rows.Count : index;
    }

    static long Whole(string field) => long.Parse(field, NumberStyles.None, CultureInfo.InvariantCulture);

    static double Decimal(string field) => double.Parse(field, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
}
