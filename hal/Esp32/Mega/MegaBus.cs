// SPDX-License-Identifier: MIT

using System;
using System.Device.Gpio;
using System.Device.Spi;

namespace Lapel.Hal.Esp32
{
    /// <summary>
    /// Register and FIFO access to an ArduCAM Mega: mode 0, most significant bit first, chip select low around each access.
    /// </summary>
    /// <remarks>
    /// Every call is one bus transfer (a burst: two). The windows are made for each access: the core library's SpanByte is a ref struct,
    /// which no field can hold.
    /// </remarks>
    public sealed class MegaBus : IMegaBus
    {
        private const int WriteBit = 0x80;

        // The opcode; before the first byte of a picture the module puts out a dummy.
        private const int FirstBurstBytes = 2;
        private const int LaterBurstBytes = 1;

        private readonly SpiDevice _spi;
        private readonly GpioPin _select;
        private readonly PinValue _low = PinValue.Low;
        private readonly PinValue _high = PinValue.High;

        // One array for each shape of access, taken once: a register is read several times a picture.
        private readonly byte[] _write = new byte[2];
        private readonly byte[] _ask = new byte[3];
        private readonly byte[] _answer = new byte[3];
        private readonly byte[] _burst = new byte[] { (byte)MegaRegister.BurstFifoRead, 0 };

        /// <summary>Access over an open bus device without chip select, and the pin that selects the module.</summary>
        /// <param name="spi">Mode 0, most significant bit first, at most <see cref="BoardPins.CameraHertz"/>.</param>
        /// <param name="select">An output; low selects. Left high between accesses.</param>
        public MegaBus(SpiDevice spi, GpioPin select)
        {
            _spi = spi;
            _select = select;
            _select.Write(_high);
        }

        /// <inheritdoc/>
        public void Write(int register, int value)
        {
            _write[0] = (byte)(register | WriteBit);
            _write[1] = (byte)value;
            _select.Write(_low);
            _spi.Write(new SpanByte(_write));
            _select.Write(_high);
        }

        /// <inheritdoc/>
        public int Read(int register)
        {
            _ask[0] = (byte)register;
            _select.Write(_low);
            _spi.TransferFullDuplex(new SpanByte(_ask), new SpanByte(_answer));
            _select.Write(_high);
            // The first two bytes are dummies.
            return _answer[2];
        }

        /// <inheritdoc/>
        public void Burst(bool first, byte[] page, int offset, int count)
        {
            _select.Write(_low);
            _spi.Write(new SpanByte(_burst, 0, first ? FirstBurstBytes : LaterBurstBytes));
            _spi.Read(new SpanByte(page, offset, count));
            _select.Write(_high);
        }
    }
}
