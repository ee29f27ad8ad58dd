// SPDX-License-Identifier: MIT

namespace Lapel.Service
{
    /// <summary>The real-time clock: whether it was set, and whether it goes as fast as the monotonic one.</summary>
    public sealed class ClockTest : SelfTestItem
    {
        private const long SpanUs = 1000000;

        // Steps of the clock's reading, and the turn of the loop that sees them.
        private const long MostOffMs = 30;

        private long _beginUs;
        private long _beginMs;

        /// <summary>The test.</summary>
        public ClockTest()
            : base("clock") { }

        /// <inheritdoc/>
        public override void Step(IServiceCamera camera, long nowUs)
        {
            if (nowUs - _beginUs < SpanUs)
            {
                return;
            }

            // Without a time there is nothing to measure: an unset clock says 0, before and after.
            if (!camera.IsClockSet)
            {
                Fail("never set: date sets it");
                return;
            }

            if (_beginMs == 0)
            {
                // Set since the test began.
                Begin(camera, nowUs);
                return;
            }

            // Both clocks read here, one after the other: the loop's own time is older by what ran before in this turn.
            long now = camera.Board.Clock.Microseconds;
            long offMs = camera.UtcMs - _beginMs - (now - _beginUs) / 1000;
            if (offMs > MostOffMs || offMs < -MostOffMs)
            {
                Fail("in 1 s it went off by " + offMs.ToString() + " ms");
            }
            else
            {
                Pass(UtcText.Of(camera.UtcMs) + ", off by " + offMs.ToString() + " ms in 1 s");
            }
        }

        /// <inheritdoc/>
        protected override void Begin(IServiceCamera camera, long nowUs)
        {
            _beginUs = camera.Board.Clock.Microseconds;
            _beginMs = camera.UtcMs;
        }
    }
}
