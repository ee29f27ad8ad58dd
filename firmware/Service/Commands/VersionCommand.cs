// SPDX-License-Identifier: MIT

using Lapel.Evidence;

namespace Lapel.Service
{
    /// <summary>version: firmware, board and device.</summary>
    public sealed class VersionCommand : ConsoleCommand
    {
        /// <summary>The command.</summary>
        public VersionCommand()
            : base("version", "", "firmware, board and device") { }

        /// <inheritdoc/>
        public override void Begin(ConsoleCall call)
        {
            if (!call.TakesNothing())
            {
                return;
            }

            IServiceCamera camera = call.Camera;
            call.Report.Field("firmware", camera.Version);
            call.Report.Bytes("build", camera.BuildDigest, Digests.Size);
            call.Report.Field("board", camera.Board.Name);
            call.Report.Field("target", camera.Board.Target);
            if (camera.Board.Runtime == null)
            {
                call.Report.Absent("runtime", "not known");
            }
            else
            {
                call.Report.Field("runtime", camera.Board.Runtime);
            }

            call.Report.Field("unit", camera.Configuration.Unit);
            call.Report.Bytes("device", camera.Device == null ? null : camera.Device.Id, 16);
            call.Ok();
        }
    }
}
