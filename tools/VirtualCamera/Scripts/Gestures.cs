// SPDX-License-Identifier: MIT

using System.Collections.Generic;

namespace Lapel.VirtualCamera.Scripts
{
    /// <summary>A button held down or left alone for a while.</summary>
    public readonly record struct GesturePart(bool Down, long DurationUs);

    /// <summary>How fingers press: the durations of an ordinary, unhurried hand.</summary>
    public static class Gestures
    {
        /// <summary>What the stop gesture needs (3 s) and a margin for a human's sense of time.</summary>
        public const long StopHoldUs = 3_200_000;

        private const long TapUs = 100_000;
        private const long GapUs = 150_000;

        /// <summary>One short press; 250 ms in all.</summary>
        public static IReadOnlyList<GesturePart> Tap { get; } = new GesturePart[] { new(true, TapUs), new(false, GapUs) };

        /// <summary>Two short presses; 500 ms in all.</summary>
        public static IReadOnlyList<GesturePart> Double { get; } =
            new GesturePart[] { new(true, TapUs), new(false, GapUs), new(true, TapUs), new(false, GapUs) };

        /// <summary>A press of this length and the gap behind it.</summary>
        public static IReadOnlyList<GesturePart> Hold(long durationUs)
        {
            return new GesturePart[] { new(true, durationUs), new(false, GapUs) };
        }
    }
}
