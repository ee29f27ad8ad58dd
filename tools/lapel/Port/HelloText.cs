// SPDX-License-Identifier: MIT

using System.Globalization;
using System.Text.Json;
using Lapel.Link;

namespace Lapel.Cli
{
    /// <summary>What a camera says of itself, for people and for programs.</summary>
    internal static class HelloText
    {
        /// <summary>One line.</summary>
        public static string Line(Hello hello) =>
            $"camera {hello.IdText}  {hello.Unit}  firmware {hello.Firmware}  {hello.State}  {Slots(hello)}  clock {Clock(hello)}";

        /// <summary>Its slots.</summary>
        public static string Slots(Hello hello) =>
            $"{hello.FreeSlots} of {hello.Slots} slots free{(hello.IsMakingSlots ? ", more are being made" : "")}";

        /// <summary>Its clock.</summary>
        public static string Clock(Hello hello) =>
            hello.Utc?.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture) ?? "unset";

        /// <summary>Fields of an object.</summary>
        public static void Json(Hello hello, Utf8JsonWriter json)
        {
            json.WriteString("device", hello.IdText);
            json.WriteString("unit", hello.Unit);
            json.WriteString("firmware", hello.Firmware);
            json.WriteString("state", hello.State);
            json.WriteNumber("slots", hello.Slots);
            json.WriteNumber("slotsFree", hello.FreeSlots);
            json.WriteBoolean("slotsMaking", hello.IsMakingSlots);
            json.WriteBoolean("owned", hello.IsOwned);
            if (hello.Utc != null)
            {
                json.WriteString("utc", hello.Utc.Value);
            }
        }
    }
}
