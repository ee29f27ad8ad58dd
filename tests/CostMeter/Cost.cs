// SPDX-License-Identifier: MIT

using System;
using System.Text.Json;

namespace Lapel.CostMeter;

/// <summary>What one row costs.</summary>
/// <param name="Row">The scenario's name.</param>
/// <param name="Il">IL instructions executed by device code.</param>
/// <param name="NativeCalls">Calls out of device code.</param>
/// <param name="AllocatedBytes">Device heap taken by device code.</param>
/// <param name="ReturnedBytes">Device heap taken by arrays that natives returned.</param>
/// <param name="Milliseconds">Processor time on the device.</param>
/// <param name="IoMilliseconds">Camera bus and card time on the device.</param>
/// <param name="WaitedMilliseconds">Time that device code slept.</param>
public sealed record Cost(
    string Row,
    long Il,
    long NativeCalls,
    long AllocatedBytes,
    long ReturnedBytes,
    double Milliseconds,
    double IoMilliseconds,
    double WaitedMilliseconds
)
{
    /// <summary>All the time that passes: nothing runs beside anything else.</summary>
    public double Elapsed => Math.Round(Milliseconds + IoMilliseconds + WaitedMilliseconds, 3);

    public static Cost Of(IScenario scenario)
    {
        scenario.Prepare();
        Probe.Back();
        Counts before = Counts.Now();
        scenario.Run();
        Counts counts = scenario is ISharedScenario shared ? shared.Counted.Each(shared.Units) : Counts.Now().Since(before);
        return new Cost(
            scenario.Name,
            counts[Counter.Instructions],
            counts[Counter.NativeCalls],
            counts[Counter.AllocatedBytes],
            counts[Counter.ReturnedBytes],
            Math.Round(Pricing.Processor(counts), 3),
            Math.Round(Pricing.InputOutput(counts), 3),
            counts[Counter.SleptMilliseconds]
        );
    }

    public string ToJson() => JsonSerializer.Serialize(this);

    public static Cost FromJson(string line) => JsonSerializer.Deserialize<Cost>(line) ?? throw new FormatException($"not a row: {line}");
}
