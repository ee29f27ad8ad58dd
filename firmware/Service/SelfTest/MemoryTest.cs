// SPDX-License-Identifier: MIT

namespace Lapel.Service
{
    /// <summary>Free memory, as a collection leaves it.</summary>
    public sealed class MemoryTest : SelfTestItem
    {
        // 5 times what a recording and its recovery hold at once (block, cipher text, hash input: 50 KB), so that the collector seldom
        // runs.
        private const long LeastBytes = 262144;

        /// <summary>A collection takes 10 ms, 43 ms with many objects (budget of the interpreter).</summary>
        public const long CollectUs = 45000;

        private const long PatienceUs = 5000000;

        private long _beginUs;

        /// <summary>The test.</summary>
        public MemoryTest()
            : base("memory") { }

        /// <inheritdoc/>
        public override void Step(IServiceCamera camera, long nowUs)
        {
            if (camera.FreeUs(nowUs) < CollectUs)
            {
                if (nowUs - _beginUs > PatienceUs)
                {
                    Skip("no time for a collection between two pictures");
                }

                return;
            }

            long free = camera.Board.Natives.FreeHeap();
            string statistics = free.ToString() + " bytes free";
            if (free < LeastBytes)
            {
                Fail(statistics + ": less than 262,144");
            }
            else
            {
                Pass(statistics);
            }
        }

        /// <inheritdoc/>
        protected override void Begin(IServiceCamera camera, long nowUs)
        {
            _beginUs = nowUs;
        }
    }
}
