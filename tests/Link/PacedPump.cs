using System;
using System.Diagnostics;
using System.Threading;

namespace Lapel.Link.Tests
{
    /// <summary>A cable between two pseudo terminals that carries 10 bits a byte at a rate, each way by a thread of its own.</summary>
    internal sealed class PacedPump : IDisposable
    {
        private readonly Thread[] _threads;
        private volatile bool _ends;

        public PacedPump(Pty a, Pty b, int baud)
        {
            _threads = [new Thread(() => Carry(a, b, baud)), new Thread(() => Carry(b, a, baud))];
            foreach (Thread thread in _threads) thread.Start();
        }

        public void Dispose()
        {
            _ends = true;
            foreach (Thread thread in _threads) thread.Join();
        }

        private void Carry(Pty from, Pty to, int baud)
        {
            // 2 ms of the line at a time.
            var piece = new byte[Math.Max(16, baud / 10 / 500)];
            double byteSeconds = 10.0 / baud;
            double freeAt = 0;
            long start = Stopwatch.GetTimestamp();
            while (!_ends)
            {
                int n = from.Read(piece, 20);
                if (n == 0) continue;
                double now = Stopwatch.GetElapsedTime(start).TotalSeconds;
                freeAt = Math.Max(now, freeAt) + n * byteSeconds;
                double wait = freeAt - now;
                if (wait > 0.001) Thread.Sleep(TimeSpan.FromSeconds(wait));
                to.Write(piece.AsSpan(0, n));
            }
        }
    }
}
