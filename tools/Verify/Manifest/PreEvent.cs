// SPDX-License-Identifier: MIT

namespace Lapel.Verify
{
    /// <summary>Key 16: what was kept from before the press.</summary>
    /// <param name="Asked">Milliseconds asked for.</param>
    /// <param name="Obtained">Milliseconds obtained.</param>
    /// <param name="Frames">Frames of it.</param>
    /// <param name="Reason">Reason for the shortfall: 0 none, 1 not long enough on, 2 memory, 3 previous recording, 4 sensor fault, 5 card
    /// too full.</param>
    /// <param name="Unthinned">For so many milliseconds before the press nothing was taken out to make room.</param>
    /// <param name="UnthinnedFrames">Frames from there on.</param>
    public sealed record PreEvent(ulong Asked, ulong Obtained, ulong Frames, uint Reason, ulong Unthinned, ulong UnthinnedFrames)
    {
        /// <summary>Whether the older ones were thinned.</summary>
        public bool IsThinned => Unthinned < Obtained;

        /// <summary>
        /// Of how many pictures one of the older ones was kept, on average, when they came at the rate of the newer ones; 0 when it
        /// cannot be told.
        /// </summary>
        public double KeptEach =>
            IsThinned && Unthinned > 0 && Frames > UnthinnedFrames
                ? (double)UnthinnedFrames / Unthinned * (Obtained - Unthinned) / (Frames - UnthinnedFrames)
                : 0;

        /// <summary>Highest reason that version 1 knows.</summary>
        public const uint LastReason = 5;
    }
}
