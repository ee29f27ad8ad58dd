// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Linq;

namespace Lapel.Authority
{
    /// <summary>What a configuration may say (CUSTODY.md section 3): the same bounds as in the camera.</summary>
    public static class ConfigurationRules
    {
        /// <summary>What is wrong with a plan, or null.</summary>
        public static string? Malformed(ConfigurationPlan plan)
        {
            if (plan.Serial < 1)
            {
                return "the serial number must be 1 or more";
            }

            if (plan.DeviceId is { Length: not 16 })
            {
                return "a device id has 16 bytes";
            }

            if (plan.Authority is { Length: not 32 })
            {
                return "the authority's key has 32 bytes";
            }

            return Keys(plan) ?? Settings(plan) ?? Private(plan);
        }

        private static string? Keys(ConfigurationPlan plan)
        {
            if (plan.Stations.Any(station => station.Role is not (1 or 2)))
            {
                return "a station's role is technician or dock";
            }

            return Keys(plan.Recipients, 4, "recipient")
                ?? Keys(plan.Stations.Select(station => station.Key).ToList(), 8, "station")
                ?? Keys(plan.Archives, 4, "archive");
        }

        private static string? Keys(IList<byte[]> keys, int most, string name)
        {
            if (keys.Count > most)
            {
                return $"there may be at most {most} {name}s";
            }

            if (keys.Any(key => key.Length != 32))
            {
                return $"the key of each {name} has 32 bytes";
            }

            return keys.Select(Convert.ToHexString).Distinct().Count() == keys.Count ? null : $"a {name} is named twice";
        }

        private static string? Settings(ConfigurationPlan plan)
        {
            if (plan.PreEventSeconds is < 0 or > 120)
            {
                return "pre-event must be 0 to 120 s";
            }

            if (plan.Size is < 0 or > 3)
            {
                return "the frame size must be qvga, vga, svga or hd";
            }

            if (plan.Quality is < 0 or > 2)
            {
                return "the quality must be high, default or low";
            }

            if (plan.IntervalMs is < 66 or > 1000)
            {
                return "frame interval must be 66 to 1000 ms";
            }

            if (plan.ContinueSeconds is < 0 or > 600)
            {
                return "the time within which a recording goes on must be 0 to 600 s";
            }

            if (plan.SlotBytes < 256 * 1024 || plan.SlotBytes > 0x7FFFFE00 || plan.SlotBytes % 512 != 0)
            {
                return "slots must be 256 KiB or more, a multiple of 512";
            }

            if (plan.Unit.Length is 0 or > 16 || plan.Unit.Any(c => c is <= ' ' or > '~'))
            {
                return "unit name must have 1 to 16 printable ASCII characters without spaces";
            }

            return null;
        }

        private static string? Private(ConfigurationPlan plan)
        {
            if (plan.HasPrivateFacts && plan.Recipients.Count == 0)
            {
                return "officer, place and note need a recipient: they are never recorded in the clear";
            }

            return Text(plan.Officer, 48, "the officer") ?? Text(plan.Place, 64, "the place") ?? Text(plan.Note, 120, "the note");
        }

        private static string? Text(string text, int most, string name) =>
            text.Length <= most && text.All(c => c is >= ' ' and <= '~')
                ? null
                : $"{name} must be at most {most} printable ASCII characters";
    }
}
