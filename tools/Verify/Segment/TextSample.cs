// SPDX-License-Identifier: MIT

using System;
using System.Globalization;

namespace Lapel.Verify
{
    /// <summary>The text of a fragment: the clock at its first frame, then the unit (FORMAT.md 3.2).</summary>
    internal static class TextSample
    {
        private const string Unset = "clock unset +";
        private const int ClockLength = 24;

        /// <summary>Whether the text has one of the two shapes with this unit; gives the clock it shows.</summary>
        public static bool TryRead(string text, string unit, out DateTime? utc, out TimeSpan? sinceBoot)
        {
            utc = null;
            sinceBoot = null;
            if (text.Length != ClockLength + unit.Length || !text.EndsWith(unit, StringComparison.Ordinal))
            {
                return false;
            }

            if (text.StartsWith(Unset, StringComparison.Ordinal))
            {
                if (
                    !Digits(text, 13, 4, out int hours)
                    || text[17] != ':'
                    || !Digits(text, 18, 2, out int minutes)
                    || text[20] != ':'
                    || !Digits(text, 21, 2, out int seconds)
                    || text[23] != ' '
                    || minutes > 59
                    || seconds > 59
                )
                {
                    return false;
                }

                sinceBoot = new TimeSpan(hours, minutes, seconds);
                return true;
            }
            if (
                string.CompareOrdinal(text, 19, " UTC ", 0, 5) != 0
                || !DateTime.TryParseExact(
                    text.AsSpan(0, 19),
                    "yyyy-MM-dd HH:mm:ss",
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.None,
                    out DateTime time
                )
            )
            {
                return false;
            }

            utc = DateTime.SpecifyKind(time, DateTimeKind.Utc);
            return true;
        }

        private static bool Digits(string text, int at, int count, out int value) =>
            int.TryParse(text.AsSpan(at, count), NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }
}
