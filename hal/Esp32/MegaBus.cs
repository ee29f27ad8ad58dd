using System;
using System.Device.Gpio;
using System.Device.Spi;

namespace Lapel.Hal.Esp32
{
    /// <summary>
    /// Register and FIFO access to an ArduCAM Mega: mode 0, most significant bit first, chip select low around each access. Every call is
    /// one bus transfer (a burst: two); nothing is allocated.
    /// </summary>
    public sealed class MegaBus : IMegaBus
    {
        private const int WriteBit = 0x80;

        private readonly SpiDevice _spi;
        private readonly GpioPin _select;
        private readonly PinValue _low = PinValue.Low;
        private readonly PinValue _high = PinValue.High;

        // Fixed windows over fixed buffers: making a window for each access would cost more than the access.
        private readonly byte[] _write = new byte[2];
        private readonly byte[] _ask = new byte[3];
        private readonly byte[] _answer = new byte[3];
        private readonly SpanByte _writeWindow;
        private readonly SpanByte _askWindow;
        private readonly SpanByte _answerWindow;
        private readonly SpanByte _firstBurst;
        private readonly SpanByte _laterBurst;

        /// <summary>Access over an open bus device without chip select, and the pin that selects the module.</summary>
        public MegaBus(SpiDevice spi, GpioPin select)
        {
            _spi = spi;
            _select = select;
            _select.Write(_high);
            _writeWindow = new SpanByte(_write);
            _askWindow = new SpanByte(_ask);
            _answerWindow = new SpanByte(_answer);
            byte[] opcode = new byte[] { (byte)MegaRegister.BurstFifoRead, 0 };
            _firstBurst = new SpanByte(opcode, 0, 2);
            _laterBurst = new SpanByte(opcode, 0, 1);
        }

        /// <inheritdoc/>
        public void Write(int register, int value)
        {
            _write[0] = (byte)(register | WriteBit);
            _write[1] = (byte)value;
            _select.Write(_low);
            _spi.Write(_writeWindow);
            _select.Write(_high);
        }

        /// <inheritdoc/>
        public int Read(int register)
        {
            _ask[0] = (byte)register;
            _select.Write(_low);
            _spi.TransferFullDuplex(_askWindow, _answerWindow);
            _select.Write(_high);
            // The first two bytes are dummies.
            return _answer[2];
        }

        /// <inheritdoc/>
        public void Burst(bool first, byte[] page, int offset, int count)
        {
            _select.Write(_low);
            _spi.Write(first ? _firstBurst : _laterBurst);
            _spi.Read(new SpanByte(page, offset, count));
            _select.Write(_high);
        }
    }
}
