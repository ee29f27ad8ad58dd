// SPDX-License-Identifier: MIT

using Lapel.Evidence;

namespace Lapel.Service
{
    /// <summary>status: whether the camera works, at a glance.</summary>
    public sealed class StatusCommand : ConsoleCommand
    {
        /// <summary>The command.</summary>
        public StatusCommand()
            : base("status", "", "whether it works: state, faults, clock, battery, free slots") { }

        /// <inheritdoc/>
        public override void Begin(ConsoleCall call)
        {
            if (!call.TakesNothing())
            {
                return;
            }

            IServiceCamera camera = call.Camera;
            Catalogue catalogue = camera.Store.Catalogue;
            call.Report.Field("state", camera.StateName);
            call.Report.Field("fault", camera.FaultText.Length == 0 ? "none" : camera.FaultText);
            call.Report.Flag("recording", camera.IsRecording);
            call.Report.Field("clock", camera.IsClockSet ? UtcText.Of(camera.UtcMs) : "unset");
            call.Report.Field("battery_percent", camera.BatteryPercent);
            call.Report.Field("slots", catalogue.Slots);
            call.Report.Field("slots_free", catalogue.FreeSlots);
            call.Report.Flag("slots_making", camera.Store.IsMakingSlots);
            call.Report.Bytes("configuration", camera.ConfigurationDigest, 8);
            call.Ok();
        }
    }
}
