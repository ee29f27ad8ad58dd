// SPDX-License-Identifier: MIT

namespace nanoFramework.Hardware.Esp32
{
    /// <summary>What a native call of the ESP32 answers, as far as it is used.</summary>
    public enum EspNativeError
    {
        /// <summary>Done.</summary>
        OK = 0,
    }
}
