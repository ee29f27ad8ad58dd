// SPDX-License-Identifier: MIT

using System;
using System.Diagnostics;
using System.IO;
using System.IO.Ports;
using System.Threading;

namespace Lapel.Link
{
    /// <summary>
    /// A line over a serial port where <see cref="LinuxLine"/> is not to be had. What .NET's class does without a limit of time runs beside
    /// and is left to itself when it takes too long: it may never end on a port whose cable was pulled.
    /// </summary>
    internal sealed class SerialLine : ILine
    {
        /// <summary>Half a second at 3 M, so that a busy machine loses nothing.</summary>
        private const int Buffer = 1 << 17;

        /// <summary>A request is shorter than a port's buffer.</summary>
        private const int WriteTimeMs = 1000;

        /// <summary>For a flush and for the close.</summary>
        private static readonly TimeSpan MostTime = TimeSpan.FromMilliseconds(500);

        private static readonly Stopwatch Clock = Stopwatch.StartNew();

        private readonly SerialPort _port;
        private readonly string _name;
        private bool _isGone;

        public SerialLine(SerialPort port, string name)
        {
            (_port, _name) = (port, name);
            _port.ReadBufferSize = Buffer;
            _port.WriteTimeout = WriteTimeMs;
            _port.Open();
        }

        public TimeSpan Now => Clock.Elapsed;

        public int Baud
        {
            get => _port.BaudRate;
            set
            {
                if (value == _port.BaudRate)
                {
                    return;
                }

                try
                {
                    Limited(_port.BaseStream.Flush);
                    _port.BaudRate = value;
                }
                catch (Exception error)
                    when (error is IOException or ArgumentException or InvalidOperationException or UnauthorizedAccessException)
                {
                    throw new LinkException(
                        LinkFailure.PortRefused,
                        $"port {_name} cannot go at {value} bits a second",
                        "give a lower rate with --baud",
                        error
                    );
                }
            }
        }

        public int Read(Span<byte> into, TimeSpan wait)
        {
            try
            {
                _port.ReadTimeout = Math.Max(1, (int)Math.Ceiling(wait.TotalMilliseconds));
                int n = _port.BaseStream.Read(into);
                if (n == 0)
                {
                    throw Gone(null);
                }

                return n;
            }
            catch (TimeoutException)
            {
                if (!File.Exists(_name) && !OperatingSystem.IsWindows())
                {
                    throw Gone(null);
                }

                return 0;
            }
            catch (Exception error)
                when (error is IOException or InvalidOperationException or UnauthorizedAccessException or OperationCanceledException)
            {
                throw Gone(error);
            }
        }

        public void Write(ReadOnlySpan<byte> bytes)
        {
            try
            {
                _port.BaseStream.Write(bytes);
            }
            catch (TimeoutException error)
            {
                throw new LinkException(LinkFailure.Silent, $"port {_name} takes no more bytes", "check that the camera is on", error);
            }
            catch (Exception error) when (error is IOException or InvalidOperationException or UnauthorizedAccessException)
            {
                throw Gone(error);
            }
        }

        public void Dispose()
        {
            // What was pulled out cannot be closed properly.
            if (!_isGone)
            {
                Limited(_port.Dispose);
            }
        }

        /// <summary>Does something on a thread of its own and waits a time for it. What it throws is of no use to anybody.</summary>
        private void Limited(Action act)
        {
            var thread = new Thread(() =>
            {
                try
                {
                    act();
                }
                catch (Exception error) when (error is IOException or InvalidOperationException or UnauthorizedAccessException) { }
            })
            {
                IsBackground = true,
                Name = "port " + _name,
            };
            thread.Start();
            thread.Join(MostTime);
        }

        private LinkException Gone(Exception? error)
        {
            _isGone = true;
            return new LinkException(LinkFailure.Unplugged, $"the connection at {_name} is gone: cable or power", null, error);
        }
    }
}
