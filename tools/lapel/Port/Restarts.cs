// SPDX-License-Identifier: MIT

using Lapel.Link;

namespace Lapel.Cli
{
    /// <summary>Restarts a camera.</summary>
    internal static class Restarts
    {
        /// <summary>Restarts it; the role of a technician is needed.</summary>
        /// <param name="camera">The camera.</param>
        /// <param name="force">Also when it records; the recording is closed properly first.</param>
        /// <exception cref="CommandException">It records, and was not to be forced.</exception>
        public static void Now(CameraConnection camera, bool force)
        {
            try
            {
                new OsGroup(camera.Smp).Restart(force);
            }
            catch (LinkException error) when (error.Is(LinkException.SmpItself, Busy))
            {
                throw new CommandException(
                    "the camera records, and was not restarted",
                    "wait for the recording to end, or end it with lapel reboot --force",
                    error
                )
                {
                    Code = ExitCode.NotVerified,
                };
            }
        }

        // SMP's own code for it (PROTOCOL.md 4, note 4).
        private const int Busy = 10;
    }
}
