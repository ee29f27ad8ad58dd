// SPDX-License-Identifier: MIT

using Lapel.Hal.Esp32;
using Lapel.Hal.Virtual;

namespace Lapel.VirtualCamera
{
    /// <summary>The reference board's parts wired as BoardPins says.</summary>
    public static class ReferenceWiring
    {
        /// <summary>The wiring.</summary>
        public static VirtualBoardWiring Make() =>
            new VirtualBoardWiring
            {
                CameraBus = BoardPins.CameraBus,
                CameraSelect = BoardPins.CameraSelect,
                RecordButton = BoardPins.RecordButton,
                EventButton = BoardPins.EventButton,
                Red = BoardPins.Red,
                Green = BoardPins.Green,
                Vibration = BoardPins.Vibration,
                Tone = BoardPins.Tone,
                CardDetect = BoardPins.CardDetect,
                Watchdog = BoardPins.Watchdog,
                BatteryChannel = BoardPins.BatteryChannel,
                BatteryFullScaleMillivolts =
                    BoardPins.AdcFullScaleMillivolts
                    * (BoardPins.BatteryUpperKilohms + BoardPins.BatteryLowerKilohms)
                    / BoardPins.BatteryLowerKilohms,
            };
    }
}
