// SPDX-License-Identifier: MIT

namespace Lapel.Verify
{
    /// <summary>Key 16: what was kept from before the press.</summary>
    /// <param name="Asked">Milliseconds asked for.</param>
    /// <param name="Obtained">Milliseconds obtained.</param>
    /// <param name="Frames">Frames of it.</param>
    /// <param name="Reason">Reason for the shortfall: 0 none, 1 not long enough on, 2 memory, 3 previous recording, 4 sensor fault, 5 card
    /// too full.</param>
    public sealed record PreEvent(ulong Asked, ulong Obtained, ulong Frames, uint Reason)
    {
        /// <summary>Highest reason that version 1 knows.</summary>
        public const uint LastReason = 5;
    }
}
