// SPDX-License-Identifier: MIT

using Lapel.Hal;

namespace Lapel.Service.Tests
{
    /// <summary>
    /// A board with a fault that the self-test is there to find: one result of its natives is altered, or its randomness is none.
    /// </summary>
    public sealed class FaultyBoard : IBoard, INatives, IEntropy, IClock, IIndicators, IBattery, IButtons
    {
        public const int Hmac256 = 1;
        public const int Hmac512 = 2;
        public const int Cipher = 3;
        public const int Crc = 4;
        public const int Constant = 5;
        public const int Biased = 6;

        private readonly INatives _natives = new DeviceNatives();
        private readonly int _fault;
        private readonly bool[] _on = new bool[4];
        private int _drawn;

        public FaultyBoard(int fault)
        {
            _fault = fault;
        }

        public long NowUs = 1000000;

        public long Heap = 1000000;

        public int LoadMillivolts = 3900;

        public bool IsStuck;

        public string Name
        {
            get { return "faulty"; }
        }

        public string Target
        {
            get { return "bench"; }
        }

        public string Runtime
        {
            get { return null; }
        }

        public IClock Clock
        {
            get { return this; }
        }

        public ICameraModule Camera
        {
            get { return null; }
        }

        public ICard Card
        {
            get { return null; }
        }

        public IButtons Buttons
        {
            get { return this; }
        }

        public IIndicators Indicators
        {
            get { return this; }
        }

        public IBattery Battery
        {
            get { return this; }
        }

        public IEntropy Entropy
        {
            get { return this; }
        }

        public INatives Natives
        {
            get { return this; }
        }

        public IInternalStore Store
        {
            get { return null; }
        }

        public ILink Link
        {
            get { return null; }
        }

        public long Microseconds
        {
            get { return NowUs; }
        }

        public long UtcTicks
        {
            get { return 0; }
        }

        public int Overruns
        {
            get { return 0; }
        }

        public bool SetUtc(long utcTicks)
        {
            return true;
        }

        public void Sleep(int milliseconds) { }

        public ISupervisor Supervisor
        {
            get { return null; }
        }

        public IPower Power
        {
            get { return null; }
        }

        public void Restart() { }

        public bool TryTake(ButtonEdge edge)
        {
            return false;
        }

        public bool IsDown(Button button)
        {
            return IsStuck && button == Button.Event;
        }

        public int Millivolts()
        {
            return IsOn(Indicator.Vibration) ? LoadMillivolts : 3950;
        }

        public void Set(Indicator indicator, bool on)
        {
            _on[(int)indicator] = on;
        }

        public bool IsOn(Indicator indicator)
        {
            return _on[(int)indicator];
        }

        public byte[] HmacSha256(byte[] key, byte[] data)
        {
            return Altered(_natives.HmacSha256(key, data), Hmac256);
        }

        public byte[] HmacSha512(byte[] key, byte[] data)
        {
            return Altered(_natives.HmacSha512(key, data), Hmac512);
        }

        public ICbcCipher AesCbc(byte[] key)
        {
            if (_fault == Cipher)
            {
                key[15] ^= 1;
            }

            return _natives.AesCbc(key);
        }

        public uint Crc32(byte[] buffer, int offset, int count)
        {
            return _natives.Crc32(buffer, _fault == Crc ? offset - 1 : offset, count);
        }

        public long FreeHeap()
        {
            return Heap;
        }

        public long CompactHeap()
        {
            return Heap;
        }

        public void Fill(byte[] buffer)
        {
            for (int i = 0; i < buffer.Length; i++)
            {
                // Every eighth byte the same: no run, but no randomness either.
                bool same = _fault == Constant || (_fault == Biased && i % 8 == 0);
                _drawn++;
                buffer[i] = same ? (byte)0xA5 : (byte)(_drawn * 29 + (_drawn >> 8));
            }
        }

        private byte[] Altered(byte[] bytes, int fault)
        {
            if (_fault == fault)
            {
                bytes[bytes.Length - 1] ^= 1;
            }

            return bytes;
        }
    }
}
