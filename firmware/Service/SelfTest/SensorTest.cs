// SPDX-License-Identifier: MIT

namespace Lapel.Service
{
    /// <summary>The camera module: its identity, and whether a picture comes, whole, within its time.</summary>
    public sealed class SensorTest : SelfTestItem
    {
        // Longer than the slowest interval and a picture that is tried again.
        private const long LimitUs = 4000000;

        private long _frames;
        private long _bytes;
        private long _beginUs;

        /// <summary>The test.</summary>
        public SensorTest()
            : base("sensor") { }

        /// <inheritdoc/>
        public override void Step(IServiceCamera camera, long nowUs)
        {
            // From the running capture: the test takes no picture of its own, so it never disturbs the pre-event.
            long frames = StatisticsLookup.Of(camera, "recorder.frames") - _frames;
            if (frames == 0)
            {
                if (nowUs - _beginUs > LimitUs)
                {
                    Fail("no picture in 4 s; " + Identity(camera) + ", fault " + ((int)camera.Board.Camera.Fault).ToString());
                }

                return;
            }

            long bytes = (StatisticsLookup.Of(camera, "recorder.bytes") - _bytes) / frames;
            Pass(Identity(camera) + ", picture of " + bytes.ToString() + " bytes after " + ((nowUs - _beginUs) / 1000).ToString() + " ms");
        }

        /// <inheritdoc/>
        protected override void Begin(IServiceCamera camera, long nowUs)
        {
            _beginUs = nowUs;
            _frames = StatisticsLookup.Of(camera, "recorder.frames");
            _bytes = StatisticsLookup.Of(camera, "recorder.bytes");
        }

        private static string Identity(IServiceCamera camera)
        {
            return "identity " + camera.Board.Camera.Identity.ToString("X8");
        }
    }
}
