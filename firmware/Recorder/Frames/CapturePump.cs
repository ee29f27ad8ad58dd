// SPDX-License-Identifier: MIT

using System;
using Lapel.Hal;

namespace Lapel.Recorder
{
    /// <summary>
    /// Takes pictures on a fixed grid of times and reads them straight into the ring. One bus transfer a step at most, so that the
    /// loop breathes. A loop that comes late (a card stall) takes the picture at once and keeps the grid, so that the rate
    /// holds on average; the frame's time is when its capture was commanded, never the grid's.
    /// </summary>
    public sealed class CapturePump
    {
        /// <summary>
        /// Longest read of one step, bytes: a page of the ring, 32 ms of an 8 MHz bus; the driver keeps to the bus limits.
        /// </summary>
        public const int ReadBytes = 32768;

        /// <summary>The end marker is searched for in so many bytes before the end: modules pad the picture to a FIFO line.</summary>
        public const int EndSearchBytes = 512;

        /// <summary>A sensor fault is retried this often, microseconds: a module takes 1.5 s to begin.</summary>
        public const long RetryUs = 2000000;

        /// <summary>
        /// Further behind than this the slots are given up, microseconds: a burst of pictures of the wrong moment helps nobody.
        /// </summary>
        public const long CatchUpUs = 2000000;

        /// <summary>
        /// How often a module at work is asked whether it is done, microseconds: as often as the Zephyr driver of the Mega asks.
        /// </summary>
        public const long PollUs = 2000;

        /// <summary>
        /// A picture is not asked about sooner than this after its command, microseconds: the exposure begins with the sensor's next frame
        /// and takes one, at 30 frames a second or fewer. Saves some 15 polls a frame.
        /// </summary>
        public const long FirstPollUs = 30000;

        private readonly ICameraModule _camera;
        private readonly FrameRing _ring;
        private readonly FrameAssembler _frame;
        private readonly IClock _clock;

        private FrameSize _size;
        private FrameQuality _quality;
        private int _intervalUs;
        private FrameSize _wantedSize;
        private FrameQuality _wantedQuality;
        private int _wantedIntervalUs;
        private bool _changed;

        private bool _begun;
        private bool _idle;
        private bool _gridRunning;
        private bool _skipLag;
        private long _dueUs;
        private long _nextUs = long.MaxValue;

        private bool _awaiting;
        private long _commandedUs;
        private bool _reading;
        private int _total;
        private int _read;
        private long _lastMs = -1;

        private bool _fault;
        private long _retryUs;

        /// <summary>A pump that does nothing until it is configured.</summary>
        public CapturePump(ICameraModule camera, FrameRing ring, IClock clock)
        {
            _camera = camera;
            _ring = ring;
            _frame = ring.Frame;
            _clock = clock;
        }

        /// <summary>When <see cref="Step"/> has something to do, monotonic microseconds; long.MaxValue before Configure.</summary>
        public long NextDueUs
        {
            get { return _nextUs; }
        }

        /// <summary>
        /// When the next picture is to be commanded, monotonic microseconds: the one under way is read before, about 1 ms for each KB.
        /// long.MaxValue while none are taken.
        /// </summary>
        public long NextCaptureUs
        {
            get { return _gridRunning && !_fault ? _dueUs : long.MaxValue; }
        }

        /// <summary>Whether the picture commanded last has yet to be read.</summary>
        public bool IsUnderWay
        {
            get { return _awaiting || _reading; }
        }

        /// <summary>The module does not work; <see cref="LastFault"/> says why. It is begun again every 2 s.</summary>
        public bool SensorFault
        {
            get { return _fault; }
        }

        /// <summary>The latest fault since boot.</summary>
        public CameraFault LastFault { get; private set; }

        /// <summary>Faults since boot; one that persists through retries counts once.</summary>
        public int Faults { get; private set; }

        /// <summary>Times a module in fault was begun again.</summary>
        public int FaultRetries { get; private set; }

        /// <summary>Faults that went away.</summary>
        public int Recoveries { get; private set; }

        /// <summary>Frames committed to the ring.</summary>
        public int Captured { get; private set; }

        /// <summary>Pictures left unread because the ring had no room.</summary>
        public int DroppedNoMemory { get; private set; }

        /// <summary>Pictures dropped because they are no whole JPEG: the sum of the three reasons.</summary>
        public int DroppedCorrupt
        {
            get { return DroppedLength + DroppedNoStart + DroppedNoEnd; }
        }

        /// <summary>Pictures dropped for an impossible length.</summary>
        public int DroppedLength { get; private set; }

        /// <summary>Pictures dropped because they do not begin with FF D8.</summary>
        public int DroppedNoStart { get; private set; }

        /// <summary>Pictures dropped because FF D9 is not near their end.</summary>
        public int DroppedNoEnd { get; private set; }

        /// <summary>Slots of the grid in which no picture was taken: lag beyond <see cref="CatchUpUs"/>, faults, changes of size.</summary>
        public int Missed { get; private set; }

        /// <summary>How late after its slot the latest capture was commanded, milliseconds.</summary>
        public int LateMs { get; private set; }

        /// <summary>Longest time between two committed frames since <see cref="RestartLongestGap"/>, milliseconds.</summary>
        public int LongestGapMs { get; private set; }

        /// <summary>Sum of the times from a capture's command to its picture, microseconds.</summary>
        public long ExposeUs { get; private set; }

        /// <summary>Sum of the times inside bus reads, microseconds.</summary>
        public long ReadUs { get; private set; }

        /// <summary>Exact bytes of the committed frames.</summary>
        public long Bytes { get; private set; }

        /// <summary>Quality that the module is set to.</summary>
        public FrameQuality Quality
        {
            get { return _quality; }
        }

        /// <summary>The grid's interval, milliseconds.</summary>
        public int IntervalMs
        {
            get { return _intervalUs / 1000; }
        }

        /// <summary>Sets what to take. Takes effect between two frames; a change of size begins the module anew (1.5 s).</summary>
        /// <param name="size">Frame size.</param>
        /// <param name="quality">JPEG quality.</param>
        /// <param name="intervalMs">Grid interval, 1 to 60,000 ms.</param>
        public void Configure(FrameSize size, FrameQuality quality, int intervalMs)
        {
            if (intervalMs < 1 || intervalMs > 60000)
            {
                throw new ArgumentOutOfRangeException("intervalMs");
            }

            _wantedSize = size;
            _wantedQuality = quality;
            _wantedIntervalUs = intervalMs * 1000;
            _changed = true;
            if (!_begun || _idle)
            {
                _nextUs = 0;
            }
        }

        /// <summary>Starts <see cref="LongestGapMs"/> anew, from the frame committed last.</summary>
        public void RestartLongestGap()
        {
            LongestGapMs = 0;
        }

        /// <summary>Does what is due, at most one bus read.</summary>
        /// <param name="nowUs">Monotonic time, microseconds.</param>
        /// <returns>Whether anything was done but waiting.</returns>
        public bool Step(long nowUs)
        {
            if (nowUs < _nextUs)
            {
                return false;
            }

            if (!_begun)
            {
                _begun = true;
                BeginCamera(nowUs);
                return true;
            }

            CameraState state = _camera.Step(nowUs);
            switch (state)
            {
                case CameraState.FrameReady:
                    return Read(nowUs);
                case CameraState.Idle:
                    return WhenIdle(nowUs);
                case CameraState.Exposing:
                case CameraState.Starting:
                    _nextUs = nowUs + PollUs;
                    return false;
                default:
                    return WhenFault(nowUs);
            }
        }

        private void BeginCamera(long nowUs)
        {
            _size = _wantedSize;
            _quality = _wantedQuality;
            _intervalUs = _wantedIntervalUs;
            _changed = false;
            _skipLag = true;
            _idle = false;
            _camera.Begin(_size, _quality);
            _nextUs = nowUs + PollUs;
        }

        private bool WhenIdle(long nowUs)
        {
            _idle = true;
            if (_awaiting)
            {
                // The module gave up a picture without a fault: its slot stays empty.
                _awaiting = false;
                Missed++;
            }

            if (_changed && ApplySettings(nowUs))
            {
                return true;
            }

            long lag = nowUs - _dueUs;
            if (!_gridRunning)
            {
                _gridRunning = true;
                _dueUs = nowUs;
            }
            else if (lag >= CatchUpUs || (_skipLag && lag >= _intervalUs))
            {
                int slots = (int)(lag / _intervalUs);
                Missed += slots;
                _dueUs += (long)slots * _intervalUs;
            }

            _skipLag = false;
            if (nowUs < _dueUs)
            {
                _nextUs = _dueUs;
                return false;
            }

            LateMs = (int)((nowUs - _dueUs) / 1000);
            _camera.Capture(nowUs);
            _commandedUs = nowUs;
            _awaiting = true;
            _idle = false;
            _dueUs += _intervalUs;
            _nextUs = nowUs + FirstPollUs;
            return true;
        }

        // True when the module was given something to do and has to be idle again before the next capture.
        private bool ApplySettings(long nowUs)
        {
            if (_wantedSize != _size)
            {
                BeginCamera(nowUs);
                return true;
            }

            _changed = false;
            _dueUs += _wantedIntervalUs - _intervalUs;
            _intervalUs = _wantedIntervalUs;
            if (_wantedQuality == _quality)
            {
                return false;
            }

            _quality = _wantedQuality;
            _idle = false;
            _camera.SetQuality(_quality, nowUs);
            _nextUs = nowUs;
            return true;
        }

        private bool Read(long nowUs)
        {
            if (!_reading)
            {
                if (_awaiting)
                {
                    _awaiting = false;
                    ExposeUs += nowUs - _commandedUs;
                }

                _total = _camera.FrameLength;
                if (_total < 4 || _total > FrameRing.MaxFrameBytes)
                {
                    DroppedLength++;
                    EndFrame(nowUs);
                    return true;
                }

                if (!_ring.Begin(_total))
                {
                    if (nowUs < _dueUs)
                    {
                        // The picture keeps in the module until the next one is due: the card may have freed memory by then.
                        _nextUs = nowUs + PollUs;
                        return false;
                    }

                    DroppedNoMemory++;
                    _ring.NoteGap(ShortfallReason.Memory);
                    EndFrame(nowUs);
                    return true;
                }

                _reading = true;
                _read = 0;
            }

            int count = _total - _read;
            int room = _frame.Room;
            if (count > room)
            {
                count = room;
            }

            if (count > ReadBytes)
            {
                count = ReadBytes;
            }

            long before = _clock.Microseconds;
            _camera.Read(_frame.Page, _frame.Offset, count);
            long after = _clock.Microseconds;
            ReadUs += after - before;
            _frame.Advance(count);
            _read += count;
            _nextUs = after;
            if (_read == _total)
            {
                _reading = false;
                long commandedUs = _commandedUs;
                EndFrame(after);
                Commit(commandedUs);
            }

            return true;
        }

        // Releases the FIFO and takes the next picture at once if it is due: the module exposes while the frame goes to the card.
        private void EndFrame(long nowUs)
        {
            _camera.EndFrame();
            _nextUs = nowUs;
            if (_camera.Step(nowUs) == CameraState.Idle)
            {
                WhenIdle(nowUs);
            }
        }

        private void Commit(long commandedUs)
        {
            if (!_frame.StartsWith(0xFF, 0xD8))
            {
                DroppedNoStart++;
                _ring.Abandon();
                return;
            }

            int end = _frame.LastPair(0xFF, 0xD9, _total, EndSearchBytes);
            if (end < 0)
            {
                DroppedNoEnd++;
                _ring.Abandon();
                return;
            }

            // A module that begins well may still give no picture: only a picture ends a fault.
            if (_fault)
            {
                _fault = false;
                Recoveries++;
            }

            long timeMs = commandedUs / 1000;
            if (_lastMs >= 0)
            {
                if (timeMs <= _lastMs)
                {
                    timeMs = _lastMs + 1;
                }

                int gap = (int)(timeMs - _lastMs);
                if (gap > LongestGapMs)
                {
                    LongestGapMs = gap;
                }
            }

            _lastMs = timeMs;
            _ring.Commit(end + 2, timeMs);
            Captured++;
            Bytes += end + 2;
        }

        private bool WhenFault(long nowUs)
        {
            _awaiting = false;
            _idle = false;
            if (_reading)
            {
                _reading = false;
                _ring.Abandon();
            }

            if (!_fault)
            {
                _fault = true;
                Faults++;
                LastFault = _camera.Fault;
                _ring.NoteGap(ShortfallReason.SensorFault);
                _retryUs = nowUs + RetryUs;
            }

            if (nowUs < _retryUs)
            {
                _nextUs = _retryUs;
                return false;
            }

            LastFault = _camera.Fault;
            FaultRetries++;
            _retryUs = nowUs + RetryUs;
            BeginCamera(nowUs);
            return true;
        }
    }
}
