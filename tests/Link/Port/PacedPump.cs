// SPDX-License-Identifier: MIT

using System;
using System.Diagnostics;
using System.IO;
using System.Threading;

namespace Lapel.Link.Tests
{
    /// <summary>A cable between two pseudo terminals that carries 10 bits a byte at a rate, each way by a thread of its own.</summary>
    internal sealed class PacedPump : IDisposable
    {
        /// <summary>What a thread that was woken late may make up for: a UART's driver has as much waiting.</summary>
        private const double LateSeconds = 0.005;

        private readonly double _late;
        private readonly Thread[] _threads;
        private TimeSpan _first,
            _last;
        private volatile bool _ends;

        /// <param name="a">One end.</param>
        /// <param name="b">The other.</param>
        /// <param name="baud">Bits a second.</param>
        /// <param name="late">Seconds that a thread that was woken late may make up for.</param>
        public PacedPump(Pty a, Pty b, int baud, double late = LateSeconds)
        {
            _late = late;
            _threads = [new Thread(() => Carry(a, b, baud, forward: true)), new Thread(() => Carry(b, a, baud, forward: false))];
            foreach (Thread thread in _threads)
            {
                thread.Start();
            }
        }

        /// <summary>From the first to the last piece that went from a to b.</summary>
        public TimeSpan Forward => _last - _first;

        public void Dispose()
        {
            _ends = true;
            foreach (Thread thread in _threads)
            {
                thread.Join();
            }
        }

        /// <summary>False when the program at the end has ended: its exit code says why.</summary>
        private static bool TryWrite(Pty to, ReadOnlySpan<byte> bytes)
        {
            try
            {
                to.Write(bytes);
                return true;
            }
            catch (IOException)
            {
                return false;
            }
        }

        private void Carry(Pty from, Pty to, int baud, bool forward)
        {
            // 2 ms of the line at a time.
            var piece = new byte[Math.Max(16, baud / 10 / 500)];
            double byteSeconds = 10.0 / baud;
            double freeAt = 0;
            long start = Stopwatch.GetTimestamp();
            while (!_ends)
            {
                int n = from.Read(piece, 20);
                if (n == 0)
                {
                    continue;
                }

                double now = Stopwatch.GetElapsedTime(start).TotalSeconds;
                freeAt = Math.Max(now - _late, freeAt) + n * byteSeconds;
                double wait = freeAt - now;
                if (wait > 0.001)
                {
                    Thread.Sleep(TimeSpan.FromSeconds(wait));
                }

                if (!TryWrite(to, piece.AsSpan(0, n)))
                {
                    return;
                }

                if (!forward)
                {
                    continue;
                }

                _last = Stopwatch.GetElapsedTime(start);
                if (_first == default)
                {
                    _first = _last;
                }
            }
        }
    }
}
