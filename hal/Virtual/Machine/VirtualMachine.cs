// SPDX-License-Identifier: MIT

using System;
using nanoFramework.Hardware.Esp32;

namespace Lapel.Hal.Virtual
{
    /// <summary>
    /// One simulated ESP32-S3 with what is soldered to it. The nanoFramework types in this assembly act on the machine that is
    /// current on their thread, so tests run side by side on threads of their own.
    /// </summary>
    public sealed class VirtualMachine
    {
        // A thread that does not give way keeps the processor for so long (c_TimeQuantum_Milliseconds of the runtime), microseconds.
        private const long QuantumUs = 20_000;

        [ThreadStatic]
        private static VirtualMachine? s_current;
        private int _nativeDepth;
        private long _quantumUs;

        /// <summary>A machine with nothing attached, at power-on.</summary>
        /// <param name="seed">Seed of everything random in it.</param>
        public VirtualMachine(int seed = 1)
        {
            Clock = new VirtualClock();
            Interrupts = new VirtualInterrupts(Clock);
            Threads = new VirtualThreads(this);
            Uart = new VirtualUart(Clock, seed);
            Pins = new VirtualPins(Interrupts);
            Functions = new VirtualPinFunctions();
            Spi = new VirtualSpi(this);
            Adc = new VirtualAdc();
            Entropy = new Random(seed);
            Flash = new VirtualFlash(this, new MemoryMedium());
            Clock.EventRun = DispatchInterrupts;
        }

        /// <summary>The machine of this thread.</summary>
        /// <exception cref="InvalidOperationException">None was entered on this thread.</exception>
        public static VirtualMachine Current
        {
            get => s_current ?? throw new InvalidOperationException("no virtual machine on this thread: call VirtualMachine.Enter first");
        }

        /// <summary>Time.</summary>
        public VirtualClock Clock { get; }

        /// <summary>GPIO pins.</summary>
        public VirtualPins Pins { get; }

        /// <summary>Which pin serves which function, as Configuration.SetPinFunction left it.</summary>
        public VirtualPinFunctions Functions { get; }

        /// <summary>SPI buses and the chips on them.</summary>
        public VirtualSpi Spi { get; }

        /// <summary>Analogue inputs.</summary>
        public VirtualAdc Adc { get; }

        /// <summary>The card socket and what is in it; null on a board without one.</summary>
        public VirtualCard? Card { get; set; }

        /// <summary>The internal flash drive I:.</summary>
        public VirtualFlash Flash { get; set; }

        /// <summary>What System.Random draws from: by the seed, unless the machine is to have secrets that nobody can draw again.</summary>
        public Random Entropy { get; set; }

        /// <summary>The UART of the service port.</summary>
        public VirtualUart Uart { get; }

        /// <summary>Managed threads beside the loop.</summary>
        internal VirtualThreads Threads { get; }

        /// <summary>Pending GPIO events.</summary>
        internal VirtualInterrupts Interrupts { get; }

        /// <summary>Makes this the machine of the calling thread until the result is disposed of.</summary>
        public IDisposable Enter()
        {
            VirtualMachine? before = s_current;
            s_current = this;
            return new Scope(before);
        }

        /// <summary>Does something to the board from outside, at once; the runtime gets to its interrupts as soon as it can.</summary>
        public void Apply(Action action)
        {
            action();
            DispatchInterrupts();
        }

        /// <summary>Cuts the power now: this throws, and so does everything the firmware still tries on this machine.</summary>
        /// <exception cref="PowerCutException">Always.</exception>
        public void CutPower(string where)
        {
            SwitchOff();
            throw new PowerCutException(where);
        }

        /// <summary>The power is off: everything the firmware still tries on this machine throws, and its threads end.</summary>
        public void SwitchOff() => SwitchOff(false);

        /// <summary>
        /// Cuts the power at a time, microseconds since power-on; of a write under way then, the sectors already paid for are on the card.
        /// </summary>
        public void CutPowerAt(long atUs) => Clock.At(atUs, () => CutPower($"at {atUs} us"));

        /// <summary>Restarts the chip: this throws, and so does everything the firmware still tries on this machine.</summary>
        /// <exception cref="RestartException">Always.</exception>
        internal void Restart()
        {
            SwitchOff(true);
            throw new RestartException();
        }

        /// <summary>What woke the chip, as the runtime tells: Undefined after power-on and after a restart.</summary>
        public Sleep.WakeupCause WakeupCause { get; set; }

        /// <summary>The pins whose low level wakes the chip out of deep sleep; set by the firmware before it sleeps.</summary>
        public Sleep.WakeupGpioPin WakeupPins { get; internal set; }

        /// <summary>Deep sleep: this throws, and so does everything the firmware still tries on this machine.</summary>
        /// <exception cref="DeepSleepException">Always.</exception>
        internal void StartDeepSleep()
        {
            Clock.StopAsleep();
            Threads.End();
            throw new DeepSleepException();
        }

        /// <summary>Resets the chip from outside: this throws, and so does everything the firmware still tries on this machine.</summary>
        /// <exception cref="RestartException">Always.</exception>
        internal void Reset()
        {
            SwitchOff(true, true);
            throw new RestartException(true);
        }

        private void SwitchOff(bool restarts, bool isReset = false)
        {
            Clock.Stop(restarts, isReset);
            Threads.End();
        }

        /// <summary>A native call that takes this long: every managed thread stands still, GPIO events wait until it returns.</summary>
        public void RunNative(long us)
        {
            _nativeDepth++;
            try
            {
                Clock.Advance(us);
            }
            finally
            {
                _nativeDepth--;
            }

            if (_nativeDepth > 0)
            {
                return;
            }

            // The loop goes on after a native call until it gives way, or until its share of time is over.
            if (Clock.NowUs - _quantumUs >= QuantumUs)
            {
                DispatchInterrupts();
            }
            else
            {
                Threads.Dispatch();
            }
        }

        private void DispatchInterrupts()
        {
            if (_nativeDepth > 0)
            {
                return;
            }

            _quantumUs = Clock.NowUs;
            Interrupts.Dispatch();
            Threads.Dispatch();
        }

        private sealed class Scope : IDisposable
        {
            private readonly VirtualMachine? _before;

            public Scope(VirtualMachine? before) => _before = before;

            public void Dispose() => s_current = _before;
        }
    }
}
