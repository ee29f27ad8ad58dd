// SPDX-License-Identifier: MIT

using System;
using System.IO.Ports;
using System.Threading;

namespace Lapel.Hal.Esp32
{
    /// <summary>Waits for long writes in the loop's stead.</summary>
    /// <remarks>
    /// The native Write makes its thread wait until the last byte is in the UART; other threads run meanwhile, and the loop reads the card
    /// for the next block. This thread does nothing else. It takes a second buffer while it sends the first, so that the line does not
    /// wait for a loop that takes a picture from the sensor.
    /// The native task reads the managed array where it lies, so the collector must not move it: it compacts only when
    /// an allocation fails, and whoever sends allocates its buffers at boot and nothing while it sends.
    /// </remarks>
    public sealed class LinkSender
    {
        private readonly SerialPort _port;
        private readonly AutoResetEvent _work = new AutoResetEvent(false);

        // The one thread that the firmware starts. It touches nothing but the buffers that it was given, so the loop stays the only place
        // where state changes.
        private Thread _thread;

        // Two, in turn: the loop gives the next one while the thread sends the other, and each side writes a piece's flag only when it is
        // its turn.
        private Piece _next = new Piece();
        private Piece _sending;

        /// <summary>A sender on an open port.</summary>
        public LinkSender(SerialPort port)
        {
            _port = port;
            _sending = _next;
            _next.Other = new Piece { Other = _next };
        }

        /// <summary>Whether a buffer is still being read.</summary>
        public bool IsBusy
        {
            get { return !_next.IsFree || !_next.Other.IsFree; }
        }

        /// <summary>Whether another is taken: at most one is being read.</summary>
        public bool CanBegin
        {
            get { return _next.IsFree; }
        }

        /// <summary>Whether a send threw: bytes are missing on the line. Cleared by who has looked.</summary>
        public bool HasFailed { get; set; }

        /// <summary>Begins to send, or sends behind what is under way; only when it can.</summary>
        /// <param name="buffer">Source; it must stay as it is until it was sent.</param>
        /// <param name="offset">First byte in it.</param>
        /// <param name="count">Bytes, 1 to 65,535.</param>
        public void Begin(byte[] buffer, int offset, int count)
        {
            if (_thread == null)
            {
                _thread = new Thread(Run);
                _thread.Start();
            }

            Piece piece = _next;
            _next = piece.Other;
            piece.Buffer = buffer;
            piece.Offset = offset;
            piece.Count = count;

            // Last, and before the event: the thread could be done, and clear it, before the loop sets it.
            piece.IsFree = false;
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
                catch (Exception) when (!_sending.IsFree)
                {
                    // It must not end the thread: nothing would ever be sent again, and nobody would know. The loop is told.
                    HasFailed = true;
                    Sent();
                }
            }
        }

        private void SendForEver()
        {
            while (true)
            {
                if (_sending.IsFree)
                {
                    // An event of a piece that was sent already wakes it once for nothing.
                    _work.WaitOne();
                }
                else
                {
                    _port.Write(_sending.Buffer, _sending.Offset, _sending.Count);
                    Sent();
                }
            }
        }

        private void Sent()
        {
            Piece sent = _sending;
            _sending = sent.Other;

            // Last: from here on the loop may give the next one.
            sent.IsFree = true;
        }

        private sealed class Piece
        {
            public byte[] Buffer;
            public int Offset;
            public int Count;
            public bool IsFree = true;
            public Piece Other;
        }
    }
}
