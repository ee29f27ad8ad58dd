// SPDX-License-Identifier: MIT

namespace Lapel.Recorder
{
    /// <summary>Tells the governor, once a second, what pictures have cost, and while recording how the card has fared.</summary>
    public sealed class GovernorFeed
    {
        private const long PeriodUs = 1000000;

        // Each second what was before counts three quarters: a window of about four seconds, longer than a card's stall.
        private const int KeepNumerator = 3;
        private const int KeepDenominator = 4;

        private readonly Governor _governor;
        private readonly CapturePump _pump;
        private readonly FrameRing _ring;
        private readonly GovernorSample _sample = new GovernorSample();
        private long _nextUs;
        private long _lastUs;
        private long _lastWriteUs;
        private long _lastBytes;
        private int _lastFrames;
        private long _lastFrameBytes;
        private long _windowWriteUs;
        private long _windowBytes;
        private long _lastExposeUs;
        private long _lastReadUs;

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
            _windowWriteUs = 0;
            _windowBytes = 0;
            MeasureFrames();
        }

        /// <summary>Feeds the governor when a second has passed. Whether quality or interval changed.</summary>
        public bool Step(long nowUs, RecordingSession session)
        {
            if (nowUs < _nextUs)
            {
                return false;
            }

            long writeUs = session.CardStatistics.WriteUs;
            long bytes = session.CardStatistics.WrittenBytes;
            _sample.WriteUs = (int)(writeUs - _lastWriteUs);
            _sample.WrittenBytes = (int)(bytes - _lastBytes);
            _windowWriteUs = Slide(_windowWriteUs, writeUs - _lastWriteUs);
            _windowBytes = Slide(_windowBytes, bytes - _lastBytes);
            _lastWriteUs = writeUs;
            _lastBytes = bytes;
            _sample.CardBytesPerSecond = _windowWriteUs < 1000 ? 0 : (int)(_windowBytes * 1000 / (_windowWriteUs / 1000));
            _sample.IsBuffering = false;
            MeasureFrames();
            _sample.BacklogBytes = session.LiveBacklog * _sample.FrameBytes;
            return Tell(nowUs);
        }

        /// <summary>Feeds the governor between recordings, when a second has passed. Whether quality or interval changed.</summary>
        public bool StepBuffering(long nowUs)
        {
            if (nowUs < _nextUs)
            {
                return false;
            }

            // The card is as fast as it was.
            _sample.IsBuffering = true;
            _sample.WriteUs = 0;
            _sample.WrittenBytes = 0;
            _sample.BacklogBytes = 0;
            MeasureFrames();
            return Tell(nowUs);
        }

        private bool Tell(long nowUs)
        {
            _nextUs = nowUs + PeriodUs;
            _sample.ElapsedUs = (int)(nowUs - _lastUs);
            _lastUs = nowUs;
            _sample.FreePages = _ring.FreePages;
            _sample.LateMs = _pump.LateMs;
            return _governor.Update(nowUs / 1000, _sample);
        }

        private static long Slide(long window, long fresh)
        {
            return window * KeepNumerator / KeepDenominator + fresh;
        }

        private void MeasureFrames()
        {
            int frames = _pump.Captured - _lastFrames;
            _sample.Frames = frames;
            if (frames > 0)
            {
                int readUs = (int)((_pump.ReadUs - _lastReadUs) / frames);
                _sample.FrameBytes = (int)((_pump.Bytes - _lastFrameBytes) / frames);
                _sample.SensorUs = (int)((_pump.ExposeUs - _lastExposeUs) / frames) + readUs;
            }

            _lastFrames = _pump.Captured;
            _lastFrameBytes = _pump.Bytes;
            _lastExposeUs = _pump.ExposeUs;
            _lastReadUs = _pump.ReadUs;
        }
    }
}
