// SPDX-License-Identifier: MIT

using System;
using System.IO.Ports;
using System.Threading;

namespace Lapel.Hal.Esp32
{
    /// <summary>Waits for long writes in the loop's stead.</summary>
    /// <remarks>
    /// The native Write makes its thread wait until the last byte is in the UART; other threads run meanwhile, and the loop reads the card
    /// for the next block. This thread does nothing else: it shares the one buffer that it was given, and each side writes the flag only
    /// when it is its turn. The native task reads the managed array where it lies, so the collector must not move it: it compacts only when
    /// an allocation fails, and whoever sends allocates its buffers at boot and nothing while it sends.
    /// </remarks>
    public sealed class LinkSender
    {
        private readonly SerialPort _port;
        private readonly AutoResetEvent _work = new AutoResetEvent(false);

        // The one thread that the firmware starts. It touches nothing but the buffer that it was given, so the loop stays the only place
        // where state changes.
        private Thread _thread;
        private byte[] _buffer;
        private int _offset;
        private int _count;

        /// <summary>A sender on an open port.</summary>
        public LinkSender(SerialPort port)
        {
            _port = port;
        }

        /// <summary>Whether the buffer is still being read.</summary>
        public bool IsBusy { get; private set; }

        /// <summary>Whether a send threw: bytes are missing on the line. Cleared by who has looked.</summary>
        public bool HasFailed { get; set; }

        /// <summary>Begins to send; only when not busy.</summary>
        /// <param name="buffer">Source; it must stay as it is until <see cref="IsBusy"/> is false.</param>
        /// <param name="offset">First byte in it.</param>
        /// <param name="count">Bytes, 1 to 65,535.</param>
        public void Begin(byte[] buffer, int offset, int count)
        {
            if (_thread == null)
            {
                _thread = new Thread(Run);
                _thread.Start();
            }

            _buffer = buffer;
            _offset = offset;
            _count = count;

            // Before the event: the thread could be done, and clear it, before the loop sets it.
            IsBusy = true;
            _work.Set();
        }

        private void Run()
        {
            while (true)
            {
                try
                {
                    SendForEver();
                }
                catch (Exception) when (IsBusy)
                {
                    // It must not end the thread: nothing would ever be sent again, and nobody would know. The loop is told.
                    HasFailed = true;
                    IsBusy = false;
                }
            }
        }

        private void SendForEver()
        {
            while (true)
            {
                _work.WaitOne();
                _port.Write(_buffer, _offset, _count);

                // Last: from here on the loop may give the next one.
                IsBusy = false;
            }
        }
    }
}
