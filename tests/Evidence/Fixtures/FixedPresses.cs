// SPDX-License-Identifier: MIT

using Lapel.Hal;

namespace Lapel.Evidence.Tests
{
    /// <summary>A number of presses, each with the longest encoding there is.</summary>
    public sealed class FixedPresses : IPresses
    {
        public FixedPresses(int count)
        {
            Count = count;
        }

        public int Count { get; private set; }

        public int Lost
        {
            get { return 70000; }
        }

        public void Restart(long fromMs) { }

        public Button ButtonAt(int index)
        {
            return Button.Event;
        }

        public long DownMsAt(int index)
        {
            return 51000 + 1000000000L * (index & 1);
        }

        public int DurationMsAt(int index)
        {
            return index == 0 ? -1 : int.MaxValue;
        }

        public PressMeaning MeaningAt(int index)
        {
            return PressMeaning.Hold;
        }
    }
}
