// SPDX-License-Identifier: MIT

namespace Lapel.Faults
{
    /// <summary>What came of one fault.</summary>
    internal sealed record FaultOutcome
    {
        /// <summary>What is wrong, or null.</summary>
        public string? Wrong { get; init; }

        /// <summary>The member that failed; null when it was not called.</summary>
        public string? Failing { get; init; }

        /// <summary>Whether the firmware's loop ended.</summary>
        public bool HasEnded { get; init; }

        /// <summary>Whether the camera shows that it cannot record.</summary>
        public bool CannotRecord { get; init; }
    }
}
