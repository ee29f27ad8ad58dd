// SPDX-License-Identifier: MIT

using Lapel.Hal;

namespace Lapel.Service
{
    /// <summary>Lights, vibration and tone: each is switched the other way for a moment.</summary>
    /// <remarks>Nothing on the board tells whether it shines: whoever stands by has to look.</remarks>
    public sealed class IndicatorTest : SelfTestItem
    {
        // Long enough to be seen and felt.
        private const long OnUs = 300000;

        private const int Indicators = 4;

        private int _at;
        private bool _before;
        private bool _switched;
        private long _untilUs;

        /// <summary>The test.</summary>
        public IndicatorTest()
            : base("indicators") { }

        /// <inheritdoc/>
        public override void Step(IServiceCamera camera, long nowUs)
        {
            if (_switched && nowUs < _untilUs)
            {
                return;
            }

            End(camera);
            if (_at == Indicators)
            {
                Pass("red, green, vibration and tone were switched for 0.3 s each; whether they work is for the eye and the hand");
                return;
            }

            IIndicators indicators = camera.Board.Indicators;
            _before = indicators.IsOn((Indicator)_at);
            indicators.Set((Indicator)_at, !_before);
            _switched = true;
            _untilUs = nowUs + OnUs;
        }

        /// <inheritdoc/>
        public override void End(IServiceCamera camera)
        {
            if (!_switched)
            {
                return;
            }

            camera.Board.Indicators.Set((Indicator)_at, _before);
            _switched = false;
            _at++;
        }

        /// <inheritdoc/>
        protected override void Begin(IServiceCamera camera, long nowUs)
        {
            _at = 0;
            _switched = false;
            if (camera.Configuration.Covert)
            {
                Skip("the configuration is covert: nothing lights up or sounds");
            }
        }
    }
}
