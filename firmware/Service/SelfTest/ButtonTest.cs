// SPDX-License-Identifier: MIT

using Lapel.Hal;

namespace Lapel.Service
{
    /// <summary>The buttons: whether one is down all the time, stuck or held, and whether presses were lost.</summary>
    public sealed class ButtonTest : SelfTestItem
    {
        // Nobody who reads this holds a button for so long.
        private const long StuckUs = 2000000;

        private long _beginUs;

        /// <summary>The test.</summary>
        public ButtonTest()
            : base("buttons") { }

        /// <inheritdoc/>
        public override void Step(IServiceCamera camera, long nowUs)
        {
            IButtons buttons = camera.Board.Buttons;
            bool record = buttons.IsDown(Button.Record);
            bool marker = buttons.IsDown(Button.Event);
            if (!record && !marker)
            {
                Pass("both up; " + buttons.Overruns.ToString() + " edges lost since boot");
            }
            else if (nowUs - _beginUs >= StuckUs)
            {
                Fail((record ? "record" : "event") + " is down for 2 s: stuck, held, or its wire is on ground");
            }
        }

        /// <inheritdoc/>
        protected override void Begin(IServiceCamera camera, long nowUs)
        {
            _beginUs = nowUs;
        }
    }
}
