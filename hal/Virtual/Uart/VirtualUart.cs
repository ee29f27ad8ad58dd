// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;

namespace Lapel.Hal.Virtual
{
    /// <summary>
    /// The UART of the service port and the native driver around it. Bytes take 10 bits each in virtual time, both ways. What comes in
    /// while the driver's buffer is full is dropped: the runtime's ring stores what fits and drops the rest (HAL_RingBuffer.Push).
    /// </summary>
    public sealed class VirtualUart
    {
        /// <summary>Bytes that the transmitter takes at once (SOC_UART_FIFO_LEN of the ESP32-S3).</summary>
        public const int FifoBytes = 128;

        private readonly VirtualClock _clock;
        private readonly Random _noise;
        private readonly Queue<byte> _received = new();
        private int _capacity;
        private long _sentAtNs;
        private VirtualCable? _cable;

        internal VirtualUart(VirtualClock clock, int seed)
        {
            _clock = clock;
            _noise = new Random(seed);
        }

        /// <summary>Whether the firmware has opened the port.</summary>
        public bool IsOpen { get; private set; }

        /// <summary>Bits a second.</summary>
        public int Baud { get; private set; } = 115200;

        /// <summary>Bytes that found no room since power-on.</summary>
        public long Dropped { get; private set; }

        /// <summary>Bytes sent since power-on.</summary>
        public long Sent { get; private set; }

        /// <summary>Bytes in the driver's buffer.</summary>
        internal int Received
        {
            get
            {
                _cable?.DeliverToDevice(NowNs);
                return _received.Count;
            }
        }

        /// <summary>Bytes of the last write that the transmitter has no room for yet.</summary>
        internal int Untaken => (int)Math.Max(0, (_sentAtNs - NowNs + ByteNs - 1) / ByteNs - FifoBytes);

        /// <summary>When the transmitter will have taken the last byte, microseconds.</summary>
        internal long TakenAtUs => (_sentAtNs - FifoBytes * ByteNs + 999) / 1000;

        internal long ByteNs => VirtualCable.BitsPerByte * 1_000_000_000L / Baud;

        private long NowNs => _clock.NowUs * 1000;

        /// <summary>Puts the cable into the port.</summary>
        public void Attach(VirtualCable cable)
        {
            _cable = cable;
            cable.Attach(this, _clock);
        }

        internal void Open(int capacity, int baud)
        {
            _capacity = capacity;
            Baud = baud;
            IsOpen = true;
        }

        internal void Close() => IsOpen = false;

        internal void Configure(int baud)
        {
            _cable?.DeliverToDevice(NowNs);
            _cable?.RateChanges(NowNs);
            Baud = baud;
        }

        internal int Take(Span<byte> buffer)
        {
            for (int n = 0; n < buffer.Length; n++)
            {
                buffer[n] = _received.Dequeue();
            }

            return buffer.Length;
        }

        internal void Transmit(ReadOnlySpan<byte> bytes)
        {
            long fromNs = Math.Max(_sentAtNs, NowNs);
            _cable?.FromDevice(bytes, fromNs, ByteNs);
            _sentAtNs = fromNs + bytes.Length * ByteNs;
            Sent += bytes.Length;
        }

        /// <summary>Bytes arrive, sent at a rate.</summary>
        internal void Arrive(ReadOnlySpan<byte> bytes, int baud)
        {
            if (!IsOpen)
            {
                return;
            }

            bool garbled = VirtualCable.Garbles(baud, Baud);
            foreach (byte b in bytes)
            {
                if (_received.Count >= _capacity)
                {
                    Dropped++;
                }
                else
                {
                    _received.Enqueue(garbled ? (byte)_noise.Next(256) : b);
                }
            }
        }
    }
}
