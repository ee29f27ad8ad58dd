// SPDX-License-Identifier: MIT

using System;
using System.Linq;

namespace Lapel.CostMeter;

/// <summary>What an operation did, by <see cref="Counter"/>.</summary>
public sealed class Counts
{
    readonly long[] values;

    Counts(long[] values) => this.values = values;

    /// <summary>The counters as they stand.</summary>
    public static Counts Now() => new(Probe.Read());

    /// <summary>Nothing counted.</summary>
    public static Counts None => Of();

    /// <summary>Counts given one by one.</summary>
    public static Counts Of(params (Counter Counter, long Value)[] given)
    {
        var values = new long[Enum.GetValues<Counter>().Length];
        foreach (var (counter, value) in given)
        {
            values[(int)counter] = value;
        }

        return new Counts(values);
    }

    public long this[Counter counter] => values[(int)counter];

    /// <summary>What happened since an earlier reading.</summary>
    public Counts Since(Counts earlier) => new(values.Zip(earlier.values, (now, then) => now - then).ToArray());

    /// <summary>Both together.</summary>
    public Counts Plus(Counts other) => new(values.Zip(other.values, (one, two) => one + two).ToArray());

    /// <summary>The share of one among so many, rounded up: nothing that was counted becomes nothing.</summary>
    public Counts Each(int units) => new(values.Select(value => (value + units - 1) / units).ToArray());
}
