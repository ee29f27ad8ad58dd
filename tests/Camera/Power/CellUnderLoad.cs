// SPDX-License-Identifier: MIT

using System;
using Lapel.Hal;
using Lapel.Recorder;

namespace Lapel.WholeCamera.Tests
{
    /// <summary>
    /// A cell that the camera draws from, by what it does: the mean of its state, the peaks of card and module, the motor. Half of its
    /// resistance answers at once, half within a minute, as it recovers in a minute without a load.
    /// </summary>
    internal sealed class CellUnderLoad
    {
        /// <summary>The lowest voltage that a protection circuit takes for discharged may be as high as this, millivolts.</summary>
        public const int ProtectionMv = 2800;

        // hal/BOARDS.md, Power: milliamperes at 3.3 V.
        private const double BufferingMa = 190;
        private const double RecordingMa = 220;
        private const double OffMa = 1;
        private const double PeakMa = 600;
        private const double LoadedMa = 330;
        private const double MotorMa = 100;
        private const double Efficiency = 0.9;
        private const double RailMv = 3300;
        private const double RecoverySeconds = 60;
        private const int PeakEvery = 4;
        private const double PeakSeconds = 0.3;

        private readonly Cell _cell;
        private readonly Random _random;
        private double _left;
        private double _slowMv;
        private long _atUs;
        private long _peakUntilUs;
        private long _lookUs;

        public CellUnderLoad(Cell cell, double left, long nowUs, int seed, bool isLoaded)
        {
            _cell = cell;
            _left = left;
            _atUs = nowUs;
            _random = new Random(seed);
            _slowMv = isLoaded ? LoadedMa * cell.Milliohms / 2000 : 0;
            Millivolts = (int)(cell.Open(left) - _slowMv);
            LowestMv = Millivolts;
        }

        /// <summary>At its terminals.</summary>
        public int Millivolts { get; private set; }

        /// <summary>The lowest so far.</summary>
        public int LowestMv { get; private set; }

        /// <summary>What is left, 0 to 1.</summary>
        public double Left => _left;

        /// <summary>Time has gone on.</summary>
        public void Advance(VirtualCamera.VirtualCamera camera)
        {
            long nowUs = camera.NowUs;
            double seconds = (nowUs - _atUs) / 1e6;
            _atUs = nowUs;
            bool isOn = !camera.IsAsleep;
            double railMa = !isOn ? OffMa : camera.Firmware.State == RecorderState.Recording ? RecordingMa : BufferingMa;
            if (isOn && nowUs >= _lookUs)
            {
                _lookUs = nowUs + (long)(PeakSeconds * 1e6);
                _peakUntilUs = _random.Next(PeakEvery) == 0 ? _lookUs : 0;
            }

            if (isOn && nowUs < _peakUntilUs)
            {
                railMa = PeakMa;
            }

            double ma = railMa * RailMv / Efficiency / Millivolts;
            if (isOn && camera.Parts.Indicators.IsOn(Indicator.Vibration))
            {
                ma += MotorMa;
            }

            double half = _cell.Milliohms / 2000;
            _slowMv += (ma * half - _slowMv) * Math.Min(seconds / RecoverySeconds, 1);
            _left -= ma * seconds / 3600 / _cell.MilliampHours;
            Millivolts = (int)(_cell.Open(_left) - ma * half - _slowMv);
            LowestMv = Math.Min(LowestMv, Millivolts);
            camera.SetBattery(Millivolts);
        }
    }
}
