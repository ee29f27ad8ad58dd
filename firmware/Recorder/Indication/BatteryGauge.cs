// SPDX-License-Identifier: MIT

namespace Lapel.Recorder
{
    /// <summary>
    /// State of charge from the terminal voltage of one Li-ion cell. Good for warnings, not for hours left: the table is for a
    /// cell at rest at room temperature, and a load or the cold lowers the voltage.
    /// </summary>
    public sealed class BatteryGauge
    {
        /// <summary>At or below this the battery is low, per cent.</summary>
        public const int LowPercent = 15;

        /// <summary>At or below this the camera may go out any minute, per cent.</summary>
        public const int CriticalPercent = 5;

        /// <summary>Protection circuits disconnect a cell at 2.4 to 2.8 V: below this there is none.</summary>
        public const int PresentMv = 2000;

        // A warning ends so much above its threshold, per cent: a load that comes and goes must not toggle it.
        private const int Hysteresis = 5;


        // One reading weighs an eighth.
        private const int FilterShift = 3;

        // Open-circuit voltage of a lithium cobalt oxide cell over its charge, rising: millivolts and per cent.
        private static readonly int[] Mv = { 3000, 3450, 3680, 3740, 3770, 3790, 3820, 3870, 3920, 3980, 4060, 4200 };
        private static readonly int[] Charge = { 0, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100 };

        private int _filtered;
        private bool _begun;

        /// <summary>Filtered voltage, millivolts; 0 before the first reading.</summary>
        public int Millivolts
        {
            get { return _filtered >> FilterShift; }
        }

        /// <summary>Whether there is a battery at all.</summary>
        public bool IsPresent
        {
            get { return Millivolts >= PresentMv; }
        }

        /// <summary>State of charge, 0 to 100 per cent; 0 without a battery.</summary>
        public int Percent { get; private set; }

        /// <summary>Little is left.</summary>
        public bool IsLow { get; private set; }

        /// <summary>Next to nothing is left.</summary>
        public bool IsCritical { get; private set; }

        /// <summary>It cannot be read: nothing is known of it, and nothing is warned of.</summary>
        public void Forget()
        {
            _begun = false;
            _filtered = 0;
            Percent = 0;
            IsLow = false;
            IsCritical = false;
        }

        /// <summary>Takes a reading; meant for one in a few seconds. The first one counts in full.</summary>
        /// <param name="millivolts">Terminal voltage, 0 to 6000.</param>
        public void Update(int millivolts)
        {
            if (_begun)
            {
                _filtered += millivolts - (_filtered >> FilterShift);
            }
            else
            {
                _begun = true;
                _filtered = millivolts << FilterShift;
            }

            Percent = PercentOf(Millivolts);
            IsLow = IsPresent && Percent <= (IsLow ? LowPercent + Hysteresis - 1 : LowPercent);
            IsCritical = IsPresent && Percent <= (IsCritical ? CriticalPercent + Hysteresis - 1 : CriticalPercent);
        }

        /// <summary>Charge of a cell at rest, 0 to 100 per cent.</summary>
        public static int PercentOf(int millivolts)
        {
            if (millivolts <= Mv[0])
            {
                return 0;
            }

            for (int i = 1; i < Mv.Length; i++)
            {
                if (millivolts < Mv[i])
                {
                    return Charge[i - 1] + (millivolts - Mv[i - 1]) * (Charge[i] - Charge[i - 1]) / (Mv[i] - Mv[i - 1]);
                }
            }

            return 100;
        }
    }
}
