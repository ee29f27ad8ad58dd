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

        /// <summary>The end marker is searched for in so many bytes before the end: modules pad the picture to a FIFO line.</summary>
        public const int EndSearchBytes = 512;

        /// <summary>
        /// A module that pads more is met, too: the marker is then searched for in so many bytes, by a native search. Public reports show
        /// paddings of 512 bytes and more.
        /// </summary>
        public const int LongEndSearchBytes = 4096;

        /// <summary>So many stray bytes before the start marker are taken off, when the picture behind them is whole.</summary>
        public const int StrayBytes = 512;

        /// <summary>
        /// Shorter than this no picture is: tables, frame and scan header of one component alone take 128 bytes (ITU-T T.81, annex B).
        /// </summary>
        public const int MinPictureBytes = 128;

        /// <summary>Without a usable picture for so long the sensor is at fault, microseconds.</summary>
        public const long UnusableUs = 2000000;

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

        // Since when no usable picture came; long.MaxValue until the module was ready for the first time since it was begun.
        private long _unusableSinceUs = long.MaxValue;
        private int _typicalBytes;
        private int _coarser;
        private int _tooLarge;

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

        /// <summary>
        /// The module does not work, or gave no usable picture for <see cref="UnusableUs"/>; <see cref="LastFault"/> says why. It is begun
        /// again every 2 s, one that gives bad pictures every 6 s.
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

        /// <summary>Pictures dropped because they are no whole JPEG, or too large: the sum of the reasons below.</summary>
        public int DroppedCorrupt
        {
            get { return DroppedLength + DroppedTooLarge + DroppedNoStart + DroppedNoEnd + DroppedEmpty + DroppedDouble; }
        }

        /// <summary>Pictures dropped for an impossible length: fewer than 4 bytes.</summary>
        public int DroppedLength { get; private set; }

        /// <summary>Pictures dropped because they are larger than <see cref="FrameRing.MaxFrameBytes"/>.</summary>
        public int DroppedTooLarge { get; private set; }

        /// <summary>Pictures dropped because no FF D8 FF stands at their beginning, nor in the first <see cref="StrayBytes"/>.</summary>
        public int DroppedNoStart { get; private set; }

        /// <summary>Pictures dropped because FF D9 is not in their last <see cref="LongEndSearchBytes"/>.</summary>
        public int DroppedNoEnd { get; private set; }

        /// <summary>Pictures dropped because between their markers is less than any picture has.</summary>
        public int DroppedEmpty { get; private set; }

        /// <summary>
        /// Pictures dropped because another one begins inside them. Only a picture half as large again as those before it is searched:
        /// two in one read are, a beginning that was overwritten by a later picture of its size is not.
        /// </summary>
        public int DroppedDouble { get; private set; }

        /// <summary>Pictures kept whose stray bytes before the start marker were taken off.</summary>
        public int StraySkipped { get; private set; }

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

        private void BeginCamera(long nowUs)
        {
            if (_wantedSize != _size)
            {
                _coarser = 0;
                _typicalBytes = 0;
            }

            _size = _wantedSize;
            _quality = CoarsenedQuality();
            _intervalUs = _wantedIntervalUs;
            _changed = false;
            _skipLag = true;
            _idle = false;
            _unusableSinceUs = long.MaxValue;
            _camera.Begin(_size, _quality);
            _nextUs = nowUs + PollUs;
        }

        // The wanted quality, made coarser by the steps that pictures too large have taken.
        private FrameQuality CoarsenedQuality()
        {
            int quality = (int)_wantedQuality + _coarser;
            return quality > (int)FrameQuality.Low ? FrameQuality.Low : (FrameQuality)quality;
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
            if (_unusableSinceUs == long.MaxValue)
            {
                _unusableSinceUs = nowUs;
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

            _quality = quality;
            _typicalBytes = 0;
            if (quality > LowestQuality)
            {
                LowestQuality = quality;
            }

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

                _tooLarge = 0;
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

        // A length that no picture of this ring has. One that is too large asks for the next coarser quality.
        private void DropLength(long nowUs)
        {
            CameraFault fault = CameraFault.BadPictures;
            if (_total < 4)
            {
                DroppedLength++;
            }
            else
            {
                DroppedTooLarge++;
                fault = CameraFault.PicturesTooLarge;

                // One alone may be a length misread; two in a row are not.
                _tooLarge++;
                if (_tooLarge >= 2 && _quality != FrameQuality.Low)
                {
                    _tooLarge = 0;
                    _coarser++;
                    _changed = true;
                }
            }

            EndFrame(nowUs);
            NoteUnusable(fault, nowUs);
        }

        // A picture was of no use. For 2 s none was: the sensor is at fault, and begun again now and then.
        private void NoteUnusable(CameraFault fault, long nowUs)
        {
            if (_unusableSinceUs == long.MaxValue || nowUs - _unusableSinceUs < UnusableUs)
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

        // Where the JPEG in the frame ends, exclusive; 0 when it is no whole one, and the reason is counted.
        private int FindPicture()
        {
            int total = _total;
            if (!_frame.StartsAsJpeg())
            {
                int stray = _frame.FindMarker(0xD8, 1, total > StrayBytes + 2 ? StrayBytes + 2 : total, false);
                if (stray < 0)
                {
                    DroppedNoStart++;
                    return 0;
                }

                _frame.DropHead(stray);
                total -= stray;
                if (!_frame.StartsAsJpeg())
                {
                    DroppedNoStart++;
                    return 0;
                }

                StraySkipped++;
            }

            int end = _frame.LastPair(0xFF, 0xD9, total, EndSearchBytes);
            if (end < 0 && total > EndSearchBytes)
            {
                end = _frame.FindMarker(0xD9, total > LongEndSearchBytes ? total - LongEndSearchBytes : 0, total, true);
            }

            if (end < 0)
            {
                DroppedNoEnd++;
                return 0;
            }

            end += 2;
            if (end < MinPictureBytes)
            {
                DroppedEmpty++;
                return 0;
            }

            if (_typicalBytes != 0 && end > _typicalBytes + _typicalBytes / 2 && _frame.FindMarker(0xD8, 2, end, false) >= 0)
            {
                DroppedDouble++;
                return 0;
            }

            _typicalBytes = _typicalBytes == 0 ? end : _typicalBytes + (end - _typicalBytes) / 8;
            return end;
        }

        private void Commit(long commandedUs, long nowUs)
        {
            int end = FindPicture();
            if (end == 0)
            {
                _ring.Abandon();
                NoteUnusable(CameraFault.BadPictures, nowUs);
                return;
            }

            _unusableSinceUs = nowUs;

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
                DroppedTooLarge++;
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
