// SPDX-License-Identifier: MIT

using Lapel.Custody;
using Lapel.Hal;

namespace Lapel.Service
{
    /// <summary>
    /// The settings of a configuration as text, by name: for the settings group and the console. Who wears the camera is not among them.
    /// </summary>
    public static class ConfigurationValues
    {
        private static readonly string[] Names =
        {
            "unit",
            "pre_event_s",
            "size",
            "quality",
            "interval_ms",
            "event_starts",
            "covert",
            "slot_bytes",
            "continue_s",
            "recipients",
        };

        /// <summary>Number of settings.</summary>
        public static int Count
        {
            get { return Names.Length; }
        }

        /// <summary>Name of a setting.</summary>
        public static string Name(int index)
        {
            return Names[index];
        }

        /// <summary>Value of a setting; null when there is none of that name.</summary>
        public static string Value(CameraConfiguration configuration, string name)
        {
            switch (name)
            {
                case "unit":
                    return configuration.Unit;
                case "pre_event_s":
                    return configuration.PreEventSeconds.ToString();
                case "size":
                    return configuration.Width.ToString() + "x" + configuration.Height.ToString();
                case "quality":
                    return Quality(configuration.Quality);
                case "interval_ms":
                    return configuration.IntervalMs.ToString();
                case "event_starts":
                    return configuration.EventStarts ? "yes" : "no";
                case "covert":
                    return configuration.Covert ? "yes" : "no";
                case "slot_bytes":
                    return configuration.SlotBytes.ToString();
                case "continue_s":
                    return configuration.ContinueSeconds.ToString();
                case "recipients":
                    return configuration.IsSealed ? configuration.Recipients.Length.ToString() : "0";
                default:
                    return null;
            }
        }

        private static string Quality(FrameQuality quality)
        {
            return quality == FrameQuality.High ? "high"
                : quality == FrameQuality.Low ? "low"
                : "default";
        }
    }
}
