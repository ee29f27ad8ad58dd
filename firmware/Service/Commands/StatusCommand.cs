// SPDX-License-Identifier: MIT

using Lapel.Custody;
using Lapel.Evidence;

namespace Lapel.Service
{
    /// <summary>status: whether the camera works, at a glance; -v adds every figure.</summary>
    public sealed class StatusCommand : ConsoleCommand
    {
        private readonly AccessControl _access;
        private int _next;

        /// <summary>The command.</summary>
        public StatusCommand(AccessControl access)
            : base("status", "[-v]", "whether it works: state, faults, card, battery, clock, last recording; -v adds every figure")
        {
            _access = access;
        }

        /// <inheritdoc/>
        public override void Begin(ConsoleCall call)
        {
            bool verbose = call.Count == 1 && call.Argument(0) == "-v";
            if (call.Count > 0 && !verbose)
            {
                call.Fail(ErrorCode.Usage, "status takes -v or nothing");
                return;
            }

            IServiceCamera camera = call.Camera;
            Report report = call.Report;
            report.Field("state", camera.StateName);
            if (camera.FaultText.Length == 0)
            {
                report.Absent("fault", "none");
            }
            else
            {
                report.Field("fault", camera.FaultText);
            }

            string caught = FenceTest.Text(camera);
            if (caught.Length > 0)
            {
                report.Field("caught", caught);
            }
            else if (report.IsJson)
            {
                report.Absent("caught", "");
            }

            ShowRecording(camera, report, call.NowUs / 1000);
            ShowCard(camera, report);
            ShowBattery(camera, report);
            ShowClock(camera, report);
            ShowPictures(camera, report);
            report.Bytes("configuration", camera.ConfigurationDigest, 8);
            if (report.IsJson)
            {
                report.Flag("restart_needed", _access.IsRestartNeeded);
            }
            else if (_access.IsRestartNeeded)
            {
                report.Field("waiting", "an installed configuration; a restart brings it into force");
            }

            _next = 0;
            if (!verbose)
            {
                call.Ok();
            }
        }

        /// <inheritdoc/>
        public override void Step(ConsoleCall call)
        {
            if (_next < call.Camera.Figures)
            {
                call.Report.Field(call.Camera.FigureName(_next), call.Camera.Figure(_next));
                _next++;
                return;
            }

            call.Ok();
        }

        private static void ShowRecording(IServiceCamera camera, Report report, long nowMs)
        {
            RecordingFacts last = camera.LastRecording;
            int newest = camera.Store.Catalogue.NewestRecording;
            if (report.IsJson)
            {
                report.Flag("recording", camera.IsRecording);
                if (last == null && newest == 0)
                {
                    report.Absent("last_recording", "");
                }
                else
                {
                    report.Field("last_recording", last == null ? newest : last.Number);
                }

                if (last == null || last.ZeroUtcMs == 0)
                {
                    report.Absent("last_recording_utc", "");
                }
                else
                {
                    report.Field("last_recording_utc", UtcText.Of(last.ZeroUtcMs));
                }
            }
            else if (last == null)
            {
                report.Field("recording", newest == 0 ? "none on this card" : newest.ToString() + ", before power-on");
            }
            else
            {
                string since = last.ZeroUtcMs == 0 ? "clock was not set" : "from " + UtcText.Of(last.ZeroUtcMs);
                string state = camera.IsRecording ? ", under way for " + ((nowMs - last.ZeroMs) / 1000).ToString() + " s" : ", ended";
                report.Field("recording", last.Number.ToString() + ", " + since + state);
            }
        }

        private static void ShowCard(IServiceCamera camera, Report report)
        {
            Catalogue catalogue = camera.Store.Catalogue;
            bool isReady = camera.Store.IsReady;
            string words =
                camera.CardStatus != Hal.CardStatus.Ok ? FaultWords.Of(camera.CardStatus)
                : isReady ? "ready"
                : "being opened";
            if (report.IsJson)
            {
                report.Field("card", words);
                report.Field("slots", catalogue.Slots);
                report.Field("slots_free", catalogue.FreeSlots);
                report.Flag("slots_making", camera.Store.IsMakingSlots);
            }
            else
            {
                string slots =
                    catalogue.FreeSlots.ToString()
                    + " of "
                    + catalogue.Slots.ToString()
                    + " slots free"
                    + (camera.Store.IsMakingSlots ? ", more are being made" : "");
                report.Field("card", isReady ? words + ", " + slots : words);
            }
        }

        private static void ShowBattery(IServiceCamera camera, Report report)
        {
            int mv = camera.BatteryMillivolts;
            bool isKnown = mv >= camera.LeastBatteryMv;
            if (report.IsJson)
            {
                FieldOrNull(report, "battery_percent", isKnown, camera.BatteryPercent);
                FieldOrNull(report, "battery_mv", isKnown, mv);
            }
            else
            {
                report.Field(
                    "battery",
                    isKnown ? camera.BatteryPercent.ToString() + " %, " + mv.ToString() + " mV"
                        : mv == 0 ? "not known yet"
                        : "none"
                );
            }
        }

        private static void ShowClock(IServiceCamera camera, Report report)
        {
            int uncertaintyMs = camera.UncertaintyMs;
            if (!camera.IsClockSet)
            {
                report.Absent("clock", "not set; recordings cannot state their time");
                if (report.IsJson)
                {
                    report.Absent("uncertainty_ms", "");
                }
            }
            else if (report.IsJson)
            {
                report.Field("clock", UtcText.Of(camera.UtcMs));
                FieldOrNull(report, "uncertainty_ms", uncertaintyMs >= 0, uncertaintyMs);
            }
            else
            {
                report.Field(
                    "clock",
                    UtcText.Of(camera.UtcMs)
                        + (uncertaintyMs >= 0 ? ", within " + uncertaintyMs.ToString() + " ms" : ", how exact is not known")
                );
            }
        }

        // Since power-on; -v has the kinds.
        private static void ShowPictures(IServiceCamera camera, Report report)
        {
            long taken = StatisticsLookup.Of(camera, "recorder.frames");
            long memory = StatisticsLookup.Of(camera, "recorder.drops_memory");
            long damaged = StatisticsLookup.Of(camera, "recorder.drops_corrupt");
            long missed = StatisticsLookup.Of(camera, "recorder.missed");
            if (report.IsJson)
            {
                report.Field("pictures", taken);
                report.Field("drops_memory", memory);
                report.Field("drops_corrupt", damaged);
                report.Field("missed", missed);
                return;
            }

            string lost =
                memory + damaged + missed == 0
                    ? ", none lost"
                    : ", lost: " + memory.ToString() + " no memory, " + damaged.ToString() + " damaged, " + missed.ToString() + " late";
            report.Field("pictures", taken.ToString() + lost);
        }

        private static void FieldOrNull(Report report, string name, bool isKnown, long value)
        {
            if (isKnown)
            {
                report.Field(name, value);
            }
            else
            {
                report.Absent(name, "not known");
            }
        }
    }
}
