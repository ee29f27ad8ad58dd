// SPDX-License-Identifier: MIT

namespace Lapel.Hal.Esp32
{
    /// <summary>Pins, buses and rates of the reference board (BOARDS.md has the wiring table).</summary>
    /// <remarks>
    /// Taken on an ESP32-S3 with octal PSRAM and not to be used: 26 to 32 (flash), 33 to 37 (octal PSRAM), 19 and 20 (USB), 0, 3, 45 and 46
    /// (strapping), 43 and 44 (UART0, the debugger).
    /// </remarks>
    public static class BoardPins
    {
        /// <summary>SPI bus of the camera: the runtime's SPI1 is SPI2 of the chip.</summary>
        public const int CameraBus = 1;

        /// <summary>Camera clock: the IO_MUX pin of SPI2, so that the edges stay sharp at 8 MHz.</summary>
        public const int CameraClock = 12;

        /// <summary>To the camera: IO_MUX pin of SPI2.</summary>
        public const int CameraMosi = 11;

        /// <summary>From the camera: IO_MUX pin of SPI2.</summary>
        public const int CameraMiso = 13;

        /// <summary>
        /// Camera chip select, driven by the driver and not by the bus: the opcode and the data of a burst are two transfers that must
        /// share one selection.
        /// </summary>
        public const int CameraSelect = 10;

        /// <summary>Chip select handed to the bus: none (-1), see <see cref="CameraSelect"/>.</summary>
        public const int CameraBusSelect = -1;

        /// <summary>Camera clock, hertz.</summary>
        /// <remarks>The vendor's examples run 8 and 12 MHz; 8 MHz is what is recommended.</remarks>
        public const int CameraHertz = 8000000;

        /// <summary>Most bytes of one burst: the runtime creates its buses with max_transfer_sz 16,384.</summary>
        public const int CameraBurst = 16384;

        /// <summary>Whether the card hangs on SPI2 instead of SDMMC. The same four wires serve both.</summary>
        public static readonly bool CardOnSpi = false;

        /// <summary>Card clock (SDMMC CLK, SPI SCLK): SDMMC goes through the GPIO matrix on the S3, any pin does.</summary>
        public const int CardClock = 39;

        /// <summary>Card command (SDMMC CMD, SPI MOSI).</summary>
        public const int CardCommand = 38;

        /// <summary>Card data 0 (SDMMC D0, SPI MISO).</summary>
        public const int CardData0 = 40;

        /// <summary>Card data 3 (pull-up in one-bit SDMMC, SPI chip select).</summary>
        public const int CardData3 = 42;

        /// <summary>Card detect switch: closes to ground with a card in.</summary>
        public const int CardDetect = 41;

        /// <summary>SPI bus of the card when it is wired so: not the camera's, whose clock it would inherit.</summary>
        public const int CardBus = 2;

        /// <summary>Record button to ground: an RTC pin, so that it can wake the chip.</summary>
        public const int RecordButton = 4;

        /// <summary>Event button to ground: an RTC pin.</summary>
        public const int EventButton = 5;

        /// <summary>Red light, active high.</summary>
        public const int Red = 6;

        /// <summary>Green light, active high.</summary>
        public const int Green = 7;

        /// <summary>Vibration motor, through a transistor.</summary>
        public const int Vibration = 15;

        /// <summary>Sounder with its own oscillator, through a transistor.</summary>
        public const int Tone = 16;

        /// <summary>
        /// Watchdog: WDI, and SET1 through a delay. One pin for both, of the few that are free; it floats in reset and in deep sleep.
        /// </summary>
        public const int Watchdog = 21;

        /// <summary>Service port: COM1 is UART0, the debugger.</summary>
        public const string LinkPort = "COM2";

        /// <summary>Service port, to the USB-UART bridge.</summary>
        public const int LinkTransmit = 17;

        /// <summary>Service port, from the USB-UART bridge.</summary>
        public const int LinkReceive = 18;

        /// <summary>
        /// Bytes kept of what comes in while the loop is busy: a card stall of 0.5 s at 115,200 baud brings 5,760. Beyond it the runtime
        /// drops what comes.
        /// </summary>
        public const int LinkBuffer = 8192;

        /// <summary>Whether long sends wait on a thread of their own, so that the card is read meanwhile.</summary>
        /// <remarks>False: the loop stands still for as long as the bytes take on the line.</remarks>
        public static readonly bool LinkSendsBehind = true;

        /// <summary>ADC channel of the battery: 0 is ADC1 on GPIO 1; ADC2 is unusable beside a radio.</summary>
        public const int BatteryChannel = 0;

        /// <summary>Highest raw count: 12 bits.</summary>
        public const int AdcHighest = 4095;

        /// <summary>Millivolts at the pin for the highest count, at the 12 dB attenuation that the runtime sets.</summary>
        public const int AdcFullScaleMillivolts = 3100;

        /// <summary>Battery divider, kilohms from the battery to the pin.</summary>
        public const int BatteryUpperKilohms = 100;

        /// <summary>Battery divider, kilohms from the pin to ground.</summary>
        public const int BatteryLowerKilohms = 100;

        /// <summary>Samples averaged in a battery reading: the S3's ADC scatters by about 10 counts.</summary>
        public const int BatterySamples = 8;
    }
}
