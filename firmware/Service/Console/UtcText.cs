// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Service
{
    /// <summary>UTC as text: 2026-11-23T20:00:00Z, the one spelling that the console writes and takes.</summary>
    public static class UtcText
    {
        private const int Length = 20;
        private const long MsPerSecond = 1000;
        private const long TicksPerMs = 10000;
        private const int SecondsPerDay = 86400;

        /// <summary>The text.</summary>
        /// <param name="utcMs">Milliseconds since 1970; the rest of a second is cut off.</param>
        public static string Of(long utcMs)
        {
            DateTime time = new DateTime(DateTime.UnixEpoch.Ticks + utcMs * TicksPerMs);
            return time.Year.ToString("D4")
                + "-"
                + time.Month.ToString("D2")
                + "-"
                + time.Day.ToString("D2")
                + "T"
                + time.Hour.ToString("D2")
                + ":"
                + time.Minute.ToString("D2")
                + ":"
                + time.Second.ToString("D2")
                + "Z";
        }

        /// <summary>Milliseconds since 1970, or -1 when it is not such a text of the years 2024 to 2099.</summary>
        public static long Parse(string text)
        {
            if (
                text.Length != Length
                || text[4] != '-'
                || text[7] != '-'
                || text[10] != 'T'
                || text[13] != ':'
                || text[16] != ':'
                || text[19] != 'Z'
            )
            {
                return -1;
            }

            int year = Number(text, 0, 4);
            int month = Number(text, 5, 2);
            int day = Number(text, 8, 2);
            int hour = Number(text, 11, 2);
            int minute = Number(text, 14, 2);
            int second = Number(text, 17, 2);

            // Before 2024 there was no such camera, and after 2099 the leap-year rule below is not that simple. A wrong clock is worse than
            // none.
            if (year < 2024 || year > 2099 || month < 1 || month > 12 || day < 1 || day > Days(year, month))
            {
                return -1;
            }

            if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59)
            {
                return -1;
            }

            // Only the date through DateTime, for its calendar; the time of day is plain arithmetic.
            long days = (new DateTime(year, month, day).Ticks - DateTime.UnixEpoch.Ticks) / (TicksPerMs * MsPerSecond * SecondsPerDay);
            return (days * SecondsPerDay + hour * 3600 + minute * 60 + second) * MsPerSecond;
        }

        // 2100 is out of range, so every fourth year is a leap year.
        private static int Days(int year, int month)
        {
            if (month == 2)
            {
                return year % 4 == 0 ? 29 : 28;
            }

            return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
        }

        private static int Number(string text, int from, int count)
        {
            int number = 0;
            for (int i = from; i < from + count; i++)
            {
                if (text[i] < '0' || text[i] > '9')
                {
                    return -1;
                }

                number = number * 10 + text[i] - '0';
            }

            return number;
        }
    }
}
