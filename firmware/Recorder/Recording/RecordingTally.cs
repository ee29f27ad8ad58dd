// SPDX-License-Identifier: MIT

using Lapel.Evidence;
using Lapel.Hal;

namespace Lapel.Recorder
{
    /// <summary>Keeps a recording's facts and statistics true while it runs: what the pump has counted since the recording began.</summary>
    public sealed class RecordingTally
    {
        private readonly CapturePump _pump;
        private readonly Governor _governor;
        private RecordingFacts _facts;
        private int _captured;
        private int _noMemory;
        private int _corrupt;
        private int _missed;
        private long _exposeUs;
        private long _readUs;
        private long _bytes;
        private int _preEventGapMs;
        private bool _finished;
        private bool _isPressed;
        private IFrames _frames;
        private long _pressMs;
        private int _intervalMs;
        private bool _hasFirst;
        private int _missedFirst;

        /// <summary>Tally of what this pump takes.</summary>
        public RecordingTally(CapturePump pump, Governor governor)
        {
            _pump = pump;
            _governor = governor;
        }

        /// <summary>
        /// Whether a press is being decoded, or the start that it asked for waits for the camera to be up: what the recording will state is
        /// counted from the first moment of it. Asked at every turn between recordings.
        /// </summary>
        public bool IsPressed
        {
            set
            {
                if (!value)
                {
                    _isPressed = false;
                    return;
                }

                // What is counted of a recording under way stays.
                bool isFree = _facts == null || _finished;
                if (!_isPressed && isFree)
                {
                    Count();
                }

                _isPressed = isFree;
            }
        }

        /// <summary>
        /// A recording begins: all is counted from its press; the longest gap of the pre-event footage counts, too.
        /// </summary>
        /// <param name="facts">The recording.</param>
        /// <param name="pressMs">Monotonic time of the press.</param>
        /// <param name="frames">The frames in memory.</param>
        /// <param name="first">Serial of the first of them.</param>
        /// <param name="end">Serial after the last.</param>
        public void Begin(RecordingFacts facts, long pressMs, IFrames frames, int first, int end)
        {
            _facts = facts;
            _frames = frames;
            _pressMs = pressMs;
            _intervalMs = _pump.IntervalMs;
            _hasFirst = false;
            _missedFirst = 0;
            _finished = false;
            _facts.Statistics = new RecordingStatistics();
            if (!_isPressed)
            {
                Count();
            }

            _isPressed = false;
            // A picture that is in memory was taken, also when there is no slot for what was before the press.
            if (first < end)
            {
                CountFirst(first);
            }

            _pump.RestartLongestGap();
            _governor.Restart();
            _preEventGapMs = 0;
            if (first < end)
            {
                _preEventGapMs = LongestGap(frames, first, end);
            }
        }

        private static int LongestGap(IFrames frames, int first, int end)
        {
            int longest = 0;
            long beforeMs = frames.TimeMs(first);
            for (int serial = first + 1; serial < end; serial++)
            {
                long timeMs = frames.TimeMs(serial);
                int gap = (int)(timeMs - beforeMs);
                beforeMs = timeMs;
                if (gap > longest)
                {
                    longest = gap;
                }
            }

            return longest;
        }

        // The sensor gives its first picture 1 to 2 s after power-on: whoever pressed before that misses what lies between.
        private void CountFirst(int serial)
        {
            _hasFirst = true;
            long lateMs = _frames.TimeMs(serial) - _pressMs;
            if (lateMs > _intervalMs)
            {
                _missedFirst = (int)(lateMs / _intervalMs);
            }
        }

        private void Count()
        {
            _captured = _pump.Captured;
            _noMemory = _pump.DroppedNoMemory;
            _corrupt = _pump.DroppedCorrupt;
            _missed = _pump.Missed;
            _exposeUs = _pump.ExposeUs;
            _readUs = _pump.ReadUs;
            _bytes = _pump.Bytes;
        }

        /// <summary>Brings the counters up to date; a handful of assignments.</summary>
        /// <param name="frames">Frames of the recording so far.</param>
        public void Update(int frames)
        {
            if (!_hasFirst && frames > 0)
            {
                CountFirst(_facts.FirstSerial);
            }

            _facts.Captured = frames;
            _facts.DroppedNoMemory = _pump.DroppedNoMemory - _noMemory;
            _facts.DroppedCorrupt = _pump.DroppedCorrupt - _corrupt;
            _facts.Missed = _pump.Missed - _missed + _missedFirst;
            _facts.LongestGapMs = _pump.LongestGapMs > _preEventGapMs ? _pump.LongestGapMs : _preEventGapMs;
        }

        /// <summary>
        /// Fills in the statistics, once, when the recording has stopped: what the pump takes from then on is not its own.
        /// </summary>
        /// <param name="frames">Frames of the recording.</param>
        /// <param name="endMs">Monotonic time of its end.</param>
        public void Finish(int frames, long endMs)
        {
            if (_finished)
            {
                return;
            }

            _finished = true;
            Update(frames);
            long durationMs = endMs - _facts.ZeroMs;
            RecordingStatistics s = _facts.Statistics;
            int taken = _pump.Captured - _captured;
            if (durationMs > 0)
            {
                s.FramesPerSecondX100 = (int)(frames * 100000L / durationMs);
            }

            if (taken > 0)
            {
                s.MeanFrameBytes = (int)((_pump.Bytes - _bytes) / taken);
                s.ExposeUs = (int)((_pump.ExposeUs - _exposeUs) / taken);
                s.ReadUs = (int)((_pump.ReadUs - _readUs) / taken);
            }

            s.GovernorChanges = _governor.Changes;
            s.LowestRateX100 = 100000 / _governor.SlowestIntervalMs;
            // The pump itself goes lower when pictures are too large for the ring.
            s.LowestQuality = _pump.LowestQuality > _governor.LowestQuality ? _pump.LowestQuality : _governor.LowestQuality;
            s.GovernorReason = _governor.LowestReason;
        }
    }
}
