// SPDX-License-Identifier: MIT

namespace Lapel.CostMeter;

/// <summary>An operation spread over turns of the loop in which other things happen too: the scenario says what belongs to it.</summary>
public interface ISharedScenario : IScenario
{
    /// <summary>What belongs to the operation, of all that was counted in Run.</summary>
    Counts Counted { get; }

    /// <summary>How many times the operation was done; the row shows one.</summary>
    int Units { get; }
}
