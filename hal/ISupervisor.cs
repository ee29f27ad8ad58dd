// SPDX-License-Identifier: MIT

namespace Lapel.Hal
{
    /// <summary>
    /// A chip beside the microcontroller that resets it, and cuts the card's supply, when it has not been told in time that the camera
    /// makes progress. It is off until the first call after a reset.
    /// </summary>
    public interface ISupervisor
    {
        /// <summary>
        /// The camera makes progress: the time begins anew. The first call arms it. From then on a call is due within 10 s, whatever the
        /// tolerances (BOARDS.md has the times). Two writes to a pin; cannot fail.
        /// </summary>
        void Kick();
    }
}
