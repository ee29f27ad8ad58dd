// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Verify
{
    /// <summary>A span of time and what the camera was doing in it.</summary>
    /// <param name="FromUtc">Its beginning; null where nothing binds the boot to UTC.</param>
    /// <param name="ToUtc">Its end, null likewise.</param>
    /// <param name="Boot">The boot; 0 between boots.</param>
    /// <param name="FromMs">Beginning, milliseconds since boot.</param>
    /// <param name="ToMs">End, milliseconds since boot.</param>
    /// <param name="State">What it was doing.</param>
    /// <param name="Detail">More in words; empty when there is nothing more.</param>
    /// <param name="Signed">Whether it rests on signed entries alone; else entries that nothing signs claim it.</param>
    public sealed record CoverageSpan(
        DateTime? FromUtc,
        DateTime? ToUtc,
        uint Boot,
        long FromMs,
        long ToMs,
        CoverageState State,
        string Detail,
        bool Signed = true
    );
}
