// SPDX-License-Identifier: MIT

namespace Lapel.Hal.Virtual
{
    /// <summary>
    /// A machine with a camera module, a card, buttons, indicators and a battery. Enter the machine, then open the board's own class
    /// over it. The parts outlive that class: opening it again on new parts over the same media is a reboot.
    /// </summary>
    public sealed class VirtualBoardParts
    {
        /// <summary>Puts a board together.</summary>
        /// <param name="wiring">Its wiring.</param>
        /// <param name="scene">What the camera sees.</param>
        /// <param name="card">What the card holds.</param>
        /// <param name="flash">What the internal flash holds.</param>
        /// <param name="seed">Seed of everything random: entropy, padding, card times, bounces.</param>
        public VirtualBoardParts(VirtualBoardWiring wiring, IScene scene, IMedium card, IMedium flash, int seed = 1)
        {
            Machine = new VirtualMachine(seed);
            Sensor = new MegaChip(scene, seed + 1);
            Machine.Spi[wiring.CameraBus].Attach(wiring.CameraSelect, Sensor);
            Card = new VirtualCard(Machine, card, wiring.CardDetect, false, seed + 2);
            Machine.Card = Card;
            Flash = new VirtualFlash(Machine, flash);
            Machine.Flash = Flash;
            RecordButton = new VirtualButton(Machine, wiring.RecordButton, seed + 3);
            EventButton = new VirtualButton(Machine, wiring.EventButton, seed + 4);
            Indicators = new IndicatorWatch(Machine, wiring);
            Battery = new VirtualBattery(Machine, wiring);
            Supervisor = wiring.Watchdog < 0 ? null : new VirtualSupervisor(Machine, wiring.Watchdog);
        }

        /// <summary>The microcontroller.</summary>
        public VirtualMachine Machine { get; }

        /// <summary>Time.</summary>
        public VirtualClock Clock => Machine.Clock;

        /// <summary>The camera module.</summary>
        public MegaChip Sensor { get; }

        /// <summary>The card.</summary>
        public VirtualCard Card { get; }

        /// <summary>The internal flash.</summary>
        public VirtualFlash Flash { get; }

        /// <summary>The record button.</summary>
        public VirtualButton RecordButton { get; }

        /// <summary>The event button.</summary>
        public VirtualButton EventButton { get; }

        /// <summary>What the officer sees, feels and hears.</summary>
        public IndicatorWatch Indicators { get; }

        /// <summary>The watchdog; null on a board without one.</summary>
        public VirtualSupervisor? Supervisor { get; }

        /// <summary>The battery.</summary>
        public VirtualBattery Battery { get; }
    }
}
