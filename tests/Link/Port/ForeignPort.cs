// SPDX-License-Identifier: MIT

using System;
using System.Text;

namespace Lapel.Link.Tests
{
    /// <summary>Something else on a serial port, which says one thing over and over.</summary>
    internal sealed class ForeignPort(string says) : IPort
    {
        public string Name => "gps";

        public ILine Open(int baud) => new Talker(Encoding.ASCII.GetBytes(says));

        private sealed class Talker(byte[] says) : ILine
        {
            public TimeSpan Now { get; private set; }

            public int Baud { get; set; }

            public int Read(Span<byte> into, TimeSpan wait)
            {
                Now += TimeSpan.FromSeconds(1);
                int n = Math.Min(into.Length, says.Length);
                says.AsSpan(0, n).CopyTo(into);
                return n;
            }

            public void Write(ReadOnlySpan<byte> bytes) { }

            public void Dispose() { }
        }
    }
}
