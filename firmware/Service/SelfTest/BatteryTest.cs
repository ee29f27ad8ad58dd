// SPDX-License-Identifier: MIT

using Lapel.Hal;

namespace Lapel.Service
{
    /// <summary>The battery, at rest and under the load of the vibration motor.</summary>
    public sealed class BatteryTest : SelfTestItem
    {
        // The motor draws 100 mA at most (BOARDS.md): 0.2 ohm of cell and contacts is 20 mV, a contact ten times as bad shows.
        private const int MostDropMillivolts = 200;

        // A lithium cell under load below this is empty: the 3.3 V regulator drops out.
        private const int LeastMillivolts = 3400;

        // The motor's start is over, and the reading is one of the load.
        private const long LoadUs = 200000;

        private int _restMillivolts;
        private bool _before;
        private bool _loaded;
        private long _untilUs;

        /// <summary>The test.</summary>
        public BatteryTest()
            : base("battery") { }

        /// <inheritdoc/>
        public override void Step(IServiceCamera camera, long nowUs)
        {
            if (nowUs < _untilUs)
            {
                return;
            }

            int load = camera.Board.Battery.Millivolts();
            string statistics = _restMillivolts.ToString() + " mV at rest, " + load.ToString() + " mV with the motor on";
            if (load < LeastMillivolts)
            {
                Fail(statistics + ": below 3,400 mV");
            }
            else if (_restMillivolts - load > MostDropMillivolts)
            {
                Fail(statistics + ": a drop of more than 200 mV");
            }
            else
            {
                Pass(statistics);
            }
        }

        /// <inheritdoc/>
        public override void End(IServiceCamera camera)
        {
            if (_loaded)
            {
                // As it was, not off: the recorder may have been vibrating.
                camera.Board.Indicators.Set(Indicator.Vibration, _before);
            }

            _loaded = false;
        }

        /// <inheritdoc/>
        protected override void Begin(IServiceCamera camera, long nowUs)
        {
            _restMillivolts = camera.Board.Battery.Millivolts();
            _before = camera.Board.Indicators.IsOn(Indicator.Vibration);
            camera.Board.Indicators.Set(Indicator.Vibration, true);
            _loaded = true;
            _untilUs = nowUs + LoadUs;
        }
    }
}
