// SPDX-License-Identifier: MIT

namespace Lapel.Custody
{
    /// <summary>
    /// Slows down whoever keeps failing to log in: after five refusals in a row nobody logs in for 30 s, and for twice as long after each
    /// further one, up to 15 minutes.
    /// </summary>
    /// <remarks>
    /// A signature cannot be guessed; what this bounds is how fast the log fills and how much of the processor a stranger gets. It is kept
    /// in memory: a restart clears it, and takes longer than a try.
    /// </remarks>
    public sealed class LockOut
    {
        /// <summary>Refusals in a row that are let pass.</summary>
        /// <remarks>A technician who picks the wrong key file twice is not locked out; a program that tries on is.</remarks>
        public const int Patience = 5;

        /// <summary>First wait, milliseconds.</summary>
        /// <remarks>Longer than a verification takes (0.6 s), so that a stranger costs the processor 2 % at most.</remarks>
        public const long FirstWaitMs = 30000;

        /// <summary>Longest wait, milliseconds.</summary>
        /// <remarks>Bounded, since whoever holds the cable could otherwise keep the rightful station out for a shift.</remarks>
        public const long LongestWaitMs = 900000;

        private int _refusals;
        private long _waitMs = FirstWaitMs;
        private long _untilMs = long.MinValue;

        /// <summary>Milliseconds to wait; 0 when nobody must.</summary>
        public long LeftMs(long nowMs)
        {
            return nowMs >= _untilMs ? 0 : _untilMs - nowMs;
        }

        /// <summary>A log-in was refused.</summary>
        public void Refused(long nowMs)
        {
            // Counted over all stations together: the fingerprint is the stranger's to choose.
            if (++_refusals < Patience)
            {
                return;
            }

            _untilMs = nowMs + _waitMs;
            _waitMs = _waitMs * 2 > LongestWaitMs ? LongestWaitMs : _waitMs * 2;
        }

        /// <summary>A log-in was granted.</summary>
        public void Granted()
        {
            _refusals = 0;
            _waitMs = FirstWaitMs;
            _untilMs = long.MinValue;
        }
    }
}
