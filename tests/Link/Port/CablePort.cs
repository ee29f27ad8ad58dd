// SPDX-License-Identifier: MIT

using System;
using Lapel.Hal.Virtual;
using Engine = Lapel.VirtualCamera.VirtualCamera;

namespace Lapel.Link.Tests
{
    /// <summary>
    /// The port at the host's end of a whole virtual camera's cable, in virtual time: waiting for bytes is what makes the camera go on.
    /// </summary>
    /// <param name="cable">The cable, of the camera that is on now.</param>
    /// <param name="nowUs">The time.</param>
    /// <param name="step">Lets it pass.</param>
    internal sealed class CablePort(Func<VirtualCable> cable, Func<long> nowUs, Action step) : IPort
    {
        private int _opened;

        public CablePort(Engine camera)
            : this(() => camera.Line, () => camera.NowUs, () => camera.Step()) { }

        public string Name => "cable";

        /// <summary>Called with each turn of the camera's loop.</summary>
        public Action? OnTurn { get; set; }

        /// <summary>Receives a copy of everything that comes from the camera, when set.</summary>
        public System.IO.MemoryStream? Heard { get; set; }

        /// <summary>The plug comes out when so many bytes have passed in all.</summary>
        public long UnplugAt { get; set; } = long.MaxValue;

        /// <summary>Called when it has come out.</summary>
        public Action? OnUnplugged { get; set; }

        private VirtualCable Cable => cable();

        private TimeSpan Now => TimeSpan.FromMicroseconds(nowUs());

        public ILine Open(int baud)
        {
            if (!Cable.IsPlugged)
            {
                Cable.Plug();
            }

            byte[] before = Cable.Receive();
            Heard?.Write(before);
            Cable.Baud = baud;
            return new CableLine(this, ++_opened);
        }

        public void Advance(TimeSpan time)
        {
            for (TimeSpan end = Now + time; Now < end;)
            {
                Turn();
            }
        }

        private void Turn()
        {
            step();
            OnTurn?.Invoke();
        }

        private sealed class CableLine(CablePort port, int number) : ILine
        {
            public TimeSpan Now => port.Now;

            public int Baud
            {
                get => port.Cable.Baud;
                set => port.Cable.Baud = value;
            }

            public int Read(Span<byte> into, TimeSpan wait)
            {
                TimeSpan end = Now + wait;
                while (true)
                {
                    RequirePlugged();
                    int n = port.Cable.Receive(into);
                    port.Heard?.Write(into[..n]);
                    if (n > 0 || Now >= end)
                    {
                        return n;
                    }

                    port.Turn();
                }
            }

            public void Write(ReadOnlySpan<byte> bytes)
            {
                RequirePlugged();
                port.Cable.Send(bytes);
            }

            public void Dispose() { }

            private void RequirePlugged()
            {
                if (port.Cable.BytesToHost + port.Cable.BytesToDevice >= port.UnplugAt)
                {
                    port.UnplugAt = long.MaxValue;
                    port.Cable.Unplug();
                    port.OnUnplugged?.Invoke();
                }
                if (!port.Cable.IsPlugged || number != port._opened)
                {
                    throw new LinkException(LinkFailure.Unplugged, "the connection at cable is gone: cable or power");
                }
            }
        }
    }
}
