// SPDX-License-Identifier: MIT

using Lapel.Hal.Virtual;

namespace nanoFramework.Hardware.Esp32
{
    /// <summary>nanoFramework's pin multiplexer.</summary>
    public class Configuration
    {
        /// <summary>Gives a pin to a function.</summary>
        public static void SetPinFunction(int pin, DeviceFunction value) =>
            VirtualMachine.Current.Functions[value] = VirtualMachine.Current.Pins[pin].Number;

        /// <summary>The pin of a function, -1 when none.</summary>
        public static int GetFunctionPin(DeviceFunction function) => VirtualMachine.Current.Functions[function];
    }
}
