// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using nanoFramework.Hardware.Esp32;

namespace Lapel.Hal.Virtual
{
    /// <summary>One SPI bus. Transfers cost bytes x 8 / clock and 10 us a call.</summary>
    public sealed class VirtualSpiBus
    {
        /// <summary>Most bytes of one transfer (max_transfer_sz of the runtime's bus).</summary>
        public const int MaxTransfer = 16384;

        /// <summary>Cost of one call besides its bits, microseconds.</summary>
        public const int CallUs = 10;

        private readonly VirtualMachine _machine;
        private readonly List<Seat> _seats = new();
        private readonly byte[] _silence = new byte[MaxTransfer];
        private readonly byte[] _heard = new byte[MaxTransfer];
        private readonly byte[] _answer = new byte[MaxTransfer];
        private int _clockHz;

        internal VirtualSpiBus(VirtualMachine machine, int busId)
        {
            _machine = machine;
            BusId = busId;
        }

        /// <summary>1 or 2, as in SpiConnectionSettings.</summary>
        public int BusId { get; }

        /// <summary>Calls of the native transfer so far.</summary>
        public long Transfers { get; private set; }

        /// <summary>Bytes clocked so far.</summary>
        public long Bytes { get; private set; }

        /// <summary>Puts a chip on the bus, selected when that pin is low.</summary>
        public void Attach(int chipSelectPin, ISpiChip chip)
        {
            var seat = new Seat(chipSelectPin, chip);
            _seats.Add(seat);
            chip.Attach(_machine);
            _machine.Pins[chipSelectPin].LevelChanged += pin => seat.Choose(pin.IsOutput && !pin.Level);
        }

        /// <summary>Opens a device: the bus pins must have been set; a second device inherits the clock of the first.</summary>
        internal void Open(int clockHz)
        {
            DeviceFunction mosi = BusId == 1 ? DeviceFunction.SPI1_MOSI : DeviceFunction.SPI2_MOSI;
            for (int n = 0; n < 3; n++)
            {
                if (_machine.Functions[mosi + n] < 0)
                {
                    throw new ArgumentException($"SPI{BusId}: {mosi + n} has no pin");
                }
            }

            if (_clockHz == 0)
            {
                _clockHz = clockHz;
            }
        }

        /// <summary>One native transfer. The chip select of the connection, when it has one, is driven around it.</summary>
        internal void Transfer(int chipSelectPin, ReadOnlySpan<byte> write, Span<byte> read)
        {
            int length = Math.Max(write.Length, read.Length);
            if (length > MaxTransfer)
            {
                throw new ArgumentException($"SPI transfer of {length} bytes, at most {MaxTransfer}");
            }

            Transfers++;
            Bytes += length;
            _machine.RunNative(CallUs + (length * 8_000_000L + _clockHz - 1) / _clockHz);
            if (chipSelectPin >= 0)
            {
                Drive(chipSelectPin, true);
            }

            ReadOnlySpan<byte> mosi = write.Length == length ? write : _silence.AsSpan(0, length);
            Span<byte> miso = _answer.AsSpan(0, length);
            miso.Fill(0xFF);
            foreach (Seat seat in _seats)
            {
                if (!seat.Selected)
                {
                    continue;
                }

                Span<byte> heard = _heard.AsSpan(0, length);
                seat.Chip.Transfer(mosi, heard, _clockHz);
                // Two chips selected at once pull against each other; the low one wins.
                for (int n = 0; n < length; n++)
                {
                    miso[n] &= heard[n];
                }
            }

            miso[..read.Length].CopyTo(read);
            if (chipSelectPin >= 0)
            {
                Drive(chipSelectPin, false);
            }
        }

        private void Drive(int chipSelectPin, bool selected)
        {
            foreach (Seat seat in _seats)
            {
                if (seat.ChipSelectPin == chipSelectPin)
                {
                    seat.Choose(selected);
                }
            }
        }

        private sealed class Seat
        {
            public Seat(int chipSelectPin, ISpiChip chip)
            {
                ChipSelectPin = chipSelectPin;
                Chip = chip;
            }

            public int ChipSelectPin { get; }

            public ISpiChip Chip { get; }

            public bool Selected { get; private set; }

            public void Choose(bool selected)
            {
                if (selected == Selected)
                {
                    return;
                }

                Selected = selected;
                if (selected)
                {
                    Chip.Select();
                }
                else
                {
                    Chip.Deselect();
                }
            }
        }
    }
}
