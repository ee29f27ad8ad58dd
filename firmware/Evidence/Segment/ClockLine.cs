// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Evidence
{
    /// <summary>
    /// The text sample of one fragment after another: within a minute only the seconds differ, so the rest is kept. Two fragments a second
    /// are made,
    /// and a date costs more instructions than the header it stands in.
    /// </summary>
    public sealed class ClockLine
    {
        private readonly byte[] _sample = new byte[2 + ClockText.MaxBytes];
        private int _length;
        private long _minute = -1;
        private bool _isSet;
        private string _unit;

        /// <summary>Writes a text sample as <see cref="ClockText.Put"/> does. Returns the bytes written.</summary>
        public int Put(byte[] buffer, int offset, long utcMs, long monotonicMs, string unit)
        {
            bool isSet = utcMs != 0;
            long seconds = (isSet ? utcMs : monotonicMs) / 1000;
            long minute = seconds / 60;
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
