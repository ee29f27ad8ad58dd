// SPDX-License-Identifier: MIT

using System;
using Lapel.Evidence;
using Lapel.Hal;

namespace Lapel.Recorder
{
    /// <summary>
    /// Holds quality and frame rate inside what the card sustains. Goes down at once, as far as the measured card speed says, before a
    /// frame is dropped; goes up one rung at a time, after ten seconds of headroom. First the quality gives way, then the rate: a
    /// coarser picture shows more than a missing one.
    /// </summary>
    public sealed class Governor
    {
        /// <summary>Headroom has to last this long before a rung is regained, milliseconds.</summary>
        public const int RecoverMs = 10000;

        /// <summary>
        /// Frames may wait for this long, milliseconds: half a second is being gathered, half a second is being written, a card stalls for
        /// 0.5 s, and as much again.
        /// </summary>
        public const int BacklogLimitMs = 2000;

        /// <summary>
        /// Captures may come this late, milliseconds: a card stalls for 0.5 s, and the wait for a write under way; at 2 s the pump
        /// gives slots up.
        /// </summary>
        public const int LateLimitMs = 800;

        private const int LongestRecoverMs = 80000;
        private const int RelapseMs = 15000;

        // A change shows in the averages after about this long.
        private const int SettleMs = 1000;

        // With less memory than for this long a growing backlog is met at once, whatever its size.
        private const int MemoryLimitMs = 1000;
        private const int MemoryComfortMs = 1500;

        // Frames that wait no longer than this are the ordinary gathering and writing of fragments.
        private const int OrdinaryBacklogMs = 1200;

        // Captures as late as this, or memory as short, allow no waiting for the averages: half the time must do.
        private const int UrgentLateMs = 1200;

        // Captures that come no later than this are the ordinary waiting for a card write.
        private const int OrdinaryLateMs = 300;

        // Share of the loop's time that a rung may be predicted to need, in thousandths: going down to it, going up to it, and going
        // up to it while the card is never idle because it still writes pre-event footage.
        private const int LoadDown = 850;
        private const int LoadUp = 850;
        private const int LoadUpWhileBusy = 700;

        // Going down to a quality whose frames have not been seen yet: their size is a guess, and the rate need not give way to a guess.
        // What a tenth too much piles up in the second until it is measured is a tenth of a second.
        private const int LoadDownUnseen = 1100;
        private const int AlwaysBusy = 950;

        // Time of a frame beside the card: bus 1 us a byte (8 MHz), and 8 ms for interpreter, seal and hash.
        private const int FrameUs = 8000;

        private const int Rungs = 9;
        private const int Qualities = 3;
        private static readonly int[] Intervals = { 125, 167, 200, 250, 333, 500 };

        private readonly int[] _interval = new int[Rungs];
        private readonly byte[] _quality = new byte[Rungs];
        private readonly int[] _bytesAt = new int[Qualities];
        private int _rungs;
        private int _rung;
        private int _backlog;
        private int _late;
        private long _changedMs;
        private long _roomSinceMs;
        private bool _hasRoom;
        private long _raisedMs;
        private bool _raised;
        private int _recoverMs = RecoverMs;

        /// <summary>A governor on its first rung.</summary>
        /// <param name="quality">Configured quality.</param>
        /// <param name="intervalMs">Configured frame interval, milliseconds.</param>
        public Governor(FrameQuality quality, int intervalMs)
        {
            Configure(quality, intervalMs);
        }

        /// <summary>Quality to take frames with.</summary>
        public FrameQuality Quality
        {
            get { return (FrameQuality)_quality[_rung]; }
        }

        /// <summary>Interval to take frames at, milliseconds.</summary>
        public int IntervalMs
        {
            get { return _interval[_rung]; }
        }

        /// <summary>Whether quality or rate is below what is configured.</summary>
        public bool IsDegraded
        {
            get { return _rung != 0; }
        }

        /// <summary>Changes since <see cref="Restart"/>.</summary>
        public int Changes { get; private set; }

        /// <summary>Longest interval since Restart, milliseconds: the lowest rate.</summary>
        public int SlowestIntervalMs { get; private set; }

        /// <summary>Lowest quality since Restart.</summary>
        public FrameQuality LowestQuality { get; private set; }

        /// <summary>Why the lowest rung since Restart was taken; None when nothing was lowered since.</summary>
        public GovernorReason LowestReason { get; private set; }

        /// <summary>Sets what is wanted, and begins with it.</summary>
        /// <param name="quality">Configured quality.</param>
        /// <param name="intervalMs">Configured frame interval, milliseconds, 1 or more.</param>
        public void Configure(FrameQuality quality, int intervalMs)
        {
            if (intervalMs < 1)
            {
                throw new ArgumentOutOfRangeException("intervalMs");
            }

            _rungs = 0;
            for (int q = (int)quality; q <= (int)FrameQuality.Low; q++)
            {
                AddRung(q, intervalMs);
            }

            for (int i = 0; i < Intervals.Length; i++)
            {
                if (Intervals[i] > intervalMs)
                {
                    AddRung((int)FrameQuality.Low, Intervals[i]);
                }
            }

            _rung = 0;
            _hasRoom = false;
            Restart();
        }

        /// <summary>A recording begins: counts anew, from where the governor stands (the card is the same card).</summary>
        public void Restart()
        {
            Changes = 0;
            SlowestIntervalMs = IntervalMs;
            LowestQuality = Quality;
            LowestReason = GovernorReason.None;
        }

        /// <summary>Takes the measurements of the latest half second to second, and decides.</summary>
        /// <param name="nowMs">Monotonic time, milliseconds.</param>
        /// <param name="backlogBytes">Bytes of live frames that are not on the card; pre-event frames do not count.</param>
        /// <param name="freePages">Free pages of the ring.</param>
        /// <param name="cardBytesPerSecond">Bytes written over the time inside writes, stalls included, over the latest seconds; 0 when not
        /// known.</param>
        /// <param name="busyPermille">Share of the time that was spent inside writes, in thousandths.</param>
        /// <param name="frameBytes">Average of the latest frames' bytes.</param>
        /// <param name="lateMs">How late the latest capture came, milliseconds: <see cref="CapturePump.LateMs"/>.</param>
        /// <returns>Whether <see cref="Quality"/> or <see cref="IntervalMs"/> changed.</returns>
        public bool Update(
            long nowMs,
            int backlogBytes,
            int freePages,
            int cardBytesPerSecond,
            int busyPermille,
            int frameBytes,
            int lateMs
        )
        {
            if (frameBytes < 1)
            {
                return false;
            }

            bool growing = backlogBytes > _backlog;
            _backlog = backlogBytes;
            bool later = lateMs > _late;
            _late = lateMs;
            bool settled = nowMs - _changedMs >= SettleMs;
            if (settled)
            {
                _bytesAt[_quality[_rung]] = frameBytes;
            }

            int interval = _interval[_rung];
            long backlogMs = (long)backlogBytes * interval / frameBytes;
            long memoryMs = (long)freePages * FramePages.PageBytes * interval / frameBytes;

            bool urgent = nowMs - _changedMs >= SettleMs / 2;
            bool memory = urgent && growing && memoryMs < MemoryLimitMs;
            bool backlog = growing && settled && backlogMs > BacklogLimitMs;
            bool late = later && (settled ? lateMs > LateLimitMs : urgent && lateMs > UrgentLateMs);
            if ((memory || backlog || late) && _rung < _rungs - 1)
            {
                _hasRoom = false;
                Lower(
                    nowMs,
                    cardBytesPerSecond,
                    frameBytes,
                    memory ? GovernorReason.Memory
                        : backlog ? GovernorReason.Backlog
                        : GovernorReason.Late
                );
                return true;
            }

            if (
                _rung == 0
                || backlogMs > OrdinaryBacklogMs
                || memoryMs < MemoryComfortMs
                || lateMs > OrdinaryLateMs
                || !Fits(_rung - 1, cardBytesPerSecond, frameBytes, busyPermille < AlwaysBusy ? LoadUp : LoadUpWhileBusy)
            )
            {
                _hasRoom = false;
                return false;
            }

            if (!_hasRoom)
            {
                _hasRoom = true;
                _roomSinceMs = nowMs;
            }

            if (nowMs - _roomSinceMs < _recoverMs)
            {
                return false;
            }

            _hasRoom = false;
            _raised = true;
            _raisedMs = nowMs;
            Move(_rung - 1, nowMs);
            return true;
        }

        private void AddRung(int quality, int interval)
        {
            _quality[_rungs] = (byte)quality;
            _interval[_rungs] = interval;
            _rungs++;
        }

        private void Lower(long nowMs, int cardBytesPerSecond, int frameBytes, GovernorReason reason)
        {
            // A rung that was regained and lost again soon is tried less often.
            bool relapse = _raised && nowMs - _raisedMs < RelapseMs;
            _raised = false;
            _recoverMs =
                !relapse ? RecoverMs
                : _recoverMs * 2 > LongestRecoverMs ? LongestRecoverMs
                : _recoverMs * 2;

            int rung = _rung + 1;
            while (
                rung < _rungs - 1
                && cardBytesPerSecond > 0
                && !Fits(rung, cardBytesPerSecond, frameBytes, IsGuess(rung) ? LoadDownUnseen : LoadDown)
            )
            {
                rung++;
            }

            Move(rung, nowMs);
            if (_interval[rung] > SlowestIntervalMs || Quality > LowestQuality)
            {
                LowestReason = reason;
            }

            if (_interval[rung] > SlowestIntervalMs)
            {
                SlowestIntervalMs = _interval[rung];
            }

            if (Quality > LowestQuality)
            {
                LowestQuality = Quality;
            }
        }

        private void Move(int rung, long nowMs)
        {
            _rung = rung;
            _changedMs = nowMs;
            Changes++;
        }

        // Whether the loop has the time for a rung: card, bus and interpreter, frame by frame.
        private bool Fits(int rung, int cardBytesPerSecond, int frameBytes, int load)
        {
            if (cardBytesPerSecond <= 0)
            {
                return true;
            }

            long bytes = BytesAt(_quality[rung], frameBytes);
            long us = bytes * 1000000 / cardBytesPerSecond + bytes + FrameUs;
            return us <= (long)_interval[rung] * load;
        }

        // Whether a rung keeps the configured rate with a quality whose frames have not been seen.
        private bool IsGuess(int rung)
        {
            return _interval[rung] == _interval[0] && _quality[rung] != _quality[_rung] && _bytesAt[_quality[rung]] == 0;
        }

        // Bytes of a frame at another quality: as it was when last seen, else a quarter less a step down, a third more a step up.
        private int BytesAt(int quality, int frameBytes)
        {
            int here = _quality[_rung];
            if (quality == here)
            {
                return frameBytes;
            }

            if (_bytesAt[quality] != 0)
            {
                return _bytesAt[quality];
            }

            int bytes = frameBytes;
            for (int q = here; q < quality; q++)
            {
                bytes = bytes * 3 / 4;
            }

            for (int q = here; q > quality; q--)
            {
                bytes = bytes * 4 / 3;
            }

            return bytes;
        }
    }
}
