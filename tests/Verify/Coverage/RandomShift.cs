// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Linq;

namespace Lapel.Verify.Tests
{
    /// <summary>
    /// A shift drawn from a seed: boots with a clock that runs, that is set, or that is not; ended properly or by a cut; some without an
    /// entry. It knows what was true at every moment, and writes the log that a camera leaves of it.
    /// </summary>
    internal sealed class RandomShift
    {
        private const long AliveMs = 60_000,
            OnCardMs = 1_000;

        private readonly Random _random;
        private readonly List<Boot> _boots = [];
        private long _signed;

        public RandomShift(int seed)
        {
            _random = new Random(seed);
            Device = new ForgeDevice(1);
            Log = new AuditForge(Device, 5);
            long at = 1_790_000_000_000 + _random.Next(1_000_000);
            From = at;
            int boots = _random.Next(1, 8);
            uint number = (uint)_random.Next(1, 100);
            for (int i = 0; i < boots; i++)
            {
                var boot = new Boot(number++, at, at + _random.Next(200, 1_200_000), (Clock)_random.Next(4), _random.Next(3) == 0);
                _boots.Add(boot);
                // A boot of less than a second leaves no entry.
                boot.IsSilent = _random.Next(6) == 0 && i > 0 && i < boots - 1;
                Write(boot);
                at = boot.To + _random.Next(1, 3_000_000);
            }

            To = at;
            // What comes behind the last signature is only claimed.
            if (_random.Next(3) > 0)
            {
                Checkpoint();
            }
        }

        public ForgeDevice Device { get; }

        public AuditForge Log { get; }

        /// <summary>Beginning of the first boot and end of the shift, UTC, ms since 1970.</summary>
        public long From { get; }
        public long To { get; }

        /// <summary>Moments at which anything changes, UTC ms.</summary>
        public IEnumerable<long> Edges =>
            _boots.SelectMany(b => b.States.Select(s => b.From + s.At).Append(b.From).Append(b.To).Append(b.From + b.Last));

        /// <summary>What is wrong with a statement of a state at a moment; null when nothing is.</summary>
        public string? Judge(long utc, CoverageState stated)
        {
            Boot? on = _boots.Find(b => b.From <= utc && utc < b.To);
            if (stated == CoverageState.Off)
            {
                return on == null ? null : "it was on";
            }

            if (stated != CoverageState.Unknown)
            {
                CoverageState? state = on?.States.Last(s => s.At <= utc - on.From).State;
                return state == stated ? null : "it was " + (state?.ToString() ?? "off");
            }

            int before = _boots.FindLastIndex(b => IsBound(b) && b.From <= utc),
                next = _boots.FindIndex(b => IsBound(b) && b.From > utc);
            bool open = next < 0 && before >= 0 && (_boots[before].End == BootEnd.Cut || before < _boots.Count - 1);
            if (before < 0 || open)
            {
                return null;
            }

            Boot last = _boots[before];
            // A signed part is bound by signed settings only.
            if (IsHalf(last) && on == last)
            {
                return null;
            }

            bool between = (next < 0 ? _boots.Count : next) > before + 1 || (next >= 0 && IsHalf(_boots[next]));
            bool hidden = between && utc >= last.From + last.Last;
            bool cut = last.End == BootEnd.Cut && utc >= last.From + last.Last && utc < last.From + last.Last + 61_000;
            return hidden || cut ? null : "that is known: " + (on == null ? "off" : "on");
        }

        private static bool IsBound(Boot boot) => boot.Clock != Clock.Unset && !boot.IsSilent;

        private bool IsHalf(Boot boot) => boot.Clock == Clock.Set && boot.First <= _signed && boot.FirstSet > _signed;

        private void Write(Boot boot)
        {
            if (boot.IsSilent)
            {
                boot.States.Add((0, CoverageState.Booting));
                return;
            }

            Log.NewBoot(boot.Number);
            boot.First = Log.Head.Sequence + 1;
            long length = boot.To - boot.From;
            // A cut takes what was not on the card yet; a proper end is entered just before the power goes.
            long end = boot.End == BootEnd.Cut ? Math.Max(length - _random.Next((int)OnCardMs), 100) : length;
            var entries = new SortedDictionary<long, Action<long, long>>();
            void At(long ms, Action<long, long> write)
            {
                while (entries.ContainsKey(ms))
                {
                    ms++;
                }

                if (ms < end || entries.Count == 0)
                {
                    entries[ms] = write;
                }
            }

            At(_random.Next(100), (ms, utc) => Log.Entry(AuditKind.Boot, ms, 2, utc: utc));
            boot.States.Add((0, CoverageState.Booting));
            int was = 0;
            for (long ms = _random.Next(200, 5_000); ms < end; ms += _random.Next(100, 300_000))
            {
                (int state, CoverageState means) = States[_random.Next(States.Length)];
                int old = was;
                was = state;
                At(
                    ms,
                    (at, utc) =>
                    {
                        Log.Entry(AuditKind.State, at, state, old, utc: utc);
                        boot.States.Add((at, means));
                    }
                );
            }

            if (boot.Clock is Clock.Set or Clock.SetTwice)
            {
                int first = _random.Next(100, (int)Math.Clamp(length, 101, 200_000));
                At(first, (ms, _) => Set(boot, ms));
                if (!entries.Keys.Any(k => k >= first) || boot.Clock == Clock.SetTwice)
                {
                    At(first + _random.Next(1, 100_000), (ms, _) => Set(boot, ms));
                }

                boot.Clock = Clock.Set;
            }

            for (long ms = AliveMs; ms < end; ms += AliveMs)
            {
                At(ms, (at, utc) => Log.Entry(AuditKind.Alive, at, utc: utc));
            }

            foreach ((long ms, Action<long, long> write) in entries)
            {
                write(ms, boot.Clock == Clock.Runs ? boot.From + ms : 0);
                boot.Last = ms;
                if (_random.Next(12) == 0)
                {
                    Checkpoint();
                }
            }

            boot.Clock = boot.Clock == Clock.Set && !boot.WasSet ? Clock.Unset : boot.Clock;
            if (boot.End == BootEnd.Proper)
            {
                Log.Entry(AuditKind.Ended, length, 2, utc: boot.Clock == Clock.Runs ? boot.To : 0);
                boot.Last = length;
            }
        }

        private void Checkpoint()
        {
            _signed = Log.Head.Sequence;
            Log.Checkpoint();
        }

        private void Set(Boot boot, long ms)
        {
            if (!boot.WasSet)
            {
                boot.FirstSet = Log.Head.Sequence + 1;
            }

            Log.Entry(AuditKind.ClockSet, ms, 2, 0, boot.From + ms, [0, 0, 0, 100]);
            boot.WasSet = true;
        }

        private static readonly (int State, CoverageState Means)[] States =
        [
            (1, CoverageState.Buffering),
            (2, CoverageState.Recording),
            (3, CoverageState.Buffering),
            (4, CoverageState.Fault),
            (5, CoverageState.Fault),
        ];

        private enum Clock
        {
            Unset,
            Runs,
            Set,
            SetTwice,
        }

        private enum BootEnd
        {
            Proper,
            Cut,
        }

        private sealed class Boot(uint number, long from, long to, Clock clock, bool proper)
        {
            public uint Number { get; } = number;
            public long From { get; } = from;
            public long To { get; } = to;
            public Clock Clock { get; set; } = clock;
            public BootEnd End { get; } = proper ? BootEnd.Proper : BootEnd.Cut;
            public bool IsSilent { get; set; }
            public bool WasSet { get; set; }

            /// <summary>Sequence numbers of the sectors with its first entry, and with the first setting of its clock.</summary>
            public long First { get; set; }
            public long FirstSet { get; set; }

            /// <summary>Of its last entry, ms since boot.</summary>
            public long Last { get; set; }
            public List<(long At, CoverageState State)> States { get; } = [];
        }
    }
}
