// SPDX-License-Identifier: MIT

using System;
using Lapel.Evidence;
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

        /// <summary>A module that gives no usable picture is begun again this often, microseconds: it takes 1.5 s to begin.</summary>
        public const long BadRetryUs = 6000000;

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
        private readonly PictureJudge _judge;
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

        private int _coarser;

        /// <summary>A pump that does nothing until it is configured.</summary>
        public CapturePump(ICameraModule camera, FrameRing ring, IClock clock)
        {
            _camera = camera;
            _ring = ring;
            _frame = ring.Frame;
            _judge = new PictureJudge(_frame);
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

        /// <summary>
        /// The module does not work, or gave no usable picture for <see cref="PictureJudge.UnusableUs"/>; <see cref="LastFault"/> says why.
        /// It is begun again every 2 s, one that gives bad pictures every 6 s.
        /// </summary>
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

        /// <summary>What was dropped by reason, because it is no whole JPEG or too large.</summary>
        public PictureJudge Judge
        {
            get { return _judge; }
        }

        /// <summary>Pictures dropped because they are no whole JPEG, or too large.</summary>
        public int DroppedCorrupt
        {
            get { return _judge.Dropped; }
        }

        /// <summary>Lowest quality that a picture was taken with since <see cref="RestartLongestGap"/>.</summary>
        public FrameQuality LowestQuality { get; private set; }

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

        /// <summary>Starts <see cref="LongestGapMs"/> and <see cref="LowestQuality"/> anew, from the frame committed last.</summary>
        public void RestartLongestGap()
        {
            LongestGapMs = 0;
            LowestQuality = _quality;
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

        /// <summary>
        /// What drives the module threw: the picture under way is given up, and the module is begun anew at a time. Until it gives a
        /// picture again the sensor is at fault.
        /// </summary>
        /// <param name="untilUs">Monotonic microseconds.</param>
        public void BreakOff(long untilUs)
        {
            if (_awaiting)
            {
                _awaiting = false;
                Missed++;
            }

            _reading = false;
            _idle = false;
            if (_frame.IsBuilding)
            {
                _ring.Abandon();
            }

            LastFault = CameraFault.BrokenOff;
            if (!_fault)
            {
                _fault = true;
                Faults++;
                _ring.NoteGap(ShortfallReason.SensorFault);
            }

            _begun = false;
            _nextUs = untilUs;
        }

        private void BeginCamera(long nowUs)
        {
            if (_wantedSize != _size)
            {
                _coarser = 0;
                _judge.ForgetSize();
            }

            _size = _wantedSize;
            TakeQuality(CoarsenedQuality());
            _intervalUs = _wantedIntervalUs;
            _changed = false;
            _skipLag = true;
            _idle = false;
            _judge.Begun();
            _camera.Begin(_size, _quality);
            _nextUs = nowUs + PollUs;
        }

        // The wanted quality, made coarser by the steps that pictures too large have taken.
        private FrameQuality CoarsenedQuality()
        {
            int quality = (int)_wantedQuality + _coarser;
            return quality > (int)FrameQuality.Low ? FrameQuality.Low : (FrameQuality)quality;
        }

        private void TakeQuality(FrameQuality quality)
        {
            _quality = quality;
            if (quality > LowestQuality)
            {
                LowestQuality = quality;
            }
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

            if (_skipLag)
            {
                _skipLag = false;
                _judge.Ready(nowUs);
            }

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
            FrameQuality quality = CoarsenedQuality();
            if (quality == _quality)
            {
                return false;
            }

            TakeQuality(quality);
            _judge.ForgetSize();
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
                if (!_judge.CanBe(_total))
                {
                    DropLength(nowUs);
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
                Commit(commandedUs, after);
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

        // A length that no picture of this ring has. One that is too large again and again asks for the next coarser quality.
        private void DropLength(long nowUs)
        {
            CameraFault fault = _judge.DropLength(_total);
            if (_judge.AreTooLarge && _quality != FrameQuality.Low)
            {
                _judge.ForgetTooLarge();
                _coarser++;
                _changed = true;
            }

            EndFrame(nowUs);
            NoteUnusable(fault, nowUs);
        }

        // A picture was of no use. For 2 s none was: the sensor is at fault, and begun again now and then.
        private void NoteUnusable(CameraFault fault, long nowUs)
        {
            if (!_judge.FindsNone(nowUs))
            {
                return;
            }

            LastFault = fault;
            if (!_fault)
            {
                _fault = true;
                Faults++;
                _ring.NoteGap(ShortfallReason.SensorFault);
                _retryUs = nowUs + BadRetryUs;
            }
            else if (nowUs >= _retryUs)
            {
                if (_awaiting)
                {
                    _awaiting = false;
                    Missed++;
                }

                FaultRetries++;
                _retryUs = nowUs + BadRetryUs;
                BeginCamera(nowUs);
            }
        }

        private void Commit(long commandedUs, long nowUs)
        {
            int end = _judge.FindPicture(_total, nowUs);
            if (end == 0)
            {
                _ring.Abandon();
                NoteUnusable(CameraFault.BadPictures, nowUs);
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
            _ring.Commit(end, timeMs);
            Captured++;
            Bytes += end;
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

            if (_camera.Fault == CameraFault.PicturesTooLarge && _quality != FrameQuality.Low)
            {
                _judge.CountTooLarge();
                _coarser++;
                _ring.NoteGap(ShortfallReason.SensorFault);
                BeginCamera(nowUs);
                return true;
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
