using System;
using Lapel.Hal.Virtual;
using Lapel.Link;

namespace Lapel.Shift.Tests
{
    /// <summary>The host's end of the cable: waiting for bytes is what lets the day go on.</summary>
    internal sealed class DayPort(Day day) : IPort
    {
        private int _opened;

        public string Name => "cable";

        private VirtualCable Cable => day.Camera.Line;

        public ILine Open(int baud)
        {
            if (!Cable.IsPlugged) Cable.Plug();
            Cable.Receive();
            Cable.Baud = baud;
            return new Line(this, ++_opened);
        }

        private Day Day => day;

        private sealed class Line(DayPort port, int number) : ILine
        {
            public TimeSpan Now => TimeSpan.FromMicroseconds(port.Day.NowUs);

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
                    RequireOwn();
                    int n = port.Cable.Receive(into);
                    if (n > 0 || Now >= end) return n;
                    port.Day.Step();
                }
            }

            public void Write(ReadOnlySpan<byte> bytes)
            {
                RequireOwn();
                port.Cable.Send(bytes);
            }

            public void Dispose()
            {
            }

            private void RequireOwn()
            {
                if (!port.Cable.IsPlugged || number != port._opened) throw new LinkException(LinkFailure.Unplugged, "the connection at cable is gone: cable or power");
            }
        }
    }
}
