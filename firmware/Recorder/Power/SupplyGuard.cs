// SPDX-License-Identifier: MIT

namespace Lapel.Recorder
{
    /// <summary>
    /// Says when the battery is empty: early enough that a recording can still be closed, and not for a dip under load. Thresholds are
    /// derived in hal/BOARDS.md, Power. Once empty it stays so until the next boot: without its load a cell's voltage recovers.
    /// </summary>
    public sealed class SupplyGuard
    {
        /// <summary>Empty: the mean voltage has been below this for <see cref="EmptyMs"/>, millivolts.</summary>
        public const int EmptyMv = 3200;

        /// <summary>How long, milliseconds: longer than anything that the camera itself loads the cell with.</summary>
        public const int EmptyMs = 10000;

        /// <summary>
        /// Collapsed: each reading has been below this for <see cref="CollapsedMs"/>, millivolts. A cell that is worn or very cold falls
        /// faster than the mean follows.
        /// </summary>
        public const int CollapsedMv = 2900;

        /// <summary>How long, milliseconds: the vibration motor runs for 0.8 s at most.</summary>
        public const int CollapsedMs = 1500;

        /// <summary>
        /// Below this a recording that the power ended is not gone on with by itself, millivolts: it would end again, and again.
        /// </summary>
        public const int GoOnMv = 3450;

        // The mean is back when it is so much above the threshold.
        private const int HysteresisMv = 50;

        private const long Never = long.MinValue;

        private long _belowMs = Never;
        private long _collapsedMs = Never;

        /// <summary>Whether the battery is empty.</summary>
        public bool IsEmpty { get; private set; }

        /// <summary>Takes a reading.</summary>
        /// <param name="millivolts">Terminal voltage now. Below <see cref="BatteryGauge.PresentMv"/> there is no battery.</param>
        /// <param name="meanMillivolts">The gauge's filtered voltage.</param>
        /// <param name="nowMs">Monotonic milliseconds.</param>
        public void Update(int millivolts, int meanMillivolts, long nowMs)
        {
            if (millivolts < BatteryGauge.PresentMv)
            {
                Forget();
                return;
            }

            if (meanMillivolts >= EmptyMv + HysteresisMv)
            {
                _belowMs = Never;
            }
            else if (meanMillivolts < EmptyMv && _belowMs == Never)
            {
                _belowMs = nowMs;
            }

            if (millivolts >= CollapsedMv)
            {
                _collapsedMs = Never;
            }
            else if (_collapsedMs == Never)
            {
                _collapsedMs = nowMs;
            }

            IsEmpty |= Lasted(_belowMs, EmptyMs, nowMs) || Lasted(_collapsedMs, CollapsedMs, nowMs);
        }

        /// <summary>The battery cannot be read: what was measured before counts for nothing.</summary>
        public void Forget()
        {
            _belowMs = Never;
            _collapsedMs = Never;
        }

        private static bool Lasted(long sinceMs, int ms, long nowMs)
        {
            return sinceMs != Never && nowMs - sinceMs >= ms;
        }
    }
}
