// SPDX-License-Identifier: MIT

using System;
using Lapel.Hal;

namespace Lapel.Service.Tests
{
    /// <summary>A link that takes everything at once and keeps it.</summary>
    public sealed class BenchLink : ILink
    {
        private byte[] _sent = new byte[65536];

        /// <summary>Bytes sent and not yet looked at.</summary>
        public int Count { get; private set; }

        public byte[] Sent
        {
            get { return _sent; }
        }

        public int Available
        {
            get { return 0; }
        }

        public int Room
        {
            get { return 128; }
        }

        public bool CanSend
        {
            get { return !IsSending; }
        }

        public bool IsSending { get; set; }

        public int Baud { get; private set; } = 115200;

        public bool RefusesBaud { get; set; }

        public void Clear()
        {
            Count = 0;
        }

        public int Read(byte[] buffer, int offset, int count)
        {
            return 0;
        }

        public void Write(byte[] buffer, int offset, int count)
        {
            if (Count + count > _sent.Length)
            {
                var larger = new byte[_sent.Length * 2 + count];
                Array.Copy(_sent, 0, larger, 0, Count);
                _sent = larger;
            }

            Array.Copy(buffer, offset, _sent, Count, count);
            Count += count;
        }

        public void Send(byte[] buffer, int offset, int count)
        {
            Write(buffer, offset, count);
        }

        public bool SetBaud(int baud)
        {
            if (RefusesBaud)
            {
                return false;
            }

            Baud = baud;
            return true;
        }
    }
}
