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
                        + (_access.IsRestartNeeded ? "; one waits for a restart, which config get shows" : "")
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
            call.Report.Field("continue_s", configuration.ContinueSeconds);
            call.Report.Field("recipients", configuration.IsSealed ? configuration.Recipients.Length : 0);
            call.Report.Bytes("digest", call.Camera.ConfigurationDigest, 32);
            call.Report.Flag("restart_needed", _access.IsRestartNeeded);
            ShowWaiting(call, configuration);
            call.Report.Flag("owned", _access.IsOwned);
            call.Report.Field("serial", _access.Serial);
            call.Report.Field("role", RoleName.Of(_access.Role));
            call.Ok();
        }

        // What a restart will change: settings of the installed configuration that differ from those in force.
        private void ShowWaiting(ConsoleCall call, CameraConfiguration inForce)
        {
            CameraConfiguration waiting = _access.Waiting;
            if (waiting == null)
            {
                return;
            }

            call.Report.BeginList("waiting");
            for (int i = 0; i < ConfigurationValues.Count; i++)
            {
                string name = ConfigurationValues.Name(i);
                string before = ConfigurationValues.Value(inForce, name);
                string after = ConfigurationValues.Value(waiting, name);
                if (before == after)
                {
                    continue;
                }

                call.Report.BeginRow();
                call.Report.Field("setting", call.Report.IsJson ? name : "after a restart: " + name);
                call.Report.Field("from", before);
                call.Report.Field("to", call.Report.IsJson ? after : "-> " + after);
                call.Report.EndRow();
            }

            call.Report.EndList();
        }
    }
}
