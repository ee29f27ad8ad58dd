// SPDX-License-Identifier: MIT

using System;
using System.Diagnostics;
using System.IO;
using System.IO.Ports;

namespace Lapel.Link
{
    /// <summary>A line over a serial port of this machine.</summary>
    internal sealed class SerialLine : ILine
    {
        /// <summary>Half a second at 3 M, so that a busy machine loses nothing.</summary>
        private const int Buffer = 1 << 17;

        /// <summary>A line of a request is out within this at the slowest rate.</summary>
        private const int WriteTimeMs = 5000;

        private static readonly Stopwatch Clock = Stopwatch.StartNew();

        private readonly SerialPort _port;
        private readonly string _name;
        private readonly PortLock? _held;

        public SerialLine(SerialPort port, string name, PortLock? held)
        {
            (_port, _name, _held) = (port, name, held);
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
                    _port.BaseStream.Flush();
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
            try
            {
                _port.Dispose();
            }
            catch (Exception error) when (error is IOException or InvalidOperationException or UnauthorizedAccessException)
            {
                // What was pulled out cannot be closed properly.
            }
            _held?.Dispose();
        }

        private LinkException Gone(Exception? error) =>
            new(LinkFailure.Unplugged, $"the connection at {_name} is gone: cable or power", null, error);
    }
}
