// SPDX-License-Identifier: MIT

namespace Lapel.Recorder
{
    /// <summary>What the camera is doing, as the officer sees it.</summary>
    public enum RecorderState
    {
        /// <summary>Starting up; recovering an interrupted recording.</summary>
        Booting = 0,

        /// <summary>Ready: the latest pictures are held in memory.</summary>
        Buffering = 1,

        /// <summary>Recording.</summary>
        Recording = 2,

        /// <summary>Stopped; the end and what is left of the pre-event footage still go to the card.</summary>
        Closing = 3,

        /// <summary>No room for a recording.</summary>
        CardFull = 4,

        /// <summary>Cannot record: <see cref="StateMachine.Faults"/> says why.</summary>
        Fault = 5,
    }
}
