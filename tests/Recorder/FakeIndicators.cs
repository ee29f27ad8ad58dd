// SPDX-License-Identifier: MIT

using Lapel.Hal;

namespace Lapel.Recorder.Tests
{
    /// <summary>Indicators that count.</summary>
    public sealed class FakeIndicators : IIndicators
    {
        public readonly bool[] On = new bool[4];
        public readonly int[] Sets = new int[4];
        public readonly int[] Pulses = new int[4];

        public void Set(Indicator indicator, bool on)
        {
            int i = (int)indicator;
            Sets[i]++;
            if (on && !On[i])
            {
                Pulses[i]++;
            }

            On[i] = on;
        }

        public bool IsOn(Indicator indicator)
        {
            return On[(int)indicator];
        }
    }
}
