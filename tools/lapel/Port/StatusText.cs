// SPDX-License-Identifier: MIT

using System;
using System.Globalization;
using System.Text.Json;
using Lapel.VirtualCamera;

namespace Lapel.Cli
{
    /// <summary>The camera's status as a line.</summary>
    internal static class StatusText
    {
        /// <summary>For people: time, state, pre-event seconds, frames, drops, slots, battery.</summary>
        public static string Line(CameraStatus status)
        {
            string fault = status.Fault == null ? "" : $" ({status.Fault})";
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{Time(status)} {status.State.Name()}{fault}, pre-event {status.PreEventSeconds:F1} s, frames {status.Frames}, drops "
                    + $"{status.Drops}, "
                    + $"slots {status.SlotsFree}/{status.SlotsTotal}{(status.IsMakingSlots ? " and more being made" : "")}, "
                    + $"battery {status.BatteryMillivolts} mV{Lights(status)}"
            );
        }

        /// <summary>For programs: one JSON object.</summary>
        public static string Json(CameraStatus status)
        {
            return JsonSerializer.Serialize(
                new
                {
                    type = "status",
                    timeUs = status.NowUs,
                    state = status.State.Name(),
                    fault = status.Fault,
                    utc = status.Utc,
                    preEventSeconds = status.PreEventSeconds,
                    frames = status.Frames,
                    drops = status.Drops,
                    recordings = status.Recordings,
                    recordingNumber = status.RecordingNumber,
                    unwrittenSeconds = status.UnwrittenSeconds,
                    markers = status.Markers,
                    slotsFree = status.SlotsFree,
                    slots = status.SlotsTotal,
                    slotsMaking = status.IsMakingSlots,
                    batteryMillivolts = status.BatteryMillivolts,
                }
            );
        }

        private static string Time(CameraStatus status)
        {
            TimeSpan time = TimeSpan.FromMicroseconds(status.NowUs);
            return string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours:D2}:{time.Minutes:D2}:{time.Seconds:D2}");
        }

        private static string Lights(CameraStatus status)
        {
            string on =
                (status.Red ? " red" : "")
                + (status.Green ? " green" : "")
                + (status.Vibration ? " vibration" : "")
                + (status.Tone ? " tone" : "");
            return on.Length == 0 ? "" : "," + on;
        }
    }
}
