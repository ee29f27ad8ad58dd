// SPDX-License-Identifier: MIT

using Lapel.Evidence.Tests;
using Lapel.Hal;

namespace Lapel.Custody.Tests
{
    /// <summary>A board with what the custodian needs: clock, entropy, battery, card, storage.</summary>
    public sealed class BenchBoard : IBoard, IEntropy, IBattery
    {
        private readonly StepClock _clock = new StepClock();
        private readonly DeviceNatives _natives = new DeviceNatives();
        private int _filled;

        public BenchBoard(MemoryCard card, MemoryStore store)
        {
            Card = card;
            Store = store;
        }

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
            get { return _clock; }
        }

        public ICameraModule Camera
        {
            get { return null; }
        }

        public ICard Card { get; private set; }

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
            get { return this; }
        }

        public IEntropy Entropy
        {
            get { return this; }
        }

        public INatives Natives
        {
            get { return _natives; }
        }

        public IInternalStore Store { get; private set; }

        public ILink Link
        {
            get { return null; }
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

        public int Millivolts()
        {
            return 3900;
        }

        public void Fill(byte[] buffer)
        {
            _filled++;
            for (int i = 0; i < buffer.Length; i++)
            {
                buffer[i] = (byte)(i * 7 + _filled * 13);
            }
        }
    }
}
