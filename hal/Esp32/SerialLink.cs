// SPDX-License-Identifier: MIT

using System;
using System.IO.Ports;
using System.Threading;
using nanoFramework.Hardware.Esp32;

namespace Lapel.Hal.Esp32
{
    /// <summary>The service port over the runtime's SerialPort.</summary>
    /// <remarks>
    /// The runtime has no transmit buffer and does not say how full the 128 bytes of the UART are: this class knows from the time, since
    /// nobody else writes there.
    /// </remarks>
    public sealed class SerialLink : ILink
    {
        /// <summary>Bytes that the UART takes at once (SOC_UART_FIFO_LEN of the ESP32-S3).</summary>
        public const int FifoBytes = 128;

        /// <summary>Rate after power-on.</summary>
        public const int DefaultBaud = 115200;

        // 8 data bits, one start and one stop bit.
        private const int BitsPerByte = 10;

        // The byte in the shift register, and the one that a rounded time may hide.
        private const int ShiftBytes = 2;

        // From the 80 MHz of the UART's clock, each within 0.2 % by its fractional divider.
        private static readonly int[] Rates = { 115200, 230400, 460800, 921600, 1000000, 1500000, 2000000, 3000000 };

        private readonly SerialPort _port;

        // Its thread is begun with the first long send: a camera that never docks has one thread less.
        private readonly LinkSender _sender;
        private long _emptyAtUs;

        /// <summary>Opens a port whose pins have been set.</summary>
        /// <param name="name">COM2 or COM3.</param>
        public SerialLink(string name)
        {
            _port = new SerialPort(name, DefaultBaud);
            _port.ReadBufferSize = BoardPins.LinkBuffer;

            // Nobody listens to the event, and each one would be an allocation.
            _port.ReceivedBytesThreshold = int.MaxValue;
            _port.Open();
            _sender = new LinkSender(_port);
        }

        /// <inheritdoc/>
        public int Available
        {
            get { return _port.BytesToRead; }
        }

        /// <inheritdoc/>
        public int Read(byte[] buffer, int offset, int count)
        {
            // The native code waits for as many as it is asked for.
            int available = _port.BytesToRead;
            if (available < count)
            {
                count = available;
            }

            return count == 0 ? 0 : _port.Read(buffer, offset, count);
        }

        /// <inheritdoc/>
        public int Room
        {
            get
            {
                if (_sender.IsBusy)
                {
                    return 0;
                }

                long waitingUs = _emptyAtUs - NowUs;

                // From the time since the last write: the runtime does not tell, and nobody else writes to this UART.
                return waitingUs <= 0 ? FifoBytes : FifoBytes - Bytes(waitingUs);
            }
        }

        /// <inheritdoc/>
        public void Write(byte[] buffer, int offset, int count)
        {
            // Two writers at once would mix their bytes; the wait is bounded by two frames.
            AwaitSender();
            if (_sender.HasFailed)
            {
                _sender.HasFailed = false;
                throw new InvalidOperationException("a send failed");
            }

            _port.Write(buffer, offset, count);
            Sent(count);
        }

        /// <inheritdoc/>
        public void Send(byte[] buffer, int offset, int count)
        {
            if (!_sender.CanBegin)
            {
                return;
            }

            // Not behind a send: the write would wait for its end.
            if (!BoardPins.LinkSendsBehind || (count <= FifoBytes && !_sender.IsBusy))
            {
                Write(buffer, offset, count);
                return;
            }

            // Counted before the sender begins: it may have sent the first bytes by the time it is counted otherwise.
            Sent(count);
            _sender.Begin(buffer, offset, count);
        }

        /// <inheritdoc/>
        public bool CanSend
        {
            get { return _sender.CanBegin; }
        }

        /// <inheritdoc/>
        public bool IsSending
        {
            get { return _sender.IsBusy; }
        }

        /// <inheritdoc/>
        public int Baud
        {
            get { return _port.BaudRate; }
        }

        /// <inheritdoc/>
        public bool SetBaud(int baud)
        {
            if (!IsRate(baud))
            {
                return false;
            }

            AwaitSender();

            // The native code changes the rate at once, under the bytes that are still in the transmitter.
            while (NowUs < _emptyAtUs + ShiftBytes * ByteNs / 1000)
            {
                Thread.Sleep(1);
            }

            _port.BaudRate = baud;
            return true;
        }

        private static bool IsRate(int baud)
        {
            for (int i = 0; i < Rates.Length; i++)
            {
                if (Rates[i] == baud)
                {
                    return true;
                }
            }

            return false;
        }

        private static long NowUs
        {
            get { return (long)HighResTimer.GetCurrent(); }
        }

        private long ByteNs
        {
            get { return BitsPerByte * 1000000000L / _port.BaudRate; }
        }

        private int Bytes(long us)
        {
            // Rounded up: a byte of room too few waits a moment, one too many makes the loop stand still.
            long bytes = us * 1000 / ByteNs + 1;
            return bytes > FifoBytes ? FifoBytes : (int)bytes;
        }

        private void Sent(int count)
        {
            long now = NowUs;
            if (_emptyAtUs < now)
            {
                _emptyAtUs = now;
            }

            // Added up behind what is still waiting, with a microsecond for the division: the estimate may only be late.
            _emptyAtUs += count * ByteNs / 1000 + 1;
        }

        private void AwaitSender()
        {
            while (_sender.IsBusy)
            {
                Thread.Sleep(1);
            }
        }
    }
}
