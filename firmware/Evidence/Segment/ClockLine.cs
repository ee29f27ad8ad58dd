// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Evidence
{
    /// <summary>
    /// The text sample of one fragment after another: within a minute only the seconds differ, so the rest is kept. Two fragments a second
    /// are made, and a date costs more instructions than the header it stands in.
    /// </summary>
    public sealed class ClockLine
    {
        private readonly byte[] _sample = new byte[2 + ClockText.MaxBytes];
        private int _length;
        private long _minute = -1;
        private bool _isSet;
        private string _unit;

        /// <summary>Writes a text sample as <see cref="ClockText.Put"/> does.</summary>
        /// <param name="buffer">Destination.</param>
        /// <param name="offset">Where the sample begins.</param>
        /// <param name="utcMs">UTC, milliseconds since 1970; 0 when the clock is unset.</param>
        /// <param name="monotonicMs">Milliseconds since boot.</param>
        /// <param name="unit">Unit name, at most 16 characters; the same object as long as it is the same name.</param>
        /// <returns>Bytes written, at most 42.</returns>
        public int Put(byte[] buffer, int offset, long utcMs, long monotonicMs, string unit)
        {
            bool isSet = utcMs != 0;
            long seconds = (isSet ? utcMs : monotonicMs) / 1000;
            long minute = seconds / 60;
            // Unit names are compared as objects: a camera hands over the same one each time, and another one only makes the line anew.
            if (minute != _minute || isSet != _isSet || (object)unit != (object)_unit)
            {
                _length = ClockText.Put(_sample, 0, utcMs, monotonicMs, unit);
                _minute = minute;
                _isSet = isSet;
                _unit = unit;
            }
            else
            {
                ClockText.PutSeconds(_sample, 0, isSet, (int)(seconds - minute * 60));
            }

            Array.Copy(_sample, 0, buffer, offset, _length);
            return _length;
        }
    }
}
