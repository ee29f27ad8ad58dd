// SPDX-License-Identifier: MIT

namespace Lapel.Hal
{
    /// <summary>Everything a board gives the firmware.</summary>
    public interface IBoard
    {
        /// <summary>The board's name, as in BOARDS.md.</summary>
        string Name { get; }

        /// <summary>
        /// What the runtime was built for, as it names it itself (SystemInfo.TargetName): `ESP32_S3_OCTAL`; `virtual` when the board is
        /// simulated.
        /// </summary>
        string Target { get; }

        /// <summary>The runtime's version, four numbers (SystemInfo.Version); null when it is not known.</summary>
        string Runtime { get; }

        /// <summary>The board's two time lines.</summary>
        IClock Clock { get; }

        /// <summary>The camera module.</summary>
        ICameraModule Camera { get; }

        /// <summary>The removable card, present or not.</summary>
        ICard Card { get; }

        /// <summary>The buttons.</summary>
        IButtons Buttons { get; }

        /// <summary>Lights, vibration and tone.</summary>
        IIndicators Indicators { get; }

        /// <summary>The battery.</summary>
        IBattery Battery { get; }

        /// <summary>Raw randomness.</summary>
        IEntropy Entropy { get; }

        /// <summary>Native bulk operations.</summary>
        INatives Natives { get; }

        /// <summary>Storage inside the camera: keys, configuration, counters.</summary>
        IInternalStore Store { get; }

        /// <summary>The service port.</summary>
        ILink Link { get; }

        /// <summary>Resets a camera that hangs; null on a board without such a chip: there a call that never returns lasts.</summary>
        ISupervisor Supervisor { get; }

        /// <summary>Switches the camera off; null on a board whose power the firmware has no hand in.</summary>
        IPower Power { get; }

        /// <summary>Restarts the camera at once; does not return. Whoever calls it has brought everything to an end.</summary>
        void Restart();
    }
}
