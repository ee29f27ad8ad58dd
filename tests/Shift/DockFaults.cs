// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Linq;
using Lapel.Hal.Virtual;
using Lapel.Intake;
using Lapel.Link;

namespace Lapel.Shift.Tests
{
    /// <summary>
    /// What goes wrong at the dock: the line, the power in the midst of a transfer or of a release, a sector that cannot be read, the card.
    /// </summary>
    internal sealed class DockFaults(Day day, Random random, Action loggedIn) : ISyncWatch
    {
        private long _cutAtBytes = long.MaxValue;
        private int _cutAtRelease = -1;
        private bool _syncBegun,
            _releaseBegun;
        private bool _serves;

        /// <summary>A bad cable from now on.</summary>
        public void Line()
        {
            day.Truth.OtherFaults++;
            day.Truth.KindsOfFault.Add("a bad line");
            var faults = new LineFaults
            {
                Flip = random.Next(3) == 0 ? 0.4 : 0.05,
                Drop = 0.03,
                Insert = 0.03,
                Stall = random.Next(2) * 0.02,
                Unplug = random.Next(2) * 0.004,
                Seed = random.Next(),
            };
            day.Camera.Line.SetFaults(faults);
            day.Say("bad line: " + faults);
        }

        /// <summary>Once a visit: the power goes while segments come, or a sector cannot be read for a while.</summary>
        public void BeforeSync()
        {
            if (_syncBegun)
            {
                return;
            }

            _syncBegun = true;
            if (random.Next(2) == 0)
            {
                _cutAtBytes = random.Next(100_000, 8_000_000);
            }

            if (random.Next(2) == 0)
            {
                Unreadable();
            }
        }

        /// <summary>Once a visit: the power goes in the midst of a release.</summary>
        public void BeforeRelease()
        {
            if (_releaseBegun)
            {
                return;
            }

            _releaseBegun = true;
            _cutAtRelease = random.Next(1, 12);
        }

        public void Over() => _cutAtBytes = long.MaxValue;

        public void Begin(Hello hello, int segments, long bytes, int stored)
        {
            loggedIn();
            day.Truth.Served.Add((day.Boot, day.NowMs, day.NowMs));
            _serves = true;
            day.Say($"sync of {segments} segments, {bytes} bytes; {stored} are stored");
        }

        public void Bytes(long done, long total)
        {
            List<(TrueBoot Boot, long FromMs, long ToMs)> served = day.Truth.Served;
            if (_serves && served[^1].Boot == day.Boot)
            {
                served[^1] = served[^1] with { ToMs = day.NowMs };
            }

            if (done < _cutAtBytes || !day.IsOn)
            {
                return;
            }

            _cutAtBytes = long.MaxValue;
            Cut("while segments are brought", 50_000);
        }

        public void Stored(SlotEntry entry, string path) => day.Truth.Stored.Add((entry.Recording, entry.Segment, entry.Digest));

        public void Refused(SlotEntry entry, string why, string path) => day.Say($"refused {entry.Recording}/{entry.Segment}: {why}");

        public void Released(SlotEntry entry)
        {
            if (--_cutAtRelease == 0 && day.IsOn)
            {
                Cut("in a release", 900_000);
            }
        }

        public void Waits(string why)
        {
            _serves = false;
            day.Say("waits: " + why);
        }

        private void Cut(string why, int withinUs) =>
            day.CutAt(day.NowUs + random.Next(withinUs), 2_000_000 + random.Next(20_000_000), why);

        private void Unreadable()
        {
            List<string> slots = [.. day.Card.Files.Where(f => f.EndsWith(".MP4", StringComparison.Ordinal))];
            day.Truth.OtherFaults++;
            day.Truth.KindsOfFault.Add("a slot cannot be read at the dock");
            day.Say("a slot has sectors that cannot be read");
            for (int n = 0; n < slots.Count; n += 5)
            {
                day.Parts.Card.BadSectors.Add((slots[n], random.Next(1500)));
            }

            TrueBoot boot = day.Boot;
            var span = new Span(day.NowMs);
            boot.Unreadable.Add(span);
            day.In(
                20,
                () =>
                {
                    if (!day.IsOn || boot != day.Boot)
                    {
                        return;
                    }

                    span.ToMs = day.NowMs;
                    day.Parts.Card.BadSectors.Clear();
                }
            );
        }
    }
}
