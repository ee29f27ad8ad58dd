// SPDX-License-Identifier: MIT

using Lapel.Hal;

namespace Lapel.Recorder
{
    /// <summary>One requested action, filled in by <see cref="StateMachine.TryTake"/>.</summary>
    public sealed class RecorderAction
    {
        /// <summary>What to do.</summary>
        public RecorderActionKind Kind;

        /// <summary>
        /// When it was asked for, monotonic microseconds: the beginning of the gesture's first press, or the time of the event that
        /// stops a recording.
        /// </summary>
        public long AtUs;

        /// <summary>With StopRecording: why.</summary>
        public StopReason Reason;

        /// <summary>With Mark: which button was pressed.</summary>
        public Button Button;
    }
}
