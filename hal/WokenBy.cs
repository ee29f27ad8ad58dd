// SPDX-License-Identifier: MIT

namespace Lapel.Hal
{
    /// <summary>What began a boot (FORMAT.md 9.1, kind 1).</summary>
    public enum WokenBy
    {
        /// <summary>Not known, or not a wake: the power came, or a restart.</summary>
        Unknown = 0,

        /// <summary>The record button, out of deep sleep.</summary>
        RecordButton = 1,
    }
}
