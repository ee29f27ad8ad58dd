// SPDX-License-Identifier: MIT

namespace Lapel.Evidence
{
    /// <summary>
    /// Why the audit log was signed: key 34 of a checkpoint (FORMAT.md 9.3). The higher one is stated when there are two.
    /// </summary>
    public enum CheckpointReason
    {
        /// <summary>None is asked for; never stated.</summary>
        None = 0,

        /// <summary>Five minutes have passed since the one before.</summary>
        Time = 1,

        /// <summary>A recording was closed, or what was committed to one that was cut was entered.</summary>
        RecordingClosed = 2,

        /// <summary>The boot ends properly, or the camera is retired: nothing of this boot follows.</summary>
        ProperEnd = 3,

        /// <summary>A dock went: what it released is signed before somebody takes the card.</summary>
        Undocked = 4,
    }
}
