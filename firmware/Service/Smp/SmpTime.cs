// SPDX-License-Identifier: MIT

namespace Lapel.Service
{
    /// <summary>
    /// Date and time as SMP clients write them: `2026-10-01T12:00:00`, then a fraction of 1 to 6 digits or none, then `Z`, `+02:00` or
    /// nothing, which is UTC too.
    /// </summary>
    public static class SmpTime
    {
        /// <summary>Longest text.</summary>
        public const int MaxLength = SecondsLength + 1 + MostFraction + ZoneLength;

        private const int SecondsLength = 19;
        private const int MostFraction = 6;
        private const int ZoneLength = 6;

        /// <summary>Milliseconds since 1970, or -1 when it is no such text of the years 2024 to 2099.</summary>
        public static long Parse(string text)
        {
            // Checked before anything is taken apart: all indices below stay within the text.
            if (text.Length < SecondsLength)
            {
                return -1;
            }

            long seconds = UtcText.Parse(text.Substring(0, SecondsLength) + "Z");
            int at = SecondsLength;
            int ms = at < text.Length && text[at] == '.' ? Fraction(text, ref at) : 0;
            int minutes = Zone(text, at);
            return seconds < 0 || ms < 0 || minutes == int.MinValue ? -1 : seconds + ms - minutes * 60000L;
        }

        /// <summary>The time with milliseconds and without a zone.</summary>
        public static string Of(long utcMs)
        {
            return UtcText.Of(utcMs).Substring(0, SecondsLength) + "." + ((int)(utcMs % 1000)).ToString("D3");
        }

        /// <summary>Whether a text tells more than whole seconds.</summary>
        public static bool HasFraction(string text)
        {
            return text.Length > SecondsLength && text[SecondsLength] == '.';
        }

        // Whole milliseconds of it.
        private static int Fraction(string text, ref int at)
        {
            int first = ++at;
            int ms = 0;
            int scale = 100;
            while (at < text.Length && text[at] >= '0' && text[at] <= '9')
            {
                ms += (text[at] - '0') * scale;
                scale /= 10;
                at++;
            }

            // What is finer than a millisecond is passed over: the clock states its uncertainty in milliseconds.
            return at == first || at - first > MostFraction ? -1 : ms;
        }

        // Minutes east of UTC; the easternmost zone is 14 hours.
        private static int Zone(string text, int at)
        {
            int left = text.Length - at;
            if (left == 0 || (left == 1 && text[at] == 'Z'))
            {
                return 0;
            }

            if (left != ZoneLength || (text[at] != '+' && text[at] != '-') || text[at + 3] != ':')
            {
                return int.MinValue;
            }

            int hours = Digits(text, at + 1);
            int minutes = Digits(text, at + 4);
            if (hours < 0 || hours > 14 || minutes < 0 || minutes > 59)
            {
                return int.MinValue;
            }

            return text[at] == '-' ? -(hours * 60 + minutes) : hours * 60 + minutes;
        }

        private static int Digits(string text, int at)
        {
            char tens = text[at];
            char ones = text[at + 1];
            return tens < '0' || tens > '9' || ones < '0' || ones > '9' ? -1 : (tens - '0') * 10 + ones - '0';
        }
    }
}
