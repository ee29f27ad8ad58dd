// SPDX-License-Identifier: MIT

using Lapel.Custody;

namespace Lapel.Service
{
    /// <summary>config: shows the configuration in force.</summary>
    /// <remarks>It is changed by a signed document only, never setting by setting.</remarks>
    public sealed class ConfigCommand : ConsoleCommand
    {
        private readonly AccessControl _access;

        /// <summary>The command.</summary>
        public ConfigCommand(AccessControl access)
            : base("config", "get | set", "the configuration in force; set says how it is changed")
        {
            _access = access;
        }

        /// <inheritdoc/>
        public override string Example
        {
            get { return "config get"; }
        }

        /// <inheritdoc/>
        public override void Begin(ConsoleCall call)
        {
            if (call.Count > 0 && call.Argument(0) == "set")
            {
                call.Fail(
                    ErrorCode.Role,
                    "settings come in one signed document: lapel config sign makes it, lapel config set brings it (fs upload to "
                        + "/config/new, then settings commit)"
                );
                return;
            }

            if (call.Count != 1 || call.Argument(0) != "get")
            {
                call.Fail(ErrorCode.Usage, "config get or config set");
                return;
            }

            CameraConfiguration configuration = call.Camera.Configuration;
            call.Report.Field("unit", configuration.Unit);
            call.Report.Field("pre_event_s", configuration.PreEventSeconds);
            call.Report.Field("width", configuration.Width);
            call.Report.Field("height", configuration.Height);
            call.Report.Field("interval_ms", configuration.IntervalMs);
            call.Report.Field("quality", (int)configuration.Quality);
            call.Report.Flag("event_starts", configuration.EventStarts);
            call.Report.Flag("covert", configuration.Covert);
            call.Report.Field("slot_bytes", configuration.SlotBytes);
            call.Report.Field("recipients", configuration.IsSealed ? configuration.Recipients.Length : 0);
            call.Report.Bytes("digest", call.Camera.ConfigurationDigest, 32);
            call.Report.Flag("owned", _access.IsOwned);
            call.Report.Field("serial", _access.Serial);
            call.Report.Field("role", RoleName.Of(_access.Role));
            call.Ok();
        }
    }
}
