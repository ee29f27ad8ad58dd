// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;

namespace Lapel.Hal.Virtual
{
    /// <summary>
    /// The cable in the service port, with the host at its other end: what the host sends and receives, in virtual time. It outlives the
    /// camera's power. Bytes take their time at the sender's rate; when the rates of the two ends differ they arrive as noise. The seeds
    /// make it flip, drop and insert bytes; it can stall and be pulled.
    /// </summary>
    public sealed class VirtualCable
    {
        internal const int BitsPerByte = 10;

        // A receiver samples the tenth bit within half a bit when the rates differ by less than 5 %; both ends share the error.
        private const int GarbledPermille = 25;

        private const long StallUs = 300_000;
        private const long OutUs = 1_000_000;

        private readonly List<Flight> _toDevice = new();
        private readonly Queue<Flight> _toHost = new();
        private readonly Random _noise;
        private VirtualUart? _uart;
        private VirtualClock? _clock;
        private LineNoise? _downNoise;
        private LineNoise? _upNoise;
        private FaultGap? _stalls;
        private FaultGap? _unplugs;
        private int _baud = 115200;
        private long _hostSentAtNs;
        private long _stalledUntilNs;

        /// <summary>A cable.</summary>
        /// <param name="seed">Seed of what arrives when the rates differ.</param>
        public VirtualCable(int seed = 1) => _noise = new Random(seed);

        /// <summary>The host's bits a second.</summary>
        public int Baud
        {
            get => _baud;
            set
            {
                if (value <= 0)
                {
                    throw new ArgumentOutOfRangeException(nameof(value));
                }

                Settle();
                _baud = value;
            }
        }

        /// <summary>
        /// Whether bytes take time at all; false is a cable without a rate, as a pseudo terminal is, where the rates of the ends do not
        /// matter either.
        /// </summary>
        public bool IsPaced { get; set; } = true;

        /// <summary>Whether it is in the port; see <see cref="Unplug"/>.</summary>
        public bool IsPlugged { get; private set; } = true;

        /// <summary>Bytes that the host has been sent since the cable was made, damaged or not.</summary>
        public long BytesToHost { get; private set; }

        /// <summary>Bytes that the host has sent since the cable was made.</summary>
        public long BytesToDevice { get; private set; }

        private long NowNs => (_clock?.NowUs ?? 0) * 1000;

        /// <summary>Damages what passes from now on, each way from a seed of its own; null stops it.</summary>
        public void SetFaults(LineFaults? faults)
        {
            _downNoise = faults == null ? null : new LineNoise(faults, faults.Seed);
            _upNoise = faults == null ? null : new LineNoise(faults, faults.Seed + 1);
            _stalls = faults == null ? null : new FaultGap(faults.Stall, new Random(faults.Seed + 2));
            _unplugs = faults == null ? null : new FaultGap(faults.Unplug, new Random(faults.Seed + 3));
        }

        /// <summary>The host sends; the bytes follow those that are on the way.</summary>
        public void Send(ReadOnlySpan<byte> bytes)
        {
            BytesToDevice += bytes.Length;
            Break(bytes.Length);
            if (_uart == null || !IsPlugged || bytes.Length == 0)
            {
                return;
            }

            long byteNs = IsPaced ? BitsPerByte * 1_000_000_000L / _baud : 0;
            long fromNs = Math.Max(_hostSentAtNs, Math.Max(NowNs, _stalledUntilNs));
            byte[] passed = _downNoise == null ? bytes.ToArray() : _downNoise.Pass(bytes);
            _toDevice.Add(new Flight(passed, fromNs, byteNs, _baud));
            _hostSentAtNs = fromNs + bytes.Length * byteNs;
        }

        /// <summary>Takes everything that has arrived at the host by now.</summary>
        public byte[] Receive()
        {
            var buffer = new byte[Available];
            Receive(buffer);
            return buffer;
        }

        /// <summary>Takes what has arrived at the host by now, at most a buffer full; returns how many bytes.</summary>
        public int Receive(Span<byte> buffer)
        {
            int taken = 0;
            while (taken < buffer.Length && _toHost.TryPeek(out Flight? flight))
            {
                int arrived = Math.Min(Arrived(flight), buffer.Length - taken);
                if (arrived == 0)
                {
                    break;
                }

                flight.Bytes.AsSpan(flight.Taken, arrived).CopyTo(buffer[taken..]);
                Garble(flight, buffer.Slice(taken, arrived));
                flight.Taken += arrived;
                taken += arrived;
                if (flight.Taken < flight.Bytes.Length)
                {
                    break;
                }

                _toHost.Dequeue();
            }

            return taken;
        }

        /// <summary>Bytes that have arrived at the host by now.</summary>
        public int Available
        {
            get
            {
                int sum = 0;
                foreach (Flight flight in _toHost)
                {
                    int arrived = Arrived(flight);
                    sum += arrived;
                    if (flight.Taken + arrived < flight.Bytes.Length)
                    {
                        break;
                    }
                }

                return sum;
            }
        }

        /// <summary>Pulls the cable: what is on the way is lost, both ways, and so is what is sent until <see cref="Plug"/>.</summary>
        public void Unplug()
        {
            Settle();
            IsPlugged = false;
            _toDevice.Clear();
            CutShort();
        }

        /// <summary>Puts the cable in again.</summary>
        public void Plug() => IsPlugged = true;

        /// <summary>Nothing passes for so long, then everything does: a busy hub or host.</summary>
        public void Stall(long us)
        {
            Settle();
            _stalledUntilNs = NowNs + us * 1000;
            foreach (Flight flight in _toDevice)
            {
                flight.FromNs += us * 1000;
            }

            _hostSentAtNs = Math.Max(_hostSentAtNs, NowNs) + us * 1000;
        }

        internal static bool Garbles(int sender, int receiver) =>
            Math.Abs((long)sender - receiver) * 1000 > (long)receiver * GarbledPermille;

        /// <summary>A machine begins: the host keeps what it has received.</summary>
        internal void Attach(VirtualUart uart, VirtualClock clock)
        {
            Detach();
            _uart = uart;
            _clock = clock;
        }

        /// <summary>The machine's power went: what is on the way is lost.</summary>
        public void Detach()
        {
            CutShort();
            _toDevice.Clear();
            foreach (Flight flight in _toHost)
            {
                flight.FromNs = 0;
            }

            if (_unplugs != null)
            {
                Plug();
            }

            _uart = null;
            _clock = null;
            _hostSentAtNs = 0;
            _stalledUntilNs = 0;
        }

        internal void FromDevice(ReadOnlySpan<byte> bytes, long fromNs, long byteNs)
        {
            BytesToHost += bytes.Length;
            Break(bytes.Length);
            if (!IsPlugged)
            {
                return;
            }

            byte[] passed = _upNoise == null ? bytes.ToArray() : _upNoise.Pass(bytes);
            if (passed.Length > 0)
            {
                _toHost.Enqueue(new Flight(passed, fromNs, IsPaced ? byteNs : 0, _uart!.Baud));
            }
        }

        internal void DeliverToDevice(long nowNs)
        {
            while (_toDevice.Count > 0)
            {
                Flight flight = _toDevice[0];
                int arrived = flight.ArrivedBy(nowNs);
                if (arrived > 0)
                {
                    _uart!.Arrive(flight.Bytes.AsSpan(flight.Taken, arrived), IsPaced ? flight.Baud : _uart.Baud);
                }

                flight.Taken += arrived;
                if (flight.Taken < flight.Bytes.Length)
                {
                    return;
                }

                _toDevice.RemoveAt(0);
            }
        }

        /// <summary>The device changes its rate: of what it has not sent yet, the rest goes out at a rate that nobody asked for.</summary>
        internal void RateChanges(long nowNs)
        {
            foreach (Flight flight in _toHost)
            {
                if (IsPaced && flight.Taken + flight.ArrivedBy(nowNs) < flight.Bytes.Length)
                {
                    flight.Baud = 0;
                }
            }
        }

        private void Break(int bytes)
        {
            if (_clock == null)
            {
                return;
            }

            if (_stalls != null && _stalls.FallsWithin(bytes))
            {
                Stall(StallUs);
            }

            if (_unplugs == null || !_unplugs.FallsWithin(bytes))
            {
                return;
            }

            Unplug();
            _clock.At(_clock.NowUs + OutUs, Plug);
        }

        private int Arrived(Flight flight) => NowNs < _stalledUntilNs ? 0 : flight.ArrivedBy(NowNs);

        private void Garble(Flight flight, Span<byte> bytes)
        {
            if (IsPaced && Garbles(flight.Baud, _baud))
            {
                _noise.NextBytes(bytes);
            }
        }

        private void Settle()
        {
            if (_uart != null)
            {
                DeliverToDevice(NowNs);
            }
        }

        private void CutShort()
        {
            int flights = _toHost.Count;
            for (int n = 0; n < flights; n++)
            {
                Flight flight = _toHost.Dequeue();
                int arrived = flight.ArrivedBy(NowNs);
                if (arrived > 0)
                {
                    _toHost.Enqueue(new Flight(flight.Bytes.AsSpan(flight.Taken, arrived).ToArray(), flight.FromNs, 0, flight.Baud));
                }
            }
        }

        /// <summary>Bytes on the way.</summary>
        private sealed class Flight(byte[] bytes, long fromNs, long byteNs, int baud)
        {
            public byte[] Bytes { get; } = bytes;

            public long FromNs { get; set; } = fromNs;

            public int Baud { get; set; } = baud;

            public int Taken { get; set; }

            public int ArrivedBy(long nowNs)
            {
                if (nowNs < FromNs)
                {
                    return 0;
                }

                long all = byteNs == 0 ? Bytes.Length : Math.Min(Bytes.Length, (nowNs - FromNs) / byteNs);
                return Math.Max(0, (int)all - Taken);
            }
        }
    }
}
