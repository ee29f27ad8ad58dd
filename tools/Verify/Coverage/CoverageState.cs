// SPDX-License-Identifier: MIT

namespace Lapel.Verify
{
    /// <summary>What the camera was doing in a span of a shift coverage statement.</summary>
    public enum CoverageState
    {
        /// <summary>The log does not say.</summary>
        Unknown,

        /// <summary>Without power.</summary>
        Off,

        /// <summary>Switched on, not yet able to record.</summary>
        Booting,

        /// <summary>Taking pictures into memory.</summary>
        Buffering,

        /// <summary>Recording.</summary>
        Recording,

        /// <summary>Recording with the sound off.</summary>
        Muted,

        /// <summary>Could not record, or recorded without pictures.</summary>
        Fault,

        /// <summary>In a dock.</summary>
        Docked,
    }
}
