// SPDX-License-Identifier: MIT

using System.Device.Adc;
using System.Device.Gpio;
using System.Device.Spi;
using System.Threading;
using nanoFramework.Hardware.Esp32;
using nanoFramework.Runtime.Native;
using nanoFramework.System.IO.FileSystem;

namespace Lapel.Hal.Esp32
{
    /// <summary>
    /// The reference board: ESP32-S3 with octal PSRAM, ArduCAM Mega, card, two buttons, two lights, motor, sounder, battery.
    /// </summary>
    public sealed class ReferenceBoard : IBoard
    {
        private const int RestartPauseMs = 10000;

        // What a simulated runtime answers.
        private const string UnknownVersion = "0.0.0.0";

        /// <summary>Opens every pin and bus.</summary>
        /// <remarks>The camera is begun and the card mounted by whoever uses them.</remarks>
        public ReferenceBoard()
        {
            GpioController gpio = new GpioController();

            // Clock and natives first: the parts below take their time and their CRC from them.
            Clock = new Esp32Clock();
            Natives = new DeviceNatives();
            Entropy = new RandomEntropy();
            Store = new FlashStore(Natives);
            Supervisor = new GpioSupervisor(gpio, BoardPins.Watchdog);
            Power = new DeepSleepPower();
            Buttons = new GpioButtons(gpio, BoardPins.RecordButton, BoardPins.EventButton);
            Indicators = new GpioIndicators(gpio, BoardPins.Red, BoardPins.Green, BoardPins.Vibration, BoardPins.Tone);
            Battery = new AdcBattery(new AdcController().OpenChannel(BoardPins.BatteryChannel));
            Camera = new MegaCamera(OpenCameraBus(gpio));
            Link = OpenLink();
            Card = new SdCard(BoardPins.CardOnSpi ? OpenSpiSocket() : OpenMmcSocket());
        }

        /// <inheritdoc/>
        public string Name
        {
            get { return "S3-REF-1"; }
        }

        /// <inheritdoc/>
        public string Target
        {
            get { return SystemInfo.TargetName; }
        }

        /// <inheritdoc/>
        public string Runtime
        {
            get
            {
                string version = SystemInfo.Version.ToString();
                return version == UnknownVersion ? null : version;
            }
        }

        /// <inheritdoc/>
        public IClock Clock { get; }

        /// <inheritdoc/>
        public ICameraModule Camera { get; }

        /// <inheritdoc/>
        public ICard Card { get; }

        /// <inheritdoc/>
        public IButtons Buttons { get; }

        /// <inheritdoc/>
        public IIndicators Indicators { get; }

        /// <inheritdoc/>
        public IBattery Battery { get; }

        /// <inheritdoc/>
        public IEntropy Entropy { get; }

        /// <inheritdoc/>
        public INatives Natives { get; }

        /// <inheritdoc/>
        public IInternalStore Store { get; }

        /// <inheritdoc/>
        public ILink Link { get; }

        /// <inheritdoc/>
        public ISupervisor Supervisor { get; }

        /// <inheritdoc/>
        public IPower Power { get; }

        /// <inheritdoc/>
        public void Restart()
        {
            nanoFramework.Runtime.Native.Power.RebootDevice();
        }

        /// <summary>The board could not be opened: restarts after a pause, so that nothing wears out in a circle.</summary>
        public static void RestartLater()
        {
            Thread.Sleep(RestartPauseMs);
            nanoFramework.Runtime.Native.Power.RebootDevice();
        }

        private static SerialLink OpenLink()
        {
            // Before the port is made: the runtime opens a port on the pins that are set by then.
            Configuration.SetPinFunction(BoardPins.LinkTransmit, DeviceFunction.COM2_TX);
            Configuration.SetPinFunction(BoardPins.LinkReceive, DeviceFunction.COM2_RX);
            return new SerialLink(BoardPins.LinkPort);
        }

        private static MegaBus OpenCameraBus(GpioController gpio)
        {
            // Selected by our own pin, see BoardPins.CameraSelect.
            GpioPin select = gpio.OpenPin(BoardPins.CameraSelect, PinMode.Output);

            // Deselected before the bus is opened: the module must not take the first clocks for a command.
            select.Write(PinValue.High);
            Configuration.SetPinFunction(BoardPins.CameraMosi, DeviceFunction.SPI1_MOSI);
            Configuration.SetPinFunction(BoardPins.CameraMiso, DeviceFunction.SPI1_MISO);
            Configuration.SetPinFunction(BoardPins.CameraClock, DeviceFunction.SPI1_CLOCK);
            SpiConnectionSettings settings = new SpiConnectionSettings(BoardPins.CameraBus, BoardPins.CameraBusSelect);
            settings.ClockFrequency = BoardPins.CameraHertz;
            settings.Mode = SpiMode.Mode0;
            settings.DataFlow = DataFlow.MsbFirst;
            return new MegaBus(SpiDevice.Create(settings), select);
        }

        private static SDCard OpenMmcSocket()
        {
            Configuration.SetPinFunction(BoardPins.CardClock, DeviceFunction.SDMMC1_CLOCK);
            Configuration.SetPinFunction(BoardPins.CardCommand, DeviceFunction.SDMMC1_COMMAND);
            Configuration.SetPinFunction(BoardPins.CardData0, DeviceFunction.SDMMC1_D0);
            SDCardMmcParameters parameters = new SDCardMmcParameters();

            // One bit: the same wires as in SPI mode, so that one board serves both; a recording needs 0.4 MB/s at most.
            parameters.dataWidth = SDCard.SDDataWidth._1_bit;
            return new SDCard(parameters, Detect());
        }

        private static SDCard OpenSpiSocket()
        {
            Configuration.SetPinFunction(BoardPins.CardCommand, DeviceFunction.SPI2_MOSI);
            Configuration.SetPinFunction(BoardPins.CardData0, DeviceFunction.SPI2_MISO);
            Configuration.SetPinFunction(BoardPins.CardClock, DeviceFunction.SPI2_CLOCK);
            SDCardSpiParameters parameters = new SDCardSpiParameters();
            parameters.spiBus = BoardPins.CardBus;
            parameters.chipSelectPin = BoardPins.CardData3;
            return new SDCard(parameters, Detect());
        }

        private static CardDetectParameters Detect()
        {
            CardDetectParameters detect = new CardDetectParameters();
            detect.enableCardDetectPin = true;
            detect.cardDetectPin = BoardPins.CardDetect;

            // Low with a card in: the switch closes to ground.
            detect.cardDetectedState = false;
            // Mounting takes 0.1 s and belongs to the loop, not to an event.
            detect.autoMount = false;
            return detect;
        }
    }
}
