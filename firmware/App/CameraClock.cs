using System;
using Lapel.Evidence;
using Lapel.Hal;

namespace Lapel.App
{
    /// <summary>UTC as the camera states it: the real-time clock, where it was set from, and how far off it may be.</summary>
    public sealed class CameraClock
    {
        // A real-time clock that says less was never set: 2024-01-01, before this firmware existed.
        private const long EarliestUtcMs = 1704067200000L;

        // The real-time clock takes whole seconds (IClock.SetUtc).
        private const int GranularityMs = 1000;

        private const long TicksPerMs = 10000;

        private readonly IClock _clock;
        private ClockSource _source = ClockSource.RealTimeClock;
        private int _uncertaintyMs = -1;

        /// <summary>UTC over a board's clock.</summary>
        public CameraClock(IClock clock)
        {
            _clock = clock;
        }

        /// <summary>Whether the real-time clock was ever set.</summary>
        public bool IsSet
        {
            get { return UtcMs >= EarliestUtcMs; }
        }

        /// <summary>Milliseconds since 1970; meaningless while the clock is not set.</summary>
        public long UtcMs
        {
            get { return (_clock.UtcTicks - DateTime.UnixEpoch.Ticks) / TicksPerMs; }
        }

        /// <summary>Where the time comes from.</summary>
        public ClockSource Source
        {
            get { return IsSet ? _source : ClockSource.Unset; }
        }

        /// <summary>How far off it may be, milliseconds; negative when unknown or unset.</summary>
        public int UncertaintyMs
        {
            get { return IsSet ? _uncertaintyMs : -1; }
        }

        /// <summary>Sets the clock, as a host does. A recording under way keeps the time it began with.</summary>
        /// <param name="utcMs">Milliseconds since 1970.</param>
        /// <param name="uncertaintyMs">How far off it may be.</param>
        /// <returns>False when the board refused.</returns>
        public bool Set(long utcMs, int uncertaintyMs)
        {
            if (!_clock.SetUtc(DateTime.UnixEpoch.Ticks + utcMs * TicksPerMs)) return false;
            _source = ClockSource.Host;
            _uncertaintyMs = uncertaintyMs + GranularityMs;
            return true;
        }
    }
}
