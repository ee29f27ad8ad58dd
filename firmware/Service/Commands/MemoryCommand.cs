// SPDX-License-Identifier: MIT

namespace Lapel.Service
{
    /// <summary>mem: memory, after a collection.</summary>
    public sealed class MemoryCommand : ConsoleCommand
    {
        /// <summary>The command.</summary>
        public MemoryCommand()
            : base("mem", "", "free memory, and what the pictures take of it") { }

        /// <inheritdoc/>
        public override void Begin(ConsoleCall call)
        {
            if (!call.TakesNothing())
            {
                return;
            }

            // The figure is only true after a collection, and that stops everything for its time: never when a picture would be late.
            if (call.Camera.FreeUs(call.NowUs) >= MemoryTest.CollectUs)
            {
                Show(call);
            }
            else if (!call.MayLast)
            {
                call.Fail(ErrorCode.Busy, "a collection would make a picture late; ask again");
            }
        }

        /// <inheritdoc/>
        public override void Step(ConsoleCall call)
        {
            if (call.Camera.FreeUs(call.NowUs) >= MemoryTest.CollectUs)
            {
                Show(call);
            }
        }

        private static void Show(ConsoleCall call)
        {
            call.Report.Field("heap_free", call.Camera.Board.Natives.FreeHeap());
            call.Report.Field("pages", StatisticsLookup.Of(call.Camera, "recorder.pages"));
            call.Report.Field("pages_free", StatisticsLookup.Of(call.Camera, "recorder.pages_free"));
            call.Ok();
        }
    }
}
