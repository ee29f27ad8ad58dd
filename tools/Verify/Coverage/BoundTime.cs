// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Verify
{
    /// <summary>UTC of a moment that the device dated by its monotonic time only.</summary>
    /// <param name="Utc">The time.</param>
    /// <param name="UncertaintyMs">How far off it may be; null when unknown.</param>
    /// <param name="Set">Whether a clock setting binds it, else a clock that was running.</param>
    public sealed record BoundTime(DateTime Utc, uint? UncertaintyMs, bool Set);
}
