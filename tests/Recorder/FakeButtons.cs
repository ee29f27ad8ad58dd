// SPDX-License-Identifier: MIT

using Lapel.Hal;

namespace Lapel.Recorder.Tests
{
    /// <summary>Buttons whose edges the test states.</summary>
    public sealed class FakeButtons : IButtons
    {
        public readonly bool[] Levels = new bool[3];
        public int Lost;

        private readonly Button[] _button = new Button[64];
        private readonly bool[] _down = new bool[64];
        private readonly long[] _atUs = new long[64];
        private readonly long[] _earlierUs = new long[64];
        private int _taken;
        private int _put;

        public int Overruns
        {
            get { return Lost; }
        }

        public void Edge(Button button, bool down, long atUs)
        {
            Edge(button, down, atUs, 0);
        }

        public void Edge(Button button, bool down, long atUs, long earlierUs)
        {
            Levels[(int)button] = down;
            if (_put - _taken == 64)
            {
                Lost++;
                return;
            }

            _button[_put % 64] = button;
            _down[_put % 64] = down;
            _atUs[_put % 64] = atUs;
            _earlierUs[_put % 64] = earlierUs;
            _put++;
        }

        public bool TryTake(ButtonEdge edge)
        {
            if (_taken == _put)
            {
                return false;
            }

            edge.Button = _button[_taken % 64];
            edge.Down = _down[_taken % 64];
            edge.AtUs = _atUs[_taken % 64];
            edge.EarlierUs = _earlierUs[_taken % 64];
            _taken++;
            return true;
        }

        public bool IsDown(Button button)
        {
            return Levels[(int)button];
        }
    }
}
