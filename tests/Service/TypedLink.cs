// SPDX-License-Identifier: MIT

using System;
using System.Text;
using Lapel.Hal;

namespace Lapel.Service.Tests
{
    /// <summary>A link at whose other end somebody types, and which keeps what is answered.</summary>
    public sealed class TypedLink : ILink
    {
        private readonly byte[] _typed = new byte[4096];
        private readonly byte[] _answered = new byte[65536];
        private int _begin;
        private int _end;
        private int _count;

        public int Available
        {
            get { return _end - _begin; }
        }

        /// <summary>Whether the transmitter takes nothing.</summary>
        public bool IsFull { get; set; }

        /// <summary>Bytes answered and not yet looked at.</summary>
        public int Answered
        {
            get { return _count; }
        }

        public int Room
        {
            get { return IsFull ? 0 : 128; }
        }

        public bool CanSend
        {
            get { return true; }
        }

        public bool IsSending
        {
            get { return false; }
        }

        public int Baud
        {
            get { return 115200; }
        }

        public void Type(string text)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            _begin = 0;
            _end = bytes.Length;
            Array.Copy(bytes, 0, _typed, 0, bytes.Length);
        }

        public string Answer()
        {
            string text = Encoding.UTF8.GetString(_answered, 0, _count);
            _count = 0;
            return text;
        }

        public int Read(byte[] buffer, int offset, int count)
        {
            Array.Copy(_typed, _begin, buffer, offset, count);
            _begin += count;
            return count;
        }

        public void Write(byte[] buffer, int offset, int count)
        {
            Array.Copy(buffer, offset, _answered, _count, count);
            _count += count;
        }

        public void Send(byte[] buffer, int offset, int count)
        {
            Write(buffer, offset, count);
        }

        public bool SetBaud(int baud)
        {
            return false;
        }
    }
}
