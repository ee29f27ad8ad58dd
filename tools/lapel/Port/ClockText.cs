// SPDX-License-Identifier: MIT

using System;
using System.Globalization;
using System.Text.Json;
using Lapel.Link;

namespace Lapel.Cli
{
    /// <summary>What came of setting a camera's clock, for people and for programs.</summary>
    internal static class ClockText
    {
        /// <summary>A clock that takes whole seconds is up to one off at any time: less is not worth a word.</summary>
        private static readonly TimeSpan Notable = TimeSpan.FromSeconds(2);

        /// <summary>What is worth saying; null when the clock was right.</summary>
        public static string? Notice(ClockSetting set)
        {
            if (!set.Holds)
            {
                return "the clock is not what it was set to";
            }

            if (set.Before == null)
            {
                return "the clock was unset, and is set now: recordings made until now state no time";
            }

            TimeSpan off = set.Off!.Value;
            return off.Duration() < Notable
                ? null
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"the clock was {off.Duration().TotalSeconds:0} s {(off > TimeSpan.Zero ? "slow" : "fast")}, and is set now"
                );
        }

        /// <summary>Fields of an object.</summary>
        public static void Json(ClockSetting set, Utf8JsonWriter json)
        {
            json.WriteString("device", set.Device);
            Time(json, "was", set.Before);
            Time(json, "utc", set.After);
            if (set.UncertaintyMs is long stated)
            {
                json.WriteNumber("uncertaintyMs", stated);
            }
            else
            {
                json.WriteNull("uncertaintyMs");
            }

            json.WriteBoolean("holds", set.Holds);
        }

        private static void Time(Utf8JsonWriter json, string name, DateTime? time)
        {
            if (time is DateTime known)
            {
                json.WriteString(name, known);
            }
            else
            {
                json.WriteNull(name);
            }
        }
    }
}
