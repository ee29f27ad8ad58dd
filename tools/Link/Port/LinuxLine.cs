// SPDX-License-Identifier: MIT

using System;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Threading;

namespace Lapel.Link
{
    /// <summary>
    /// A line over a serial port of Linux. .NET's own class waits for ever on a port whose cable was pulled: its flush, and by it a change
    /// of the rate and the close, look again and again at a port that will never send. Here every wait has a limit, and a port that is
    /// gone is closed as it is.
    /// </summary>
    internal sealed class LinuxLine : ILine
    {
        /// <summary>What was written goes out within this or stays behind.</summary>
        private static readonly TimeSpan DrainTime = TimeSpan.FromMilliseconds(500),
            CloseTime = TimeSpan.FromMilliseconds(500);

        /// <summary>A port that takes nothing for so long takes nothing any more; a request is shorter than a port's buffer.</summary>
        private static readonly TimeSpan StuckTime = TimeSpan.FromSeconds(1);

        /// <summary>A converter's chip has some bytes that the system no longer counts.</summary>
        private const int ChipBytes = 128;

        private const int LookMs = 5;

        private readonly string _name;
        private readonly PortLock _port;
        private int _baud;
        private bool _isGone;

        /// <summary>Sets a port up; throws <see cref="LinkException"/>. Closes it when disposed, not when this fails.</summary>
        /// <param name="port">The port, open.</param>
        /// <param name="name">Its name for people.</param>
        /// <param name="baud">Bits a second.</param>
        public LinuxLine(PortLock port, string name, int baud)
        {
            (_port, _name) = (port, name);
            LinuxTerminal.KeepOthersOut(port.File);
            SetRate(baud);
            LinuxTerminal.ForgetInput(port.File);
        }

        public TimeSpan Now => Stopwatch.GetElapsedTime(0);

        public int Baud
        {
            get => _baud;
            set
            {
                if (value == _baud)
                {
                    return;
                }

                RequireThere();
                Drain();
                Thread.Sleep(TimeSpan.FromSeconds(ChipBytes * 10.0 / _baud));
                SetRate(value);
            }
        }

        public int Read(Span<byte> into, TimeSpan wait)
        {
            RequireThere();
            long from = Stopwatch.GetTimestamp();
            while (true)
            {
                TimeSpan left = wait - Stopwatch.GetElapsedTime(from);
                short state = LinuxTerminal.Poll(
                    _port.File,
                    LinuxTerminal.PollIn,
                    Math.Max(0, (int)Math.Ceiling(left.TotalMilliseconds))
                );
                if ((state & LinuxTerminal.PollIn) != 0)
                {
                    int n = LinuxTerminal.Read(_port.File, into);
                    if (n > 0)
                    {
                        return n;
                    }

                    if (n == 0 || !MayTryAgain())
                    {
                        throw Gone();
                    }
                }
                else if ((state & LinuxTerminal.PollGone) != 0)
                {
                    throw Gone();
                }

                if (Stopwatch.GetElapsedTime(from) >= wait)
                {
                    return 0;
                }
            }
        }

        public void Write(ReadOnlySpan<byte> bytes)
        {
            RequireThere();
            long from = Stopwatch.GetTimestamp();
            while (bytes.Length > 0)
            {
                short state = LinuxTerminal.Poll(_port.File, LinuxTerminal.PollOut, LookMs);
                if ((state & LinuxTerminal.PollGone) != 0)
                {
                    throw Gone();
                }

                int n = (state & LinuxTerminal.PollOut) == 0 ? 0 : LinuxTerminal.Write(_port.File, bytes);
                if (n > 0)
                {
                    bytes = bytes[n..];
                    from = Stopwatch.GetTimestamp();
                    continue;
                }

                if (n < 0 && !MayTryAgain())
                {
                    throw Gone();
                }

                if (Stopwatch.GetElapsedTime(from) > StuckTime)
                {
                    throw new LinkException(LinkFailure.Silent, $"port {_name} takes no more bytes", "check that the camera is on");
                }
            }
        }

        public void Dispose()
        {
            if (!_isGone && !Drain())
            {
                // Else the close waits for them, up to half a minute.
                LinuxTerminal.ForgetAll(_port.File);
            }

            LinuxTerminal.LetOthersIn(_port.File);

            // Some drivers wait in the close whatever they are told. The port is then left to the system.
            var close = new Thread(_port.Dispose) { IsBackground = true, Name = "close " + _name };
            close.Start();
            close.Join(CloseTime);
        }

        /// <summary>Lets what was written go out. False when some of it does not.</summary>
        private bool Drain()
        {
            long from = Stopwatch.GetTimestamp();
            while (LinuxTerminal.UnsentBytes(_port.File) > 0)
            {
                if (Stopwatch.GetElapsedTime(from) > DrainTime)
                {
                    return false;
                }

                Thread.Sleep(LookMs);
            }

            return true;
        }

        private void SetRate(int baud)
        {
            if (!LinuxTerminal.Set(_port.File, baud))
            {
                if ((LinuxTerminal.Poll(_port.File, LinuxTerminal.PollOut, 0) & LinuxTerminal.PollGone) != 0)
                {
                    throw Gone();
                }

                throw LinuxTerminal.Rate(_port.File) == 0
                    ? new LinkException(LinkFailure.PortRefused, $"{_name} is no serial port", "lapel ports lists the ports that are there")
                    : CannotGoAt(baud);
            }

            // A driver takes the nearest rate that its chip has, and says which.
            if (Math.Abs((long)LinuxTerminal.Rate(_port.File) - baud) > baud / 50)
            {
                throw CannotGoAt(baud);
            }

            _baud = baud;
        }

        private static bool MayTryAgain() =>
            Marshal.GetLastPInvokeError() is LinuxTerminal.Again or LinuxTerminal.Interrupted;

        private void RequireThere()
        {
            if (_isGone)
            {
                throw Gone();
            }
        }

        private LinkException CannotGoAt(int baud) =>
            new(LinkFailure.PortRefused, $"port {_name} cannot go at {baud} bits a second", "give a lower rate with --baud");

        private LinkException Gone()
        {
            _isGone = true;
            return new LinkException(LinkFailure.Unplugged, $"the connection at {_name} is gone: cable or power");
        }
    }
}
