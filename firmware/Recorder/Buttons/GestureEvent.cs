// SPDX-License-Identifier: MIT

using Lapel.Hal;

namespace Lapel.Recorder
{
    /// <summary>One gesture, filled in by <see cref="GestureDecoder.TryTake"/>.</summary>
    public sealed class GestureEvent
    {
        /// <summary>What it was.</summary>
        public GestureKind Kind;

        /// <summary>On which button.</summary>
        public Button Button;

        /// <summary>When its (first) press began, monotonic microseconds, from the interrupt's stamp.</summary>
        public long PressUs;

        /// <summary>
        /// Milliseconds: a tap's whole press (0 on the event button, which acts at once), a double press from its first press to its
        /// second, a hold's 3,000.
        /// </summary>
        public int DurationMs;
    }
}
