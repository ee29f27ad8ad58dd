// SPDX-License-Identifier: MIT

namespace Lapel.CostMeter;

/// <summary>One row of the budget: an operation of the device code.</summary>
public interface IScenario
{
    /// <summary>The row's name in budget.tsv.</summary>
    string Name { get; }

    /// <summary>Everything that is there before the operation; not counted.</summary>
    void Prepare();

    /// <summary>The operation.</summary>
    void Run();
}
