// SPDX-License-Identifier: MIT

using Lapel.Hal;
using Lapel.Recorder;

namespace Lapel.App
{
    /// <summary>What the officer sees, feels and hears: the state, the answers to presses, the warnings.</summary>
    public sealed class OfficerFeedback
    {
        private readonly IBattery _battery;
        private readonly BatteryGauge _gauge = new BatteryGauge();
        private readonly SupplyGuard _supply = new SupplyGuard();
        private readonly IIndicators _indicators;
        private readonly Indications _indications;

        /// <summary>OfficerFeedback of a board.</summary>
        /// <param name="board">The board.</param>
        /// <param name="covert">Whether lights and tones stay off.</param>
        public OfficerFeedback(IBoard board, bool covert)
        {
            _battery = board.Battery;
            _indicators = board.Indicators;
            _indications = new Indications(board.Indicators, covert ? IndicationProfile.Covert : IndicationProfile.Standard);
        }

        /// <summary>Battery, millivolts.</summary>
        public int BatteryMillivolts
        {
            get { return _gauge.Millivolts; }
        }

        /// <summary>Battery, percent.</summary>
        public int BatteryPercent
        {
            get { return _gauge.Percent; }
        }

        /// <summary>Whether little is left.</summary>
        public bool IsBatteryLow
        {
            get { return _gauge.IsLow; }
        }

        /// <summary>Whether the battery is empty: a recording is to be closed while there is still power for it.</summary>
        public bool IsBatteryEmpty
        {
            get { return _supply.IsEmpty; }
        }

        /// <summary>Whether there is a battery, and too little in it for a recording to go on by itself.</summary>
        public bool IsTooLowToGoOn
        {
            get { return _gauge.IsPresent && _gauge.Millivolts < SupplyGuard.GoOnMv; }
        }

        /// <summary>Measures the battery and begins or ends the warnings.</summary>
        /// <param name="clockSet">Whether the clock was ever set.</param>
        /// <param name="nowMs">Monotonic milliseconds.</param>
        public void Measure(bool clockSet, long nowMs)
        {
            int millivolts = _battery.Millivolts();
            _gauge.Update(millivolts);
            _supply.Update(millivolts, _gauge.Millivolts, nowMs);
            _indications.Warn(Situation.BatteryLow, _gauge.IsLow);
            _indications.Warn(Situation.ClockUnset, !clockSet);
        }

        /// <summary>The battery cannot be read.</summary>
        public void ForgetBattery()
        {
            _gauge.Forget();
            _supply.Forget();
        }

        /// <summary>Everything off, for good: the camera sleeps.</summary>
        public void Dark()
        {
            for (int i = 0; i < IndicationProfile.Indicators; i++)
            {
                _indicators.Set((Indicator)i, false);
            }
        }

        /// <summary>Begins or ends the warning that the audit log fails.</summary>
        public void WarnOfLog(bool fails)
        {
            _indications.Warn(Situation.LogFailing, fails);
        }

        /// <summary>It is not known what is lit, since switching it threw.</summary>
        public void MistrustLights()
        {
            _indications.Mistrust();
        }

        /// <summary>Answers what the officer did.</summary>
        public void Answer(Situation answer)
        {
            _indications.Answer(answer);
        }

        /// <summary>Shows the state and drives the indicators; cheap when nothing changes.</summary>
        /// <param name="nowMs">Monotonic milliseconds.</param>
        /// <param name="machine">The state.</param>
        /// <param name="recovering">Whether recordings that a power cut left are being closed.</param>
        /// <param name="preparing">Whether further slots of a new card are being made.</param>
        public void Step(long nowMs, StateMachine machine, bool recovering, bool preparing)
        {
            Situation state = Of(machine);
            _indications.Show(
                state == Situation.Booting && recovering ? Situation.Recovering
                : state == Situation.Buffering && preparing ? Situation.Preparing
                : state
            );
            _indications.Step(nowMs);
        }

        private static Situation Of(StateMachine machine)
        {
            switch (machine.State)
            {
                case RecorderState.Booting:
                    return Situation.Booting;
                case RecorderState.Buffering:
                    return Situation.Buffering;
                case RecorderState.Recording:
                    return (machine.Faults & RecorderFaults.Sensor) != 0 ? Situation.RecordingBlind
                        : (machine.Faults & RecorderFaults.Buttons) != 0 ? Situation.RecordingDeaf
                        : Situation.Recording;
                case RecorderState.Closing:
                    return Situation.Closing;
                case RecorderState.CardFull:
                    return Situation.CardFull;
                default:
                    return Situation.Fault;
            }
        }
    }
}
