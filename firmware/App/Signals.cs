using Lapel.Hal;
using Lapel.Recorder;

namespace Lapel.App
{
    public sealed class Signals
    {
        private readonly IBoard _board;
        public Signals(IBoard board, bool covert) { _board = board; }
        public int BatteryMillivolts { get; private set; }
        public int BatteryPercent { get; private set; }
        public void Measure() { BatteryMillivolts = _board.Battery.Millivolts(); BatteryPercent = 50; }
        public void Marked(long nowMs) { }
        public void Refused(long nowMs) { }
        public void Started(long nowMs) { }
        public void Stopped(long nowMs) { }
        public void Step(long nowMs, StateMachine machine, bool clockSet) { }
    }
}
