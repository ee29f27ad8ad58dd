// SPDX-License-Identifier: MIT

namespace Lapel.Hal.Esp32
{
    /// <summary>Driver of the ArduCAM Mega (identities 0x81 to 0x87) over SPI.</summary>
    /// <remarks>
    /// A state machine without waits of its own: each step does at most one poll or one setting. The sensor runs in video mode, so that a
    /// capture begins at its next frame.
    /// </remarks>
    public sealed class MegaCamera : ICameraModule
    {
        // A bus that is stuck holds one of the two patterns by chance, never both.
        private const int TestPattern = 0x55;
        private const int InverseTestPattern = 0xAA;
        private const int ResetCommand = 0x40;
        private const int SensorAddress = 0x78;
        private const int JpegFormat = 1;
        private const int VideoMode = 0x80;
        private const int IdleMask = 0x03;
        private const int IdleValue = 0x02;
        private const int DoneMask = 0x04;
        private const int YearMask = 0x3F;
        private const int MonthMask = 0x0F;
        private const int DayMask = 0x1F;

        private readonly IMegaBus _bus;
        private CameraState _state;
        private MegaPhase _phase;
        private CameraFault _fault;
        private FrameSize _size;
        private FrameQuality _quality;
        private long _startedUs;
        private long _nextUs;
        private int _polls;
        private int _tries;
        private int _failures;
        private int _retries;
        private int _identity;
        private int _length;
        private int _tooLong;
        private bool _first;

        /// <summary>A driver over a bus; nothing is sent before <see cref="Begin"/>.</summary>
        public MegaCamera(IMegaBus bus)
        {
            _bus = bus;
        }

        /// <inheritdoc/>
        public CameraFault Fault
        {
            get { return _fault; }
        }

        /// <inheritdoc/>
        public int Identity
        {
            get { return _identity; }
        }

        /// <inheritdoc/>
        public int FrameLength
        {
            get { return _length; }
        }

        /// <inheritdoc/>
        public int Retries
        {
            get { return _retries; }
        }

        /// <inheritdoc/>
        public void Begin(FrameSize size, FrameQuality quality)
        {
            _size = size;
            _quality = quality;
            _fault = CameraFault.None;
            _identity = 0;
            _length = 0;
            _retries = 0;
            _tries = 0;

            // The first step goes at once, whatever an earlier beginning was waiting for.
            _nextUs = 0;
            _phase = MegaPhase.Probe;
            _state = CameraState.Starting;
        }

        /// <inheritdoc/>
        public CameraState Step(long nowUs)
        {
            if (_phase == MegaPhase.None || nowUs < _nextUs)
            {
                return _state;
            }

            // Before the phase is looked at: each may set a later time of its own.
            _nextUs = nowUs + MegaLimits.PollUs;
            switch (_phase)
            {
                case MegaPhase.Capture:
                    PollCapture(nowUs);
                    break;
                case MegaPhase.Probe:
                    Probe(nowUs);
                    break;
                case MegaPhase.Reset:
                    if (IsIdle())
                    {
                        Enter(MegaPhase.Identify, nowUs);
                    }
                    else if (nowUs - _startedUs >= MegaLimits.ResetUs)
                    {
                        // By time and not by polls: how often the loop comes by is not the driver's to know.
                        Fail(CameraFault.Stuck);
                    }

                    break;
                case MegaPhase.Identify:
                    Identify(nowUs);
                    break;
                default:
                    PollSetting(nowUs);
                    break;
            }

            return _state;
        }

        /// <inheritdoc/>
        public void Capture(long nowUs)
        {
            // Ignored and not an error: the caller sees by the state that nothing began.
            if (_state != CameraState.Idle)
            {
                return;
            }

            // In a row only: a module that gives a picture now and then is not at fault.
            _failures = 0;
            _tooLong = 0;
            _state = CameraState.Exposing;
            _phase = MegaPhase.Capture;
            Start(nowUs);
        }

        /// <inheritdoc/>
        public void SetQuality(FrameQuality quality, long nowUs)
        {
            if (_state != CameraState.Idle)
            {
                return;
            }

            _quality = quality;
            _state = CameraState.Starting;
            Set(MegaPhase.Quality, MegaRegister.ImageQuality, (int)quality, nowUs);
        }

        /// <inheritdoc/>
        public void Read(byte[] page, int offset, int count)
        {
            if (_state != CameraState.FrameReady)
            {
                return;
            }

            // A bus transfer takes 16 KiB at most; the FIFO goes on where the last burst ended.
            while (count > 0)
            {
                int burst = count > BoardPins.CameraBurst ? BoardPins.CameraBurst : count;
                _bus.Burst(_first, page, offset, burst);
                _first = false;
                offset += burst;
                count -= burst;
            }
        }

        /// <inheritdoc/>
        public void EndFrame()
        {
            if (_state != CameraState.FrameReady)
            {
                return;
            }

            _length = 0;
            _state = CameraState.Idle;
        }

        private bool IsIdle()
        {
            return (_bus.Read((int)MegaRegister.SensorState) & IdleMask) == IdleValue;
        }

        private void Enter(MegaPhase phase, long nowUs)
        {
            _phase = phase;
            _startedUs = nowUs;
            _polls = 0;
            _tries = 0;
        }

        private void Fail(CameraFault fault)
        {
            _fault = fault;
            _phase = MegaPhase.None;
            _state = CameraState.Fault;
        }

        /// <summary>False once the tries of an access are used up; otherwise it is to be tried again after a pause.</summary>
        private bool MayRetry(long nowUs)
        {
            _tries++;
            _nextUs = nowUs + MegaLimits.RetryUs;
            return _tries < MegaLimits.Tries;
        }

        private bool Holds(int value)
        {
            _bus.Write((int)MegaRegister.Test, value);
            return _bus.Read((int)MegaRegister.Test) == value;
        }

        private void Probe(long nowUs)
        {
            if (Holds(TestPattern) && Holds(InverseTestPattern))
            {
                _bus.Write((int)MegaRegister.SensorReset, ResetCommand);
                Enter(MegaPhase.Reset, nowUs);
                _nextUs = nowUs + MegaLimits.ResetSettleUs;
            }
            else if (!MayRetry(nowUs))
            {
                Fail(CameraFault.Absent);
            }
        }

        private void Identify(long nowUs)
        {
            int id = _bus.Read((int)MegaRegister.SensorId);
            if (!MegaModel.IsKnown(id))
            {
                if (!MayRetry(nowUs))
                {
                    Fail(CameraFault.UnknownIdentity);
                }

                return;
            }

            // Told with the identity: modules of one model differ by their firmware, and a fault report should say which it was.
            int year = _bus.Read((int)MegaRegister.Year) & YearMask;
            int month = _bus.Read((int)MegaRegister.Month) & MonthMask;
            int day = _bus.Read((int)MegaRegister.Day) & DayMask;
            _identity = id | (year << 24) | (month << 16) | (day << 8);
            Set(MegaPhase.Address, MegaRegister.DebugDeviceAddress, SensorAddress, nowUs);
        }

        private void Set(MegaPhase phase, MegaRegister register, int value, long nowUs)
        {
            _bus.Write((int)register, value);
            Enter(phase, nowUs);
            _nextUs = nowUs + MegaLimits.PollUs;
        }

        private void PollSetting(long nowUs)
        {
            if (!IsIdle())
            {
                // By polls, as Zephyr's driver counts: these waits are of milliseconds, and a loop that is late must not make a fault of
                // it.
                _polls++;
                if (_polls >= PollsAllowed())
                {
                    Fail(CameraFault.Stuck);
                }

                return;
            }

            switch (_phase)
            {
                case MegaPhase.Address:
                    Set(MegaPhase.Format, MegaRegister.Format, JpegFormat, nowUs);
                    break;
                case MegaPhase.Format:
                    Set(
                        MegaPhase.Resolution,
                        MegaRegister.CaptureResolution,
                        VideoMode | MegaModel.ResolutionCode(_identity & 0xFF, _size),
                        nowUs
                    );
                    break;
                case MegaPhase.Resolution:
                    Set(MegaPhase.Quality, MegaRegister.ImageQuality, (int)_quality, nowUs);
                    break;
                default:
                    _phase = MegaPhase.None;
                    _state = CameraState.Idle;
                    break;
            }
        }

        private int PollsAllowed()
        {
            switch (_phase)
            {
                case MegaPhase.Format:
                    return MegaLimits.FormatPolls;
                case MegaPhase.Resolution:
                    return MegaLimits.ResolutionPolls;
                default:
                    return MegaLimits.RegisterPolls;
            }
        }

        private void Start(long nowUs)
        {
            // First: the flag of the picture before would read as this one's.
            _bus.Write((int)MegaRegister.FifoControl, (int)MegaFifoControl.ClearDone);
            _bus.Write((int)MegaRegister.FifoControl, (int)MegaFifoControl.Start);
            _startedUs = nowUs;
            _nextUs = nowUs + MegaLimits.PollUs;
        }

        private void PollCapture(long nowUs)
        {
            if ((_bus.Read((int)MegaRegister.SensorState) & DoneMask) == 0)
            {
                if (nowUs - _startedUs >= MegaLimits.CaptureUs)
                {
                    Retry(nowUs);
                }

                return;
            }

            int length =
                _bus.Read((int)MegaRegister.FifoSize1)
                | (_bus.Read((int)MegaRegister.FifoSize2) << 8)
                | (_bus.Read((int)MegaRegister.FifoSize3) << 16);

            // A length that cannot be is a capture that failed: reading it would take memory and time for noise.
            if (length == 0 || length > MegaLimits.LongestPicture)
            {
                if (length > MegaLimits.LongestPicture && length <= MegaLimits.LongestLength)
                {
                    _tooLong++;
                }

                Retry(nowUs);
                return;
            }

            _length = length;
            _first = true;
            _phase = MegaPhase.None;
            _state = CameraState.FrameReady;
        }

        private void Retry(long nowUs)
        {
            _retries++;
            _failures++;
            if (_failures >= MegaLimits.FailedCaptures)
            {
                // Lengths misread are of all kinds; five in a row that a picture can have are pictures.
                Fail(_tooLong >= MegaLimits.FailedCaptures ? CameraFault.PicturesTooLarge : CameraFault.NoPicture);
            }
            else
            {
                Start(nowUs);
            }
        }
    }
}
