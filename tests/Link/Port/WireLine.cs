// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Link.Tests
{
    /// <summary>The host's end of a <see cref="Wire"/>.</summary>
    internal sealed class WireLine(Wire wire) : ILine
    {
        public TimeSpan Now => wire.Now;

        public int Baud
        {
            get => wire.HostBaud;
            set => wire.HostBaud = value;
        }

        public int Read(Span<byte> into, TimeSpan wait)
        {
            TimeSpan end = wire.Now + wait;
            while (true)
            {
                int n = wire.TakeForHost(this, into);
                if (n > 0 || wire.Now >= end)
                {
                    return n;
                }

                wire.Tick();
            }
        }

        public void Write(ReadOnlySpan<byte> bytes) => wire.FromHost(this, bytes);

        public void Dispose() { }
    }
}
