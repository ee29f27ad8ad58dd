// SPDX-License-Identifier: MIT

namespace Lapel.Link
{
    /// <summary>Why there is no conversation with a camera.</summary>
    public enum LinkFailure
    {
        /// <summary>The port does not exist.</summary>
        NoPort,

        /// <summary>Another program holds the port.</summary>
        PortBusy,

        /// <summary>The port may not be opened by this user, or is no serial port.</summary>
        PortRefused,

        /// <summary>Nothing answers.</summary>
        Silent,

        /// <summary>Something answers that is no Lapel camera, or one of an unknown version.</summary>
        NotLapel,

        /// <summary>The cable was pulled or the camera lost power.</summary>
        Unplugged,

        /// <summary>Something between eats or changes bytes: flow control, a terminal's settings.</summary>
        Mangled,

        /// <summary>The camera restarted and has forgotten what it was doing.</summary>
        Restarted,

        /// <summary>
        /// The camera refuses what was asked; <see cref="LinkException.Group"/> and <see cref="LinkException.Code"/> say why.
        /// </summary>
        Refused,

        /// <summary>An answer that breaks the protocol.</summary>
        Malformed,
    }
}
