namespace Lapel.Hal.Virtual
{
    /// <summary>The battery behind its divider.</summary>
    public sealed class VirtualBattery
    {
        internal VirtualBattery(VirtualMachine machine, VirtualBoardWiring wiring)
        {
            machine.Adc.Attach(wiring.BatteryChannel, () => (int)((long)Millivolts * VirtualAdc.MaxRaw / wiring.BatteryFullScaleMillivolts));
        }

        /// <summary>Terminal voltage, millivolts; a charged lithium cell at first.</summary>
        public int Millivolts { get; set; } = 4_100;
    }
}
