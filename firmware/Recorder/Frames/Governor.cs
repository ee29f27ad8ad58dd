// SPDX-License-Identifier: MIT

using System;
using Lapel.Evidence;
using Lapel.Hal;

namespace Lapel.Recorder
{
    /// <summary>
    /// Holds frame rate and quality inside what module, bus and card sustain. It measures what a picture costs and sets the time between
    /// two pictures from it. The rate asked for comes first: quality gives way before the rate does, because a coarser picture shows more
    /// than a missing one. Going up, the rate comes back before the quality. It goes down before a frame is lost.
    /// </summary>
    public sealed class Governor
    {
        /// <summary>Headroom has to last this long before rate or quality goes up, milliseconds.</summary>
        public const int RecoverMs = 5000;

        /// <summary>After going up it stays for this long, milliseconds.</summary>
        public const int RestMs = 35000;

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

        /// <summary>Longest interval that it sets unless a longer one is asked for, milliseconds.</summary>
        public const int LongestMs = 500;

        /// <summary>What was found to be too much is not tried again for this long, milliseconds.</summary>
        public const int HoldMs = 12000;

        /// <summary>What was tried again and failed waits this long, milliseconds; twice as long each time.</summary>
        public const int FailedHoldMs = 60000;

        // What was set in haste, to catch up, is more than was needed.
        private const int HarshHoldMs = 5000;

        // So long a card that is behind is given to come to its own.
        private const int DrainMs = 3 * RecoverMs;

        private const int LongestHoldMs = 480000;

        // What goes up and comes down again within this time has failed.
        private const int RelapseMs = 60000;

        // A change shows in the averages after about this long.
        private const int SettleMs = 1000;

        // With less memory than for this long a growing backlog is met at once, whatever its size.
        private const int MemoryLimitMs = 1000;
        private const int MemoryComfortMs = 1500;

        // Frames that wait no longer than this are the ordinary gathering and writing of fragments.
        private const int OrdinaryBacklogMs = 1200;

        // Captures as late as this allow no waiting for the averages: half the time must do.
        private const int UrgentLateMs = 1200;

        // Captures as late as this are about to lose their places.
        private const int GiveUpMs = 1600;

        // Captures as late as this will have lost their places before anything helps.
        private const int LostMs = (int)(CapturePump.CatchUpUs / 1000) - 100;

        // Stalls do not make a second of captures later by as much as this.
        private const int CollapseMs = 650;

        // Captures that come no later than this are the ordinary waiting for a card write.
        private const int OrdinaryLateMs = 300;

        // The lateness that was there when something was changed takes a while to be caught up: only what grows on top of it counts.
        private const int LateGrowthMs = 200;

        // Captures later than this, twice in a row, show a loop that never waits for its grid: what it takes is all that it can.
        private const int SaturatedLateMs = 120;

        // Between recordings much may keep the loop for a while; only what goes on for longer than this says that the module is too slow.
        private const int SurelyFullUs = 3500000;

        // A second with less time inside writes says little of the card's speed, microseconds.
        private const int LeastWriteUs = 200000;

        // A module takes no longer than this for a picture: what comes later between recordings has other reasons.
        private const int ModuleMs = 125;

        // What a picture takes of the loop beside bus and card, microseconds: interpreter, hash, seal.
        private const int FrameUs = 6000;

        // From the last byte of a picture to the next command, and the polls that find it ready.
        private const int TurnUs = 3000;

        // Bus time of a byte, microseconds: 8 MHz.
        private const int BusUsPerByte = 1;

        // The interval is set longer than the least that was measured: per mille.
        private const int Margin = 1035;

        // And longer still where it was not measured, but is estimated from a loop that has time to spare.
        private const int RaiseMargin = 1065;

        // What was too much for now is lowered by this: per mille of the interval.
        private const int Forced = 1060;

        // Where pictures are about to be lost it goes down further than what was measured, to catch up: per mille of the interval.
        private const int Harsh = 1100;

        // Where the rate asked for cannot be had, a finer quality may cost this share of it: per mille of the interval.
        private const int FinerCosts = 1030;

        // Rate alone goes up when the interval comes down to this or less: per mille.
        private const int WorthChanging = 950;

        // A card as much faster as this is another card: per mille.
        private const int Faster = 1150;

        private const int Qualities = 3;

        private readonly int[] _bytesAt = new int[Qualities];

        // The least interval of a quality as it was found when it was too much, the card's speed then, and when.
        private readonly int[] _leastUs = new int[Qualities];
        private readonly int[] _leastSpeed = new int[Qualities];
        private readonly long[] _leastMs = new long[Qualities];

        private readonly int[] _intervalUs = new int[Qualities];
        private int _askedUs;
        private int _askedQuality;
        private int _nowUs;
        private int _quality;
        private int _backlog;
        private int _late;
        private int _leastLate;
        private long _changedMs;
        private long _roomSinceMs;
        private bool _hasRoom;
        private long _raisedMs;
        private bool _raised;
        private int _holdMs = HoldMs;

        // What the module takes for an exposure while no card is written: two frames of a sensor at 30 a second until it is measured.
        private int _exposeUs = 67000;

        // What was taken while the loop never waited.
        private int _fullUs;
        private int _fullFrames;
        private int _fullWriteUs;
        private int _fullBytes;

        /// <summary>A governor at what is configured.</summary>
        /// <param name="quality">Configured quality.</param>
        /// <param name="intervalMs">Configured frame interval, milliseconds.</param>
        public Governor(FrameQuality quality, int intervalMs)
        {
            Configure(quality, intervalMs);
        }

        /// <summary>Quality to take frames with.</summary>
        public FrameQuality Quality
        {
            get { return (FrameQuality)_quality; }
        }

        /// <summary>Interval to take frames at, milliseconds.</summary>
        public int IntervalMs
        {
            get { return (_nowUs + 999) / 1000; }
        }

        /// <summary>Whether quality or rate is below what is configured.</summary>
        public bool IsDegraded
        {
            get { return _quality != _askedQuality || _nowUs != _askedUs; }
        }

        /// <summary>Changes since <see cref="Restart"/>.</summary>
        public int Changes { get; private set; }

        /// <summary>Longest interval since Restart, milliseconds: the lowest rate.</summary>
        public int SlowestIntervalMs { get; private set; }

        /// <summary>Lowest quality since Restart.</summary>
        public FrameQuality LowestQuality { get; private set; }

        /// <summary>Why the lowest rate or quality since Restart was set; None when nothing was lowered since.</summary>
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

            _askedQuality = (int)quality;
            _askedUs = intervalMs * 1000;
            _quality = _askedQuality;
            _nowUs = _askedUs;
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
            _late = 0;
            _leastLate = 0;
            _backlog = 0;
            ForgetFull();
        }

        /// <summary>Takes the measurements of the latest second, and decides.</summary>
        /// <param name="nowMs">Monotonic time, milliseconds.</param>
        /// <param name="sample">What was measured.</param>
        /// <returns>Whether <see cref="Quality"/> or <see cref="IntervalMs"/> changed.</returns>
        public bool Update(long nowMs, GovernorSample sample)
        {
            if (sample.FrameBytes < 1)
            {
                return false;
            }

            int lateMs = sample.LateMs;
            bool growing = sample.BacklogBytes > _backlog;
            _backlog = sample.BacklogBytes;
            MeasureFull(sample);
            int grown = lateMs - _late;
            _late = lateMs;
            if (lateMs < _leastLate)
            {
                _leastLate = lateMs;
            }

            if (sample.IsBuffering && sample.SensorUs > 0)
            {
                _exposeUs = sample.SensorUs - sample.FrameBytes * BusUsPerByte;
            }

            bool settled = nowMs - _changedMs >= SettleMs;
            if (settled)
            {
                _bytesAt[_quality] = sample.FrameBytes;
            }

            long frameMs = (long)_nowUs / 1000;
            long backlogMs = sample.BacklogBytes * frameMs / sample.FrameBytes;
            long memoryMs = sample.IsBuffering
                ? MemoryComfortMs
                : (long)sample.FreePages * FramePages.PageBytes * frameMs / sample.FrameBytes;

            bool urgent = nowMs - _changedMs >= SettleMs / 2;
            bool memory = urgent && growing && memoryMs < MemoryLimitMs;
            bool backlog = growing && settled && backlogMs > BacklogLimitMs;
            bool isLosing = lateMs + 2 * grown > LostMs && (long)grown * 1000000 > (long)CollapseMs * sample.ElapsedUs;
            bool late =
                grown > 0
                && lateMs > _leastLate + LateGrowthMs
                && (settled ? lateMs > LateLimitMs : urgent && lateMs > UrgentLateMs);
            late |= isLosing && urgent;
            if (sample.IsBuffering && _fullUs < SurelyFullUs)
            {
                late = false;
            }

            if ((memory || backlog || late) && CanLower)
            {
                _hasRoom = false;
                int patience = UrgentLateMs + _leastLate;
                bool isPatient = !memory && lateMs + grown < (patience < GiveUpMs ? patience : GiveUpMs) && !isLosing;
                Estimate(sample, FullUs(sample, isPatient, isLosing), _quality, Speed(sample, isPatient));
                bool isDraining = nowMs - _changedMs < DrainMs;
                if (isPatient && isDraining && backlogMs < 2 * BacklogLimitMs && _intervalUs[_quality] <= _nowUs)
                {
                    // The card still writes what came before the latest change: it will be better by itself.
                    return false;
                }

                Lower(
                    nowMs,
                    sample,
                    isPatient ? HoldMs : HarshHoldMs,
                    memory ? GovernorReason.Memory
                        : backlog ? GovernorReason.Backlog
                        : GovernorReason.Late
                );
                return true;
            }

            if (!IsDegraded || backlogMs > OrdinaryBacklogMs || memoryMs < MemoryComfortMs || lateMs > OrdinaryLateMs)
            {
                _hasRoom = false;
                return false;
            }

            if (!_hasRoom)
            {
                _hasRoom = true;
                _roomSinceMs = nowMs;
            }

            bool isRested = !_raised || nowMs - _raisedMs >= RestMs;
            return isRested && nowMs - _roomSinceMs >= RecoverMs && Raise(nowMs, sample);
        }

        private bool CanLower
        {
            get { return _quality < Qualities - 1 || _nowUs < LongestUs; }
        }

        private int LongestUs
        {
            get { return _askedUs > LongestMs * 1000 ? _askedUs : LongestMs * 1000; }
        }

        private int LongestBufferingUs
        {
            get { return _askedUs > ModuleMs * 1000 ? _askedUs : ModuleMs * 1000; }
        }

        private void MeasureFull(GovernorSample sample)
        {
            if (sample.LateMs < SaturatedLateMs || _late < SaturatedLateMs)
            {
                ForgetFull();
                return;
            }

            // Some eight seconds: longer than from one stall of the card to the next.
            _fullUs = _fullUs - _fullUs / 8 + sample.ElapsedUs;
            _fullFrames = _fullFrames - _fullFrames / 8 + sample.Frames * 16;
            _fullWriteUs = _fullWriteUs - _fullWriteUs / 8 + sample.WriteUs;
            _fullBytes = _fullBytes - _fullBytes / 8 + sample.WrittenBytes;
        }

        // The loop's time for a picture while it never waited; while there is patience less what it wrote to the card beyond what it took
        // meanwhile: pictures from before, larger ones, the pre-event. 0 when it is not known.
        private int FullUs(GovernorSample sample, bool isPatient, bool isLosing)
        {
            int latestUs = isLosing && sample.Frames > 0 ? sample.ElapsedUs / sample.Frames : 0;
            bool isKnown = _fullFrames >= (_late > UrgentLateMs ? 16 : 4 * 16);
            int us = isKnown ? (int)((long)_fullUs * 16 / _fullFrames) : 0;
            if (!isPatient)
            {
                return (int)((long)(us > latestUs ? us : latestUs) * Harsh / 1000);
            }

            if (!isKnown)
            {
                return 0;
            }

            long ownBytes = (long)sample.FrameBytes * _fullFrames / 16;
            if (_fullBytes > ownBytes)
            {
                us -= (int)((long)_fullWriteUs * 16 / _fullFrames * (_fullBytes - ownBytes) / _fullBytes);
            }

            return us;
        }

        private void ForgetFull()
        {
            _fullUs = 0;
            _fullFrames = 0;
            _fullWriteUs = 0;
            _fullBytes = 0;
        }

        // The loop's time for a picture of so many bytes: card, bus, interpreter, one after the other.
        private static int LoopUs(int speed, int bytes)
        {
            return (int)((long)bytes * 1000000 / speed) + bytes * BusUsPerByte + FrameUs;
        }

        // The card's speed; without patience that of the latest second if it broke down: to less than stalls explain.
        private static int Speed(GovernorSample sample, bool isPatient)
        {
            int speed = sample.CardBytesPerSecond;
            if (isPatient)
            {
                return speed;
            }

            if (sample.WriteUs > LeastWriteUs)
            {
                int latest = (int)((long)sample.WrittenBytes * 1000000 / sample.WriteUs);
                speed = latest > 0 && latest < speed / 3 ? latest : speed;
            }

            return (int)((long)speed * 1000 / Harsh);
        }

        private void Lower(long nowMs, GovernorSample sample, int holdMs, GovernorReason reason)
        {
            // What was tried and failed is tried less often.
            bool isSoon = _raisedMs != 0 && nowMs - _raisedMs < RelapseMs;
            bool relapse = _raised && isSoon;
            _raised = false;
            _holdMs =
                !isSoon ? holdMs
                : !relapse ? _holdMs
                : _holdMs < FailedHoldMs ? FailedHoldMs
                : _holdMs * 2 > LongestHoldMs ? LongestHoldMs
                : _holdMs * 2;

            if (_intervalUs[_quality] <= _nowUs)
            {
                // It was too much for now, though what was measured says that it is not.
                Estimate(sample, (int)((long)_nowUs * Forced / 1000), _quality, sample.CardBytesPerSecond);
            }
            else
            {
                _leastUs[_quality] = _intervalUs[_quality];
                _leastSpeed[_quality] = sample.CardBytesPerSecond;
                _leastMs[_quality] = nowMs;
            }

            Move(Choose(_quality, nowMs, sample, Margin), nowMs);
            if (IntervalMs > SlowestIntervalMs || Quality > LowestQuality)
            {
                LowestReason = reason;
            }

            if (IntervalMs > SlowestIntervalMs)
            {
                SlowestIntervalMs = IntervalMs;
            }

            if (Quality > LowestQuality)
            {
                LowestQuality = Quality;
            }
        }

        private bool Raise(long nowMs, GovernorSample sample)
        {
            bool isCardPaced = IsCardPaced(sample);
            bool isOwn = sample.WrittenBytes < (long)sample.Frames * sample.FrameBytes * 13 / 10;
            if (isCardPaced && !isOwn && nowMs - _roomSinceMs < DrainMs)
            {
                // What is written beside these pictures may come to its end; if it does not, it is the pre-event, and takes its share.
                return false;
            }

            Estimate(sample, isCardPaced && isOwn ? 0 : sample.SensorUs + TurnUs, _askedQuality, sample.CardBytesPerSecond);
            int quality = Choose(_askedQuality, nowMs, sample, RaiseMargin);
            bool isFiner = quality < _quality;
            int us = _intervalUs[quality];
            bool isFaster = us <= (long)_nowUs * WorthChanging / 1000 || (us == _askedUs && _nowUs > _askedUs);
            if (!isFiner && (quality != _quality || !isFaster))
            {
                return false;
            }

            _hasRoom = false;
            _raised = true;
            _raisedMs = nowMs;
            Move(quality, nowMs);
            return true;
        }

        // Whether the card sets the pace: then its writes are what holds up the module.
        private bool IsCardPaced(GovernorSample sample)
        {
            int speed = sample.CardBytesPerSecond;
            int moduleUs = _exposeUs + sample.FrameBytes * BusUsPerByte + TurnUs;
            return speed > 0 && LoopUs(speed, sample.FrameBytes) > moduleUs + moduleUs / 4;
        }

        // Fills in the interval that each quality needs, from the least that the one in force does.
        private void Estimate(GovernorSample sample, int leastUs, int from, int speed)
        {
            int here = sample.FrameBytes;

            // Where the module sets the pace, most of the card's time is hidden behind exposures.
            bool isHidden = speed <= 0 || LoopUs(speed, here) < leastUs;
            for (int q = from; q < Qualities; q++)
            {
                int bytes = BytesAt(q, here);
                int us = leastUs;
                if (leastUs != 0)
                {
                    int more = bytes - here;
                    us += more * BusUsPerByte;
                    if (speed > 0)
                    {
                        us += (int)((long)more * (isHidden ? 250000 : 1000000) / speed);
                    }
                }

                if (speed > 0)
                {
                    int loop = LoopUs(speed, bytes);
                    us = us > loop ? us : loop;
                }

                _intervalUs[q] = us;
            }
        }

        // Makes of the least that a quality needs what is to be set for it.
        private void Bound(int q, long nowMs, GovernorSample sample, int margin)
        {
            int us = _intervalUs[q];
            bool holds =
                _leastUs[q] > us
                && nowMs - _leastMs[q] < _holdMs
                && sample.CardBytesPerSecond <= (long)_leastSpeed[q] * Faster / 1000;
            us = holds ? _leastUs[q] : us;
            us = us <= _askedUs ? _askedUs : (int)((long)us * (holds ? Margin : margin) / 1000);
            int longest = sample.IsBuffering ? LongestBufferingUs : LongestUs;
            _intervalUs[q] = us > longest ? longest : us;
        }

        // The finest quality that holds the rate asked for, or else nearly the best rate of all.
        private int Choose(int from, long nowMs, GovernorSample sample, int margin)
        {
            // What a coarser one is held back to is no reason for a finer one. A finer one never needs less than a coarser one.
            int best = int.MaxValue;
            for (int q = Qualities - 1; q >= from; q--)
            {
                best = _intervalUs[q] < best ? _intervalUs[q] : best;
                Bound(q, nowMs, sample, margin);
                if (q < Qualities - 1 && _intervalUs[q] < _intervalUs[q + 1])
                {
                    _intervalUs[q] = _intervalUs[q + 1];
                }
            }

            best = best <= _askedUs ? _askedUs : (int)((long)best * margin / 1000 * FinerCosts / 1000);
            int quality = from;
            while (quality < Qualities - 1 && _intervalUs[quality] > best)
            {
                quality++;
            }

            return quality;
        }

        private void Move(int quality, long nowMs)
        {
            _quality = quality;
            _nowUs = _intervalUs[quality];
            _changedMs = nowMs;
            _leastLate = _late;
            ForgetFull();
            Changes++;
        }

        // Bytes of a frame at another quality: as it was when last seen, else two fifths less a step down, two thirds more a step up.
        private int BytesAt(int quality, int frameBytes)
        {
            if (quality == _quality)
            {
                return frameBytes;
            }

            if (_bytesAt[quality] != 0)
            {
                return _bytesAt[quality];
            }

            int bytes = frameBytes;
            for (int q = _quality; q < quality; q++)
            {
                bytes = bytes * 3 / 5;
            }

            for (int q = _quality; q > quality; q--)
            {
                bytes = bytes * 5 / 3;
            }

            return bytes;
        }
    }
}
