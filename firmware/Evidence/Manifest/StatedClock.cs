// SPDX-License-Identifier: MIT

using System;
using Lapel.Hal;

namespace Lapel.Evidence
{
    /// <summary>
    /// The clock as evidence states it: UTC with where it comes from and how far off it may be, beside the monotonic time that never steps.
    /// </summary>
    public sealed class StatedClock
    {
        // A real-time clock that says less was never set: 2024-01-01, before this firmware existed.
        private const long EarliestUtcMs = 1704067200000L;

        // From 2100 on the leap-year rule of the port's calendar is wrong, and soon after the catalogue's seconds end.
        private const long LatestUtcMs = 4102444800000L;

        // The real-time clock takes whole seconds (Rtc.SetSystemTime).
        private const int RoundingMs = 1000;

        private const long FailedPauseUs = 10000000;

        private readonly IClock _clock;
        private ClockSource _source = ClockSource.RealTimeClock;
        private int _uncertaintyMs = -1;

        // When it could not be read; -1: it can.
        private long _failedUs = -1;

        /// <summary>States a board's clock.</summary>
        /// <param name="clock">Monotonic time and the real-time clock.</param>
        public StatedClock(IClock clock)
        {
            _clock = clock;
        }

        /// <summary>Monotonic milliseconds since boot.</summary>
        public long NowMs
        {
            get { return _clock.Microseconds / 1000; }
        }

        /// <summary>Whether it was ever set.</summary>
        public bool IsSet
        {
            get { return Raw() >= EarliestUtcMs; }
        }

        /// <summary>UTC, milliseconds since 1970; 0 while unset.</summary>
        public long UtcMs
        {
            get
            {
                long utc = Raw();
                return utc >= EarliestUtcMs ? utc : 0;
            }
        }

        /// <summary>How far off it may be, milliseconds; -1 when that is not known.</summary>
        public int UncertaintyMs
        {
            get { return UncertaintyOf(UtcMs); }
        }

        /// <summary>Where it comes from.</summary>
        public ClockSource Source
        {
            get { return SourceOf(UtcMs); }
        }

        /// <summary>How far off a time may be that it has just said: the clock is not read again, and may fail in between.</summary>
        /// <param name="utcMs">What <see cref="UtcMs"/> said.</param>
        public int UncertaintyOf(long utcMs)
        {
            return utcMs == 0 ? -1 : _uncertaintyMs;
        }

        /// <summary>Where a time comes from that it has just said.</summary>
        /// <param name="utcMs">What <see cref="UtcMs"/> said.</param>
        public ClockSource SourceOf(long utcMs)
        {
            return utcMs == 0 ? ClockSource.Unset : _source;
        }

        /// <summary>Sets it, as a host does.</summary>
        /// <param name="utcMs">Milliseconds since 1970.</param>
        /// <param name="uncertaintyMs">How far off that may be.</param>
        /// <returns>False when it is before 2024 or after 2099, or the board refused.</returns>
        public bool Set(long utcMs, int uncertaintyMs)
        {
            if (utcMs < EarliestUtcMs || utcMs >= LatestUtcMs)
            {
                return false;
            }

            if (!_clock.SetUtc(DateTime.UnixEpoch.Ticks + utcMs * 10000))
            {
                return false;
            }

            _source = ClockSource.Host;
            _uncertaintyMs = uncertaintyMs + RoundingMs;
            return true;
        }

        // A clock that cannot be read, now and a moment later, says nothing for a while, as one that was never set.
        private long Raw()
        {
            if (_failedUs >= 0 && _clock.Microseconds - _failedUs < FailedPauseUs)
            {
                return 0;
            }

            try
            {
                return Read();
            }
            catch (Exception)
            {
                _clock.Sleep(0);
            }

            try
            {
                return Read();
            }
            catch (Exception)
            {
                _failedUs = _clock.Microseconds;
                _clock.Sleep(0);
                return 0;
            }
        }

        private long Read()
        {
            long ms = (_clock.UtcTicks - DateTime.UnixEpoch.Ticks) / 10000;
            _failedUs = -1;
            return ms;
        }
    }
}
