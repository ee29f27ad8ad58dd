// SPDX-License-Identifier: MIT

namespace Lapel.Hal.Virtual
{
    /// <summary>The battery behind its divider.</summary>
    public sealed class VirtualBattery
    {
        internal VirtualBattery(VirtualMachine machine, VirtualBoardWiring wiring)
        {
            VirtualPin motor = machine.Pins[wiring.Vibration];
            machine.Adc.Attach(
                wiring.BatteryChannel,
                () =>
                    (int)(
                        (long)(Millivolts - (motor.IsOutput && motor.Level ? SagMillivolts : 0))
                        * VirtualAdc.MaxRaw
                        / wiring.BatteryFullScaleMillivolts
                    )
            );
        }

        /// <summary>What the vibration motor takes off the voltage, millivolts: a worn cell or a bad contact takes hundreds.</summary>
        public int SagMillivolts { get; set; }

        /// <summary>Terminal voltage, millivolts; a charged lithium cell at first.</summary>
        public int Millivolts { get; set; } = 4_100;
    }
}
