// SPDX-License-Identifier: MIT

using System;
using System.Diagnostics;
using System.Threading;
using Engine = Lapel.VirtualCamera.VirtualCamera;

namespace Lapel.Link.Tests
{
    /// <summary>A whole virtual camera in real time behind a pseudo terminal; its cable keeps the rate.</summary>
    internal sealed class PtyCamera
    {
        private readonly Pty _pty;

        public PtyCamera(Pty pty) => _pty = pty;

        /// <summary>How far the camera fell behind the clock on the wall, at worst.</summary>
        public TimeSpan Behind { get; private set; }

        /// <summary>Runs the camera until told to end; on the camera's thread.</summary>
        public void Run(Engine camera, CancellationToken ends)
        {
            var buffer = new byte[65536];
            long from = camera.NowUs,
                start = Stopwatch.GetTimestamp();
            while (!ends.IsCancellationRequested)
            {
                long wall = from + (long)Stopwatch.GetElapsedTime(start).TotalMicroseconds;
                if (wall - camera.NowUs > 50_000)
                {
                    // Not to hurry after what is lost: the line's rate would not be kept.
                    if (Behind.TotalMicroseconds < wall - camera.NowUs)
                    {
                        Behind = TimeSpan.FromMicroseconds(wall - camera.NowUs);
                    }
                }
                if (camera.NowUs < wall)
                {
                    camera.Step();
                }
                // A pseudo terminal has no rate: the host's end always has the camera's.
                if (camera.Line.Baud != camera.Parts.Machine.Uart.Baud)
                {
                    camera.Line.Baud = camera.Parts.Machine.Uart.Baud;
                }

                int n = camera.Line.Receive(buffer);
                if (n > 0)
                {
                    _pty.Write(buffer.AsSpan(0, n));
                }

                n = _pty.Read(buffer.AsSpan(0, 512), camera.NowUs < wall ? 0 : 1);
                if (n > 0)
                {
                    camera.Line.Send(buffer.AsSpan(0, n));
                }
            }
        }
    }
}
