// SPDX-License-Identifier: MIT

namespace Lapel.Recorder
{
    /// <summary>Tells the governor, once a second while recording, how the card has fared over the latest seconds.</summary>
    public sealed class GovernorFeed
    {
        private const long PeriodUs = 1000000;

        // Each second what was before counts three quarters: a window of about four seconds, longer than a card's stall.
        private const int KeepNumerator = 3;
        private const int KeepDenominator = 4;

        private readonly Governor _governor;
        private readonly CapturePump _pump;
        private readonly FrameRing _ring;
        private long _nextUs;
        private long _lastUs;
        private long _lastWriteUs;
        private long _lastBytes;
        private int _lastFrames;
        private long _lastFrameBytes;
        private long _windowUs;
        private long _windowWriteUs;
        private long _windowBytes;
        private int _frameBytes;

        /// <summary>Feed of this governor.</summary>
        public GovernorFeed(Governor governor, CapturePump pump, FrameRing ring)
        {
            _governor = governor;
            _pump = pump;
            _ring = ring;
        }

        /// <summary>When <see cref="Step"/> has something to do, monotonic microseconds.</summary>
        public long NextDueUs
        {
            get { return _nextUs; }
        }

        /// <summary>A recording begins; its card statistics begin at zero.</summary>
        public void Begin(long nowUs)
        {
            _lastUs = nowUs;
            _nextUs = nowUs + PeriodUs;
            _lastWriteUs = 0;
            _lastBytes = 0;
            _windowUs = 0;
            _windowWriteUs = 0;
            _windowBytes = 0;
        }

        /// <summary>Feeds the governor when a second has passed. Whether quality or interval changed.</summary>
        public bool Step(long nowUs, RecordingSession session)
        {
            if (nowUs < _nextUs)
            {
                return false;
            }

            _nextUs = nowUs + PeriodUs;
            long writeUs = session.CardStatistics.WriteUs;
            long bytes = session.CardStatistics.WrittenBytes;
            _windowUs = Slide(_windowUs, nowUs - _lastUs);
            _windowWriteUs = Slide(_windowWriteUs, writeUs - _lastWriteUs);
            _windowBytes = Slide(_windowBytes, bytes - _lastBytes);
            _lastUs = nowUs;
            _lastWriteUs = writeUs;
            _lastBytes = bytes;
            MeasureFrames();
            int speed = _windowWriteUs < 1000 ? 0 : (int)(_windowBytes * 1000 / (_windowWriteUs / 1000));
            int busy = (int)(_windowWriteUs * 1000 / _windowUs);
            return _governor.Update(
                nowUs / 1000,
                session.LiveBacklog * _frameBytes,
                _ring.FreePages,
                speed,
                busy,
                _frameBytes,
                _pump.LateMs
            );
        }

        private static long Slide(long window, long fresh)
        {
            return window * KeepNumerator / KeepDenominator + fresh;
        }

        private void MeasureFrames()
        {
            int frames = _pump.Captured - _lastFrames;
            if (frames > 0)
            {
                _frameBytes = (int)((_pump.Bytes - _lastFrameBytes) / frames);
            }

            _lastFrames = _pump.Captured;
            _lastFrameBytes = _pump.Bytes;
        }
    }
}
