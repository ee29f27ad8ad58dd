// SPDX-License-Identifier: MIT

using nanoFramework.Hardware.Esp32;

namespace nanoFramework.System.IO.FileSystem
{
    /// <summary>The pin functions a card socket needs.</summary>
    internal static class Esp32Functions
    {
        public static DeviceFunction[] Mmc(SDCard.SDDataWidth width) =>
            width == SDCard.SDDataWidth._1_bit
                ? new[] { DeviceFunction.SDMMC1_CLOCK, DeviceFunction.SDMMC1_COMMAND, DeviceFunction.SDMMC1_D0 }
                : new[]
                {
                    DeviceFunction.SDMMC1_CLOCK,
                    DeviceFunction.SDMMC1_COMMAND,
                    DeviceFunction.SDMMC1_D0,
                    DeviceFunction.SDMMC1_D1,
                    DeviceFunction.SDMMC1_D2,
                    DeviceFunction.SDMMC1_D3,
                };

        public static DeviceFunction[] Spi(uint bus) =>
            bus == 1
                ? new[] { DeviceFunction.SPI1_MOSI, DeviceFunction.SPI1_MISO, DeviceFunction.SPI1_CLOCK }
                : new[] { DeviceFunction.SPI2_MOSI, DeviceFunction.SPI2_MISO, DeviceFunction.SPI2_CLOCK };
    }
}
