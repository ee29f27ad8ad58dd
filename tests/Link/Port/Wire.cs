// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;

namespace Lapel.Link.Tests
{
    /// <summary>
    /// A cable in virtual time between a host and the reference camera: bytes take their time, some get hurt, and the plug may come out.
    /// </summary>
    internal sealed class Wire : IPort
    {
        private const long TickUs = 250;

        private readonly Random _random;
        private readonly Queue<Run> _toHost = new();
        private readonly Queue<Run> _toCamera = new();
        private long _toHostFreeUs,
            _toCameraFreeUs;
        private WireLine? _line;

        public Wire(ReferenceCamera camera, int seed = 1)
        {
            Camera = camera;
            _random = new Random(seed);
        }

        public ReferenceCamera Camera { get; }

        public WireFaults Faults { get; } = new();

        public long NowUs { get; private set; }

        public TimeSpan Now => TimeSpan.FromMicroseconds(NowUs);

        public string Name { get; set; } = "wire";

        /// <summary>Rate of the host's end.</summary>
        public int HostBaud { get; set; } = 115200;

        /// <summary>Highest rate that the cable carries; above it every byte is noise.</summary>
        public int MostBaud { get; set; } = int.MaxValue;

        /// <summary>Bytes that passed in both directions.</summary>
        public long Passed { get; private set; }

        /// <summary>Times that the plug came out.</summary>
        public int Unplugged { get; private set; }

        /// <summary>Called now and then.</summary>
        public Action? OnTick { get; set; }

        /// <summary>Whether a plug can be put in.</summary>
        public bool IsThere { get; set; } = true;

        /// <summary>Microseconds until the camera has sent what it has written.</summary>
        public long BacklogUs => Math.Max(0, _toHostFreeUs - NowUs);

        public ILine Open(int baud)
        {
            if (!IsThere)
            {
                throw new LinkException(LinkFailure.NoPort, "there is no port wire");
            }

            _toHost.Clear();
            HostBaud = baud;
            return _line = new WireLine(this);
        }

        /// <summary>Lets time pass.</summary>
        public void Advance(TimeSpan time)
        {
            for (long end = NowUs + (long)time.TotalMicroseconds; NowUs < end;)
            {
                Tick();
            }
        }

        public void Tick()
        {
            NowUs += TickUs;
            while (TryTake(_toCamera, out byte value))
            {
                Camera.Received(value, NowUs);
            }

            Camera.Step(this);
            OnTick?.Invoke();
        }

        /// <summary>The camera sends.</summary>
        public void FromCamera(ReadOnlySpan<byte> bytes) => Send(_toHost, ref _toHostFreeUs, Camera.Baud, bytes);

        public void FromHost(WireLine line, ReadOnlySpan<byte> bytes)
        {
            RequireAlive(line);
            Send(_toCamera, ref _toCameraFreeUs, HostBaud, bytes);
        }

        public int TakeForHost(WireLine line, Span<byte> into)
        {
            RequireAlive(line);
            int n = 0;
            while (n < into.Length && TryTake(_toHost, out byte value))
            {
                into[n++] = value;
            }

            return n;
        }

        public void RequireAlive(WireLine line)
        {
            if (line != _line)
            {
                throw new LinkException(LinkFailure.Unplugged, "the connection at wire is gone: cable or power");
            }

            if (Passed < Faults.UnplugAfter)
            {
                return;
            }

            Unplug();
            throw new LinkException(LinkFailure.Unplugged, "the connection at wire is gone: cable or power");
        }

        public void Unplug()
        {
            _line = null;
            _toHost.Clear();
            Unplugged++;
            Faults.UnplugAfter = long.MaxValue;
        }

        private void Send(Queue<Run> to, ref long freeUs, int baud, ReadOnlySpan<byte> bytes)
        {
            bool noise = Camera.Baud != HostBaud || baud > MostBaud;
            var sent = new List<byte>(bytes.Length + 1);
            foreach (byte value in bytes)
            {
                if (_random.NextDouble() < Faults.Drop)
                {
                    continue;
                }

                if (_random.NextDouble() < Faults.Insert)
                {
                    sent.Add((byte)_random.Next(256));
                }

                sent.Add(
                    noise ? (byte)_random.Next(256)
                    : _random.NextDouble() < Faults.Flip ? (byte)(value ^ (1 << _random.Next(8)))
                    : value
                );
            }
            double byteUs = 10e6 / baud;
            long from = Math.Max(NowUs, freeUs);
            freeUs = from + (long)(bytes.Length * byteUs);
            if (to != _toHost || _line != null)
            {
                to.Enqueue(new Run(from, byteUs, [.. sent]));
            }
        }

        private bool TryTake(Queue<Run> from, out byte value)
        {
            value = 0;
            while (from.TryPeek(out Run? run))
            {
                if (run.At == run.Bytes.Length)
                {
                    from.Dequeue();
                    continue;
                }
                if (run.FromUs + (long)((run.At + 1) * run.ByteUs) > NowUs)
                {
                    return false;
                }

                value = run.Bytes[run.At++];
                Passed++;
                return true;
            }
            return false;
        }

        private sealed class Run(long fromUs, double byteUs, byte[] bytes)
        {
            public long FromUs { get; } = fromUs;

            public double ByteUs { get; } = byteUs;

            public byte[] Bytes { get; } = bytes;

            public int At { get; set; }
        }
    }
}
