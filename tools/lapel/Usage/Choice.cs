// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Lapel.Cli
{
    /// <summary>How recordings are chosen on a command line: by number and by time.</summary>
    internal static class Choice
    {
        /// <summary>Recording numbers and ranges of them; null when none was given.</summary>
        public static HashSet<long>? Numbers(string[] texts)
        {
            if (texts.Length == 0)
            {
                return null;
            }

            var numbers = new HashSet<long>();
            foreach (string text in texts)
            {
                long[] ends =
                [
                    .. text.Split('-', 2)
                        .Select(end => uint.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out uint n) ? n : -1L),
                ];
                if (ends.Contains(-1) || ends[^1] < ends[0] || ends[^1] - ends[0] > 1_000_000)
                {
                    throw new CommandException($"--recording {text}: must be a number or a range such as 3-7");
                }

                for (long n = ends[0]; n <= ends[^1]; n++)
                {
                    numbers.Add(n);
                }
            }
            return numbers;
        }

        /// <summary>A UTC time; null when none was given.</summary>
        public static DateTime? Time(string option, string? text)
        {
            if (text == null)
            {
                return null;
            }

            string[] forms = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"];
            return DateTime.TryParseExact(
                text.TrimEnd('Z'),
                forms,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                out DateTime time
            )
                ? time
                : throw new CommandException($"{option} {text}: must be a UTC time such as 2026-11-25 or 2026-11-25T08:00");
        }
    }
}
