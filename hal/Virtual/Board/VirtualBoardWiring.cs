// SPDX-License-Identifier: MIT

namespace Lapel.Hal.Virtual
{
    /// <summary>How the parts are wired to the microcontroller. Whoever composes a board takes these from its own table of pins.</summary>
    public sealed class VirtualBoardWiring
    {
        /// <summary>SPI bus of the camera module.</summary>
        public required int CameraBus { get; init; }

        /// <summary>GPIO of its chip select.</summary>
        public required int CameraSelect { get; init; }

        /// <summary>GPIO of the record button, to ground.</summary>
        public required int RecordButton { get; init; }

        /// <summary>GPIO of the event button, to ground.</summary>
        public required int EventButton { get; init; }

        /// <summary>GPIO of the red light.</summary>
        public required int Red { get; init; }

        /// <summary>GPIO of the green light.</summary>
        public required int Green { get; init; }

        /// <summary>GPIO of the vibration motor.</summary>
        public required int Vibration { get; init; }

        /// <summary>GPIO of the sounder.</summary>
        public required int Tone { get; init; }

        /// <summary>GPIO of the card's detect switch, low with a card in; -1 for none.</summary>
        public required int CardDetect { get; init; }

        /// <summary>GPIO of the supervisor's inputs; -1 for none.</summary>
        public required int Watchdog { get; init; }

        /// <summary>ADC channel of the battery.</summary>
        public required int BatteryChannel { get; init; }

        /// <summary>Battery millivolts at the ADC's highest count.</summary>
        public required int BatteryFullScaleMillivolts { get; init; }
    }
}
