// SPDX-License-Identifier: MIT

using Lapel.Hal;

namespace Lapel.Recorder.Tests
{
    /// <summary>
    /// A camera module as ICameraModule states it: begins in 1.5 s, exposes for a time, gives pictures of a length, FF D8 ... FF D9 and
    /// padding, and reads at 1 us a byte (8 MHz), which moves the clock. Each byte between the markers tells the picture's number.
    /// </summary>
    public sealed class FakeCamera : ICameraModule
    {
        public readonly FakeClock Clock;
        public int ExposeUs = 60000;
        public int Length = 17000;
        public int Padding = 8;
        public bool Start = true;
        public bool End = true;
        public int[] LengthByQuality = new int[0];
        public int Stray;
        public int SecondStart;
        public bool Works = true;
        public bool TooLarge;
        public int Captures;
        public int Begins;
        public int ReadLongest;
        public FrameSize Size;
        public FrameQuality Quality;

        private CameraState _state;
        private long _doneUs;
        private int _read;

        public FakeCamera(FakeClock clock)
        {
            Clock = clock;
        }

        public CameraFault Fault
        {
            get
            {
                if (_state != CameraState.Fault)
                {
                    return CameraFault.None;
                }

                return TooLarge ? CameraFault.PicturesTooLarge : CameraFault.Absent;
            }
        }

        public int Identity
        {
            get { return 0x87; }
        }

        public int FrameLength
        {
            get { return Stray + Length + Padding; }
        }

        public int Retries
        {
            get { return 0; }
        }

        public void Begin(FrameSize size, FrameQuality quality)
        {
            Begins++;
            Size = size;
            Quality = quality;
            _state = CameraState.Starting;
            _doneUs = Clock.NowUs + 1500000;
        }

        public CameraState Step(long nowUs)
        {
            if (_state != CameraState.Off && !Works)
            {
                _state = CameraState.Fault;
            }
            else if (_state == CameraState.Starting && nowUs >= _doneUs)
            {
                _state = CameraState.Idle;
            }
            else if (_state == CameraState.Exposing && nowUs >= _doneUs)
            {
                _state = TooLarge ? CameraState.Fault : CameraState.FrameReady;
                _read = 0;
            }

            return _state;
        }

        public void Capture(long nowUs)
        {
            if (_state == CameraState.Idle)
            {
                Captures++;
                if (LengthByQuality.Length != 0)
                {
                    Length = LengthByQuality[(int)Quality];
                }

                _state = CameraState.Exposing;
                _doneUs = nowUs + ExposeUs;
            }
        }

        public void SetQuality(FrameQuality quality, long nowUs)
        {
            if (_state == CameraState.Idle)
            {
                Quality = quality;
                _state = CameraState.Starting;
                _doneUs = nowUs + 4000;
            }
        }

        public void Read(byte[] page, int offset, int count)
        {
            for (int i = 0; i < count; i++)
            {
                page[offset + i] = At(_read + i);
            }

            _read += count;
            Clock.NowUs += count;
            if (count > ReadLongest)
            {
                ReadLongest = count;
            }
        }

        public void EndFrame()
        {
            _state = CameraState.Idle;
        }

        private byte At(int index)
        {
            if (SecondStart != 0 && (index == SecondStart || index == SecondStart + 1))
            {
                return (byte)(index == SecondStart ? 0xFF : 0xD8);
            }

            index -= Stray;
            if (index < 0)
            {
                return 0;
            }

            if (index == 0)
            {
                return (byte)(Start ? 0xFF : 0);
            }

            if (index == 1)
            {
                return 0xD8;
            }

            // The first marker segment, a quantization table.
            if (index == 2 || index == 3)
            {
                return (byte)(index == 2 ? 0xFF : 0xDB);
            }

            if (index == Length - 2)
            {
                return (byte)(End ? 0xFF : 0);
            }

            if (index == Length - 1)
            {
                return 0xD9;
            }

            return index >= Length ? (byte)0 : (byte)(Captures & 0x7F);
        }
    }
}
