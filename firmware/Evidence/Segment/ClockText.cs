// SPDX-License-Identifier: MIT

namespace Lapel.Evidence
{
    /// <summary>The text track's line: the clock and the unit, nothing that names a person or a place (FORMAT.md 3.2).</summary>
    public static class ClockText
    {
        /// <summary>Longest text: `clock unset +hhhh:mm:ss ` or `YYYY-MM-DD hh:mm:ss UTC ` and a unit name.</summary>
        public const int MaxBytes = 24 + DeviceIdentity.MaxUnitName;

        private const string Unset = "clock unset +";

        // Where the seconds stand in a sample: behind its length and `YYYY-MM-DD hh:mm:` or `clock unset +hhhh:mm:`.
        private const int SetSeconds = 2 + 17;
        private const int UnsetSeconds = 2 + 21;

        /// <summary>Writes a text sample: 2-byte length, then the text.</summary>
        /// <param name="buffer">Destination.</param>
        /// <param name="offset">Where the sample begins.</param>
        /// <param name="utcMs">UTC, milliseconds since 1970; 0 when the clock is unset.</param>
        /// <param name="monotonicMs">Milliseconds since boot; shown when the clock is unset, up to 9999 hours.</param>
        /// <param name="unit">Unit name, ASCII, at most 16 characters.</param>
        /// <returns>Bytes written, at most 42.</returns>
        public static int Put(byte[] buffer, int offset, long utcMs, long monotonicMs, string unit)
        {
            int at = offset + 2;
            if (utcMs != 0)
            {
                long seconds = utcMs / 1000;
                at = Date(buffer, at, (int)(seconds / 86400));
                buffer[at++] = (byte)' ';
                at = Time(buffer, at, (int)(seconds % 86400), 2);
                at = Text(buffer, at, " UTC ");
            }
            else
            {
                at = Text(buffer, at, Unset);
                at = Time(buffer, at, (int)(monotonicMs / 1000), 4);
                buffer[at++] = (byte)' ';
            }

            at = Text(buffer, at, unit);
            BigEndian.Put16(buffer, offset, at - offset - 2);
            return at - offset;
        }

        /// <summary>Puts other seconds of the same minute into a text sample.</summary>
        /// <param name="buffer">Holds a sample that <see cref="Put"/> wrote.</param>
        /// <param name="offset">Where it begins.</param>
        /// <param name="isSet">Whether its clock was set.</param>
        /// <param name="seconds">0 to 59.</param>
        public static void PutSeconds(byte[] buffer, int offset, bool isSet, int seconds)
        {
            Digits(buffer, offset + (isSet ? SetSeconds : UnsetSeconds), seconds, 2);
        }

        // Days since 1970 to a date of the proleptic Gregorian calendar, counted in eras of 400 years that begin on 1 March.
        private static int Date(byte[] buffer, int at, int days)
        {
            int z = days + 719468;
            int era = z / 146097;
            int dayOfEra = z - era * 146097;
            int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
            int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
            int shifted = (5 * dayOfYear + 2) / 153;
            int month = shifted < 10 ? shifted + 3 : shifted - 9;
            int year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
            at = Digits(buffer, at, year, 4);
            buffer[at++] = (byte)'-';
            at = Digits(buffer, at, month, 2);
            buffer[at++] = (byte)'-';
            return Digits(buffer, at, dayOfYear - (153 * shifted + 2) / 5 + 1, 2);
        }

        private static int Time(byte[] buffer, int at, int seconds, int hourDigits)
        {
            at = Digits(buffer, at, seconds / 3600, hourDigits);
            buffer[at++] = (byte)':';
            at = Digits(buffer, at, seconds / 60 % 60, 2);
            buffer[at++] = (byte)':';
            return Digits(buffer, at, seconds % 60, 2);
        }

        private static int Digits(byte[] buffer, int at, int value, int digits)
        {
            for (int i = at + digits - 1; i >= at; i--)
            {
                buffer[i] = (byte)('0' + value % 10);
                value /= 10;
            }

            return at + digits;
        }

        private static int Text(byte[] buffer, int at, string text)
        {
            for (int i = 0; i < text.Length; i++)
            {
                buffer[at++] = (byte)text[i];
            }

            return at;
        }
    }
}
