// SPDX-License-Identifier: MIT

using System;
using Lapel.Hal;

namespace Lapel.Hal.Virtual
{
    /// <summary>
    /// An ArduCAM Mega at register level, behind the SPI bus. It misbehaves as the real one: a register read before the chip is idle gives
    /// the constant bogus length, a write then is lost, a two-byte read gives a stale value, the first burst of a picture begins with a
    /// dummy byte, a wrong opcode echoes the TEST register, and a clock above its limit corrupts what is read.
    /// </summary>
    public sealed class MegaChip : ISpiChip
    {
        /// <summary>The length read by those who skip the idle wait.</summary>
        public const int BogusLength = 8_390_520;

        private const int JpegFormat = 1;
        private const int ResetBit = 0x40;
        private const int ClearFifoBit = 0x80;
        private const int ClearDoneBit = 0x01;
        private const int StartBit = 0x02;
        private const int RewindBit = 0x10;

        private readonly IScene _scene;
        private readonly Random _random;
        private readonly MegaFifo _fifo = new();
        private VirtualClock? _clock;
        private byte _test;
        private byte _format;
        private byte _resolution;
        private byte _quality;
        private byte _latch;
        private bool _resolutionDue;
        private bool _done;
        private long _busyUntilUs;
        private long _vsyncUs;
        private long _commandedUs = -1;
        private long _exposedUs;
        private long _doneAtUs;
        private int _index;
        private byte _command;

        /// <summary>A chip that sees a scene.</summary>
        /// <param name="scene">What it sees.</param>
        /// <param name="seed">Seed of padding, corruption and bad captures.</param>
        public MegaChip(IScene scene, int seed = 1)
        {
            _scene = scene;
            _random = new Random(seed);
        }

        /// <summary>Identity register 0x40; 0x81 to 0x87 are ArduCAM's. Default: 3MP.</summary>
        public byte Id { get; set; } = 0x86;

        /// <summary>Firmware date registers: years since 2000, month, day.</summary>
        public (int Year, int Month, int Day) FirmwareDate { get; set; } = (25, 6, 17);

        /// <summary>Highest clock it stands, hertz.</summary>
        public int ClockLimitHz { get; set; } = 8_000_000;

        /// <summary>Most bytes of padding after a picture; the padding holds no 0xFF, so that the last FF D9 is the picture's.</summary>
        public int MostPadding { get; set; } = 15;

        /// <summary>Its times.</summary>
        public MegaTimes Times { get; } = new();

        /// <summary>Its faults.</summary>
        public MegaFaults Faults { get; } = new();

        /// <summary>What it took.</summary>
        public MegaLog Log { get; } = new();

        /// <summary>Register writes lost because the chip was busy.</summary>
        public int LostWrites { get; private set; }

        /// <summary>What the firmware wrote to DEBUG_DEVICE_ADDRESS; the vendor writes 0x78.</summary>
        public byte DeviceAddress { get; private set; }

        private VirtualClock Clock => _clock ?? throw new InvalidOperationException("the chip is on no bus");

        private bool IsBusy => Faults.StuckBusy || Clock.NowUs < _busyUntilUs;

        /// <inheritdoc/>
        public void Attach(VirtualMachine machine) => _clock = machine.Clock;

        /// <inheritdoc/>
        public void Select() => _index = 0;

        /// <inheritdoc/>
        public void Deselect() => _index = 0;

        /// <inheritdoc/>
        public void Transfer(ReadOnlySpan<byte> mosi, Span<byte> miso, int clockHz)
        {
            miso.Fill(0xFF);
            if (Faults.Absent)
            {
                return;
            }

            FinishExposure();
            int n = 0;
            while (n < mosi.Length)
            {
                if (_index > 0 && _command == MegaAddress.BurstRead)
                {
                    _fifo.Burst(miso[n..]);
                    break;
                }

                miso[n] = Clocked(mosi[n]);
                _index++;
                n++;
            }

            if (clockHz > ClockLimitHz)
            {
                Corrupt(miso);
            }
        }

        private byte Clocked(byte mosi)
        {
            if (_index == 0)
            {
                _command = mosi;
                return 0;
            }

            if ((_command & 0x80) != 0)
            {
                if (_index == 1)
                {
                    Write(_command & 0x7F, mosi);
                }

                return 0;
            }

            // The answer comes with the third byte; the second carries what was answered last.
            if (_index == 2)
            {
                _latch = _command == MegaAddress.SingleRead ? _fifo.Next() : Read(_command);
            }

            return _latch;
        }

        private byte Read(int address)
        {
            switch (address)
            {
                case MegaAddress.State:
                    return (byte)((IsBusy ? 0 : 0x02) | (_done ? 0x04 : 0));
                case MegaAddress.SensorId:
                    return IsBusy ? (byte)0 : Id;
                case MegaAddress.Year:
                    return (byte)FirmwareDate.Year;
                case MegaAddress.Month:
                    return (byte)FirmwareDate.Month;
                case MegaAddress.Day:
                    return (byte)FirmwareDate.Day;
                case MegaAddress.Size0:
                    return (byte)Length();
                case MegaAddress.Size1:
                    return (byte)(Length() >> 8);
                case MegaAddress.Size2:
                    return (byte)(Length() >> 16);
                case MegaAddress.FpgaVersion:
                    return 0x01;
                default:
                    return _test;
            }
        }

        private int Length() => IsBusy ? BogusLength : _fifo.ReportedLength;

        private void Write(int address, byte value)
        {
            switch (address)
            {
                case MegaAddress.Test:
                    _test = value;
                    return;
                case MegaAddress.Reset when (value & ResetBit) != 0:
                    PowerOn();
                    return;
                case MegaAddress.Reset:
                    if ((value & ClearFifoBit) != 0)
                    {
                        _fifo.Load(Array.Empty<byte>(), 0);
                    }

                    return;
                case MegaAddress.FifoControl:
                    Control(value);
                    return;
            }

            if (IsBusy)
            {
                LostWrites++;
                return;
            }

            long busy = Times.Register;
            switch (address)
            {
                case MegaAddress.Format:
                    if (Id >= 0x85 && value != _format)
                    {
                        _resolutionDue = true;
                    }

                    _format = value;
                    busy = Times.Format;
                    break;
                case MegaAddress.Resolution:
                    _resolution = value;
                    _resolutionDue = false;
                    busy = Times.Resolution;
                    break;
                case MegaAddress.Quality:
                    _quality = value;
                    break;
                case MegaAddress.DeviceAddress:
                    DeviceAddress = value;
                    break;
            }

            _busyUntilUs = Clock.NowUs + busy;
        }

        private void PowerOn()
        {
            _test = 0;
            _format = 0;
            _resolution = 0;
            _quality = 1;
            DeviceAddress = 0;
            _done = false;
            _commandedUs = -1;
            _fifo.Load(Array.Empty<byte>(), 0);
            _busyUntilUs = Clock.NowUs + Times.Reset;
            _vsyncUs = _busyUntilUs;
        }

        private void Control(byte value)
        {
            if ((value & ClearDoneBit) != 0)
            {
                _done = false;
            }

            if ((value & RewindBit) != 0)
            {
                _fifo.Rewind();
            }

            if ((value & StartBit) == 0)
            {
                return;
            }

            if (IsBusy)
            {
                // Started before it was ready: it claims a picture at once, of the constant bogus length, and there is none.
                _commandedUs = -1;
                _done = true;
                _fifo.Load(Array.Empty<byte>(), BogusLength);
                return;
            }

            long now = Clock.NowUs;
            _commandedUs = now;
            _exposedUs = now <= _vsyncUs ? _vsyncUs : _vsyncUs + (now - _vsyncUs + Times.Frame - 1) / Times.Frame * Times.Frame;
            _doneAtUs = _exposedUs + Times.Frame;
        }

        private void FinishExposure()
        {
            if (_commandedUs < 0 || Faults.NeverDone || Clock.NowUs < _doneAtUs)
            {
                return;
            }

            long commanded = _commandedUs;
            _commandedUs = -1;
            _done = true;
            FrameSize? size = MegaResolutions.Find(Id, _resolution & 0x7F);
            if (Faults.ZeroLength || _resolutionDue || size == null || _format != JpegFormat)
            {
                _fifo.Load(Array.Empty<byte>(), 0);
                return;
            }

            bool bad = Faults.BadCapturesNext > 0 || (Faults.BadCaptureOneIn > 0 && _random.Next(Faults.BadCaptureOneIn) == 0);
            if (bad)
            {
                if (Faults.BadCapturesNext > 0)
                {
                    Faults.BadCapturesNext--;
                }

                int[] impossible = { 0, BogusLength, 0x7FFFFF, 0xFFFFFF, 400_000 };
                _fifo.Load(Array.Empty<byte>(), impossible[_random.Next(impossible.Length)]);
                return;
            }

            var quality = (FrameQuality)Math.Min((int)_quality, (int)FrameQuality.Low);
            byte[] jpeg = _scene.Take(_exposedUs, size.Value, quality);
            int padding = _random.Next(MostPadding + 1);
            var data = new byte[jpeg.Length + padding];
            jpeg.CopyTo(data, 0);
            for (int n = jpeg.Length; n < data.Length; n++)
            {
                data[n] = (byte)_random.Next(0xFF);
            }

            _fifo.Load(data, data.Length);
            Log.Add(commanded, _exposedUs, _doneAtUs, size.Value, quality, jpeg, padding);
        }

        private void Corrupt(Span<byte> miso)
        {
            for (int n = 0; n < miso.Length; n++)
            {
                if (_random.Next(8) == 0)
                {
                    miso[n] ^= (byte)(1 << _random.Next(8));
                }
            }
        }
    }
}
