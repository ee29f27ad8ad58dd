// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;

namespace Lapel.Link.Tests
{
    /// <summary>A port with something in between that changes bytes: a terminal's settings, a server of serial ports.</summary>
    /// <param name="port">The port.</param>
    /// <param name="toHost">What becomes of each byte on its way to the host.</param>
    /// <param name="toCamera">What becomes of each byte on its way to the camera.</param>
    internal sealed class ManglingPort(IPort port, Func<byte, byte[]>? toHost, Func<byte, byte[]>? toCamera = null) : IPort
    {
        public string Name => port.Name;

        /// <summary>Whether what the host says comes back to it.</summary>
        public bool Echoes { get; init; }

        public ILine Open(int baud) => new Line(this, port.Open(baud), toHost, toCamera);

        private sealed class Line(ManglingPort port, ILine line, Func<byte, byte[]>? toHost, Func<byte, byte[]>? toCamera) : ILine
        {
            private readonly Queue<byte> _arrived = new();
            private readonly byte[] _buffer = new byte[4096];

            public TimeSpan Now => line.Now;

            public int Baud
            {
                get => line.Baud;
                set => line.Baud = value;
            }

            public int Read(Span<byte> into, TimeSpan wait)
            {
                if (_arrived.Count == 0)
                {
                    Mangle(_buffer.AsSpan(0, line.Read(_buffer, wait)), toHost, _arrived.Enqueue);
                }

                int n = 0;
                while (n < into.Length && _arrived.TryDequeue(out byte value))
                {
                    into[n++] = value;
                }

                return n;
            }

            public void Write(ReadOnlySpan<byte> bytes)
            {
                if (port.Echoes)
                {
                    foreach (byte value in bytes)
                    {
                        _arrived.Enqueue(value);
                    }
                }

                var sent = new List<byte>();
                Mangle(bytes, toCamera, sent.Add);
                line.Write(sent.ToArray());
            }

            public void Dispose() => line.Dispose();

            private static void Mangle(ReadOnlySpan<byte> bytes, Func<byte, byte[]>? how, Action<byte> to)
            {
                foreach (byte value in bytes)
                {
                    foreach (byte passed in how?.Invoke(value) ?? [value])
                    {
                        to(passed);
                    }
                }
            }
        }
    }
}
