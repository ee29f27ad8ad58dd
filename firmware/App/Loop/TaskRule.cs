// SPDX-License-Identifier: MIT

namespace Lapel.App
{
    /// <summary>When a task's turn is.</summary>
    public enum TaskRule
    {
        /// <summary>At every turn at which it is due. What it does keeps idle work waiting.</summary>
        EveryTurn,

        /// <summary>At every turn at which it is due. Idle work goes on beside it.</summary>
        Beside,

        /// <summary>Idle work: when no task above it did anything but those beside.</summary>
        WhenIdle,
    }
}
