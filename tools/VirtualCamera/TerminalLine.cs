// SPDX-License-Identifier: MIT

using System;
using System.IO;
using Lapel.Hal.Virtual;

namespace Lapel.VirtualCamera
{
    /// <summary>
    /// A pseudo terminal at the host's end of the service port's cable: another program uses the camera as if it hung on a serial port.
    /// While the cable is out there is none, as with a converter that was pulled, and it may come back under another name.
    /// </summary>
    public sealed class TerminalLine : IDisposable
    {
        private readonly VirtualCable _line;
        private PseudoTerminal? _terminal;
        private readonly byte[] _incoming = new byte[4096];
        private readonly byte[] _outgoing = new byte[4096];
        private int _begin;
        private int _end;

        /// <summary>Opens a pseudo terminal on a cable.</summary>
        /// <param name="line">The cable.</param>
        /// <param name="paced">Whether bytes take the time of the rate that the other program sets, and arrive as noise when it is not the
        /// camera's.</param>
        public TerminalLine(VirtualCable line, bool paced)
        {
            _line = line;
            _line.IsPaced = paced;
            _terminal = PseudoTerminal.Open();
            Path = _terminal.Path;
        }

        /// <summary>What the other program opens; null while the cable is out.</summary>
        public string? Path { get; private set; }

        /// <summary>Is told when the cable was pulled, and when it is in again, with what the other program opens then.</summary>
        public Action<string?>? Moved { get; set; }

        /// <summary>Passes on what there is, both ways, without waiting. Call it many times a second.</summary>
        public void Pump()
        {
            if (!_line.IsPlugged)
            {
                Out();
                return;
            }

            if (_terminal == null && !In())
            {
                return;
            }

            _terminal!.LetOthersIn();
            if (_line.IsPaced && _terminal!.Baud is int baud and > 0 && baud != _line.Baud)
            {
                _line.Baud = baud;
            }

            int read = _terminal.Read(_incoming);
            if (read > 0)
            {
                _line.Send(_incoming.AsSpan(0, read));
            }

            while (true)
            {
                if (_begin == _end)
                {
                    _begin = 0;
                    _end = _line.Receive(_outgoing);
                    if (_end == 0)
                    {
                        return;
                    }
                }

                int written = _terminal.Write(_outgoing.AsSpan(_begin, _end - _begin));
                if (written == 0)
                {
                    return;
                }

                _begin += written;
            }
        }

        /// <inheritdoc/>
        public void Dispose() => _terminal?.Dispose();

        private void Out()
        {
            if (_terminal == null)
            {
                return;
            }

            _terminal.Dispose();
            _terminal = null;
            _begin = _end = 0;
            Path = null;
            Moved?.Invoke(null);
        }

        /// <summary>False when the system has none to give just now.</summary>
        private bool In()
        {
            // What the camera said to nobody is gone.
            while (_line.Receive(_outgoing) > 0) { }
            try
            {
                _terminal = PseudoTerminal.Open();
            }
            catch (IOException)
            {
                return false;
            }

            Path = _terminal.Path;
            Moved?.Invoke(Path);
            return true;
        }
    }
}
