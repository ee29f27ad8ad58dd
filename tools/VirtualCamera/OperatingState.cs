// SPDX-License-Identifier: MIT

namespace Lapel.VirtualCamera
{
    /// <summary>What the camera is doing, as one would say of the whole device.</summary>
    public enum OperatingState
    {
        /// <summary>Without power.</summary>
        Off = 0,

        /// <summary>Starting: module, card, keys, recovery.</summary>
        Booting = 1,

        /// <summary>Filling the pre-event ring, ready to record.</summary>
        Buffering = 2,

        /// <summary>Recording.</summary>
        Recording = 3,

        /// <summary>Stopped by the officer, still writing what belongs to the recording.</summary>
        Closing = 4,

        /// <summary>No free slot is left: nothing can be recorded.</summary>
        CardFull = 5,

        /// <summary>Cannot record; <see cref="CameraStatus.Fault"/> says why.</summary>
        Fault = 6,
    }
}
