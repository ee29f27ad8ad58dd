// SPDX-License-Identifier: MIT

using Lapel.Hal;

namespace Lapel.Service.Tests
{
    /// <summary>What the service needs of a board.</summary>
    public sealed class BenchBoard : IBoard, IClock, IEntropy, IInternalStore
    {
        private const int Entries = 16;

        private readonly INatives _natives = new DeviceNatives();
        private readonly string[] _names = new string[Entries];
        private readonly byte[][] _contents = new byte[Entries][];

        // The runtime's fresh element of a string array is not null, and comparing it is its end: only those set are looked at.
        private int _count;

        /// <summary>The time.</summary>
        public long NowUs = 1000000;

        public BenchLink Line = new BenchLink();

        /// <summary>Entries saved.</summary>
        public int Saves { get; private set; }

        public string Name
        {
            get { return "bench"; }
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
            get { return null; }
        }

        public IIndicators Indicators
        {
            get { return null; }
        }

        public IBattery Battery
        {
            get { return null; }
        }

        public IEntropy Entropy
        {
            get { return this; }
        }

        public INatives Natives
        {
            get { return _natives; }
        }

        public IInternalStore Store
        {
            get { return this; }
        }

        public ILink Link
        {
            get { return Line; }
        }

        public long Microseconds
        {
            get { return NowUs; }
        }

        public long UtcTicks { get; private set; }

        public bool SetUtc(long utcTicks)
        {
            UtcTicks = utcTicks;
            return true;
        }

        public void Sleep(int milliseconds)
        {
            NowUs += milliseconds * 1000L;
        }

        public ISupervisor Supervisor
        {
            get { return null; }
        }

        public IPower Power
        {
            get { return null; }
        }

        public void Restart() { }

        public void Fill(byte[] buffer)
        {
            for (int i = 0; i < buffer.Length; i++)
            {
                buffer[i] = (byte)(i * 29 + 1);
            }
        }

        public StoreStatus Load(string name, out byte[] content)
        {
            content = null;
            for (int i = 0; i < _count; i++)
            {
                if (_names[i] == name)
                {
                    content = _contents[i];
                    return StoreStatus.Ok;
                }
            }

            return StoreStatus.Absent;
        }

        public bool SaveInTurn(string name, byte[] content)
        {
            return Save(name, content);
        }

        public bool Save(string name, byte[] content)
        {
            Saves++;
            int at = 0;
            while (at < _count && _names[at] != name)
            {
                at++;
            }

            if (at == _count)
            {
                _count++;
            }

            _names[at] = name;
            _contents[at] = content;
            return true;
        }
    }
}
