// SPDX-License-Identifier: MIT

using Lapel.Hal;

namespace Lapel.Evidence.Tests
{
    /// <summary>A clock that moves when told to, and by one microsecond at each look.</summary>
    public sealed class StepClock : IClock
    {
        private long _us;

        public long Microseconds
        {
            get { return _us++; }
        }

        public long UtcTicks { get; set; }

        public void Set(long ms)
        {
            _us = ms * 1000;
        }

        public bool SetUtc(long utcTicks)
        {
            UtcTicks = utcTicks;
            return true;
        }

        public void Sleep(int milliseconds)
        {
            _us += milliseconds * 1000L;
        }
    }
}
