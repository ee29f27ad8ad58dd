// SPDX-License-Identifier: MIT

using System;
using System.Runtime.InteropServices;
using System.Threading;

namespace Lapel.Cli
{
    /// <summary>
    /// What the system asks the program to do: the first signal ends it properly, a second one at once, unless the command wants to be
    /// told of that one too.
    /// </summary>
    internal sealed class Signals : IDisposable
    {
        private readonly CancellationTokenSource _first = new(),
            _second = new();
        private readonly PosixSignalRegistration[] _registrations;
        private volatile bool _secondTaken;

        /// <summary>Listens.</summary>
        public Signals()
        {
            _registrations =
            [
                PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle),
                PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle),
                PosixSignalRegistration.Create(PosixSignal.SIGHUP, Handle),
            ];
        }

        /// <summary>Set by the first signal.</summary>
        public CancellationToken First => _first.Token;

        /// <summary>Keeps the second signal from ending the program; the token tells of it.</summary>
        public CancellationToken TakeSecond()
        {
            _secondTaken = true;
            return _second.Token;
        }

        public void Dispose()
        {
            foreach (PosixSignalRegistration registration in _registrations)
            {
                registration.Dispose();
            }
        }

        private void Handle(PosixSignalContext context)
        {
            CancellationTokenSource? next =
                !_first.IsCancellationRequested ? _first
                : _secondTaken && !_second.IsCancellationRequested ? _second
                : null;
            context.Cancel = next != null;
            next?.Cancel();
        }
    }
}
