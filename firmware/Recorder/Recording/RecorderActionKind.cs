// SPDX-License-Identifier: MIT

namespace Lapel.Recorder
{
    /// <summary>What the state machine asks for.</summary>
    public enum RecorderActionKind
    {
        /// <summary>Nothing.</summary>
        None = 0,

        /// <summary>Begin a recording that keeps what the ring holds.</summary>
        StartRecording = 1,

        /// <summary>End the recording under way, then report <see cref="RecorderInput.RecordingClosed"/>.</summary>
        StopRecording = 2,

        /// <summary>Put a marker into the recording under way.</summary>
        Mark = 3,

        /// <summary>Tell the officer that the start is refused: the card is full.</summary>
        RefuseCardFull = 4,

        /// <summary>Tell the officer that the start is refused: the camera has a fault.</summary>
        RefuseFault = 5,
    }
}
