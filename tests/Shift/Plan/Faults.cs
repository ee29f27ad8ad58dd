// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Linq;
using Lapel.VirtualCamera;

namespace Lapel.Shift.Tests
{
    /// <summary>
    /// What goes wrong in a shift, drawn from a seed: some of it at a time, some of it in the midst of a recording, some of it while the
    /// power is off.
    /// </summary>
    internal sealed class Faults
    {
        /// <summary>What can go wrong, as the truth names it.</summary>
        public static readonly string[] Kinds =
        [
            "DEVICE.PUB is damaged",
            "a bad line",
            "a catalogue sector is damaged in copy A",
            "a catalogue sector is damaged in copy B",
            "a catalogue sector is lost in both copies",
            "a free slot is damaged",
            "a sector that cannot be read",
            "a slot cannot be read at the dock",
            "bad pictures",
            "battery low, swapped after switching off",
            "battery low, swapped without",
            "card pulled",
            "the card stalls",
            "the module is gone",
            "the module stalls",
            "the power goes: in a recording",
            "the power goes: in a release",
            "the power goes: the battery fell out",
            "the power goes: while buffering",
            "the power goes: while recovering",
            "the power goes: while segments are brought",
        ];

        private readonly Day _day;
        private readonly Officer _officer;
        private readonly Random _random;
        private readonly Queue<Action> _whileOff = new();
        private readonly Queue<Action> _atBoot = new();
        private bool _areSensorFaultsInTurn;
        private int _sensorFaults;

        public Faults(Day day, Officer officer, Random random)
        {
            _day = day;
            _officer = officer;
            _random = random;
            day.PowerGone += () =>
            {
                if (_day.Truth.FromUs > 0 && _whileOff.TryDequeue(out Action? damage))
                {
                    damage();
                }
            };
            day.PowerCame += () =>
            {
                if (_atBoot.TryDequeue(out Action? happens))
                {
                    happens();
                }
            };
        }

        /// <summary>Draws the faults of a shift into its plan.</summary>
        public void Draw(ShiftSize size, Plan plan, long fromUs, long toUs)
        {
            _areSensorFaultsInTurn = size.AreSensorFaultsInTurn;
            List<PlannedRecording> left = [.. plan.Planned.Where(p => p.DurationUs > 8_000_000).OrderBy(_ => _random.Next())];
            PlannedRecording Take()
            {
                PlannedRecording taken = left[^1];
                left.RemoveAt(left.Count - 1);
                return taken;
            }

            for (int n = 0; n < 5; n++)
            {
                CutIn(Take(), n);
            }

            for (int n = 0; n < size.Pulls; n++)
            {
                PullIn(Take());
            }

            for (int n = 0; n < size.SensorFaults; n++)
            {
                SensorIn(Take());
            }

            for (int n = 0; n < size.CardStalls; n++)
            {
                CardStallsIn(Take());
            }

            for (int n = 0; n < size.CutsAtRest; n++)
            {
                AtRest(fromUs, toUs, CutAtRest);
            }

            AtRest(fromUs, toUs, () => SwapBattery(true));
            AtRest(fromUs, toUs, () => SwapBattery(false));
            AtRest(fromUs, toUs, () => Pull());
            for (int n = 0; n < size.SensorFaultsAtRest; n++)
            {
                AtRest(fromUs, toUs, Sensor);
            }

            _whileOff.Enqueue(() => DamageCatalogue("A"));
            _whileOff.Enqueue(() => DamageCatalogue("B"));
            _whileOff.Enqueue(LoseCatalogueSector);
            _whileOff.Enqueue(DamagePublicKey);
            _whileOff.Enqueue(DamageFreeSlot);
        }

        private double Seconds(double least, double most) => least + _random.NextDouble() * (most - least);

        private static long Us(double seconds) => (long)(seconds * 1e6);

        private void Other(string what)
        {
            _day.Truth.OtherFaults++;
            _day.Truth.KindsOfFault.Add(what);
            _day.Say(what);
        }

        // At a time, once the officer does nothing and the camera is ready and knows the time.
        private void AtRest(long fromUs, long toUs, Action happens)
        {
            long at = fromUs + Us(600) + (long)(_random.NextDouble() * (toUs - fromUs - Us(1800)));
            void Try()
            {
                if (
                    !_day.IsOn
                    || _day.State != OperatingState.Buffering
                    || _officer.Recording != null
                    || _officer.IsWaiting
                    || _officer.Rests
                    || !IsClockSet()
                )
                {
                    _day.In(7, Try);
                }
                else
                {
                    happens();
                }
            }

            _day.At(at, Try);
        }

        private bool IsClockSet() => _day.Truth.ClockSettings.Any(c => c.Boot == _day.Boot);

        private void CutIn(PlannedRecording recording, int kind)
        {
            double seconds = recording.DurationUs / 1e6;
            double after =
                kind == 0 ? Seconds(0, 3)
                : kind == 1 ? seconds + Seconds(2.9, 3.8)
                : Seconds(0, seconds);
            int again = kind is 2 or 3 ? 1 + _random.Next(2) : 0;
            bool unreadable = kind == 4;
            recording.Faults.Add(
                (
                    Us(after),
                    () =>
                    {
                        if (!_day.IsOn)
                        {
                            return;
                        }

                        for (int n = 0; n < again; n++)
                        {
                            _atBoot.Enqueue(CutInRecovery);
                        }

                        if (unreadable)
                        {
                            _atBoot.Enqueue(UnreadableSlot);
                        }

                        _day.CutAt(_day.NowUs, Us(Seconds(0.5, 40)), "in a recording");
                    }
            )
            );
        }

        // From power-on to a ready camera it takes some seconds.
        private void CutInRecovery() => _day.CutAt(_day.NowUs + Us(Seconds(0.3, 6)), Us(Seconds(0.5, 5)), "while recovering");

        private void CutAtRest() => _day.CutAt(_day.NowUs, Us(Seconds(0.5, 90)), "while buffering");

        private void SwapBattery(bool properly)
        {
            Other("battery low, swapped " + (properly ? "after switching off" : "without"));
            _day.Camera.SetBattery(3_350);
            _day.Truth.LowBatteries.Add((_day.Boot, _day.NowMs));
            _day.In(
                Seconds(30, 90),
                () =>
                {
                    if (
                        _day.IsOn
                        && properly
                        && _officer.Recording == null
                        && !_officer.IsWaiting
                        && _day.State == OperatingState.Buffering
                    )
                    {
                        _day.SwitchOff(Us(Seconds(15, 60)));
                    }
                    else if (_day.IsOn)
                    {
                        _day.CutAt(_day.NowUs, Us(Seconds(15, 60)), "the battery fell out");
                    }

                    _day.Camera.SetBattery(4_150);
                }
            );
        }

        private void PullIn(PlannedRecording recording) =>
            recording.Faults.Add(((long)(_random.NextDouble() * recording.DurationUs), Pull));

        private void Pull()
        {
            if (!_day.IsOn)
            {
                return;
            }

            Other("card pulled");
            _officer.CardPulled();
            _day.PullCard();
            _day.In(
                Seconds(1, 40),
                () =>
                {
                    _day.Say("card pushed back");
                    _day.InsertCard();
                }
            );
        }

        private void SensorIn(PlannedRecording recording) =>
            recording.Faults.Add(((long)(_random.NextDouble() * recording.DurationUs * 0.8), Sensor));

        private void Sensor()
        {
            if (!_day.IsOn)
            {
                return;
            }

            TrueBoot boot = _day.Boot;
            int kind = _areSensorFaultsInTurn ? _sensorFaults++ % 3 : _random.Next(3);
            var span = new Span(_day.NowMs) { IsHard = kind < 2 };
            boot.SensorOut.Add(span);
            var faults = _day.Parts.Sensor.Faults;
            double seconds = Seconds(0.3, 9);
            switch (kind)
            {
                case 0:
                    Other("the module stalls");
                    faults.NeverDone = true;
                    break;
                case 1:
                    Other("the module is gone");
                    faults.Absent = true;
                    break;
                default:
                    Other("bad pictures");
                    faults.BadCapturesNext = 1 + _random.Next(5);
                    break;
            }

            _day.In(
                seconds,
                () =>
                {
                    faults.NeverDone = false;
                    faults.Absent = false;
                    if (span.ToMs == long.MaxValue)
                    {
                        span.ToMs = boot.Ms(_day.NowUs);
                    }
                }
            );
        }

        private void CardStallsIn(PlannedRecording recording) =>
            recording.Faults.Add(
                (
                    0,
                    () =>
                    {
                        if (!_day.IsOn)
                        {
                            return;
                        }

                        Other("the card stalls");
                        TrueBoot boot = _day.Boot;
                        var span = new Span(_day.NowMs);
                        boot.Stalls.Add(span);
                        var times = _day.Parts.Card.Times;
                        times.StallOneIn = 15 + _random.Next(60);
                        _day.At(
                            _day.NowUs + recording.DurationUs,
                            () =>
                            {
                                times.StallOneIn = 0;
                                if (span.ToMs == long.MaxValue)
                                {
                                    span.ToMs = boot.Ms(_day.NowUs);
                                }
                            }
                        );
                    }
        )
            );

        // The init of every slot that is open cannot be read for a while: the camera comes up without it, and the boot after that recovers
        // it.
        private void UnreadableSlot()
        {
            Other("a sector that cannot be read");
            foreach (string path in _day.Card.Files.Where(f => f.EndsWith(".MP4", StringComparison.Ordinal)))
            {
                _day.Parts.Card.BadSectors.Add((path, _random.Next(2, 40)));
            }

            TrueBoot boot = _day.Boot;
            var span = new Span(_day.NowMs);
            boot.Unreadable.Add(span);
            _day.In(
                Seconds(30, 60),
                () =>
                {
                    if (!_day.IsOn || boot != _day.Boot)
                    {
                        return;
                    }

                    span.ToMs = _day.NowMs;
                    _day.Parts.Card.BadSectors.Clear();
                    AtRest(_day.NowUs, _day.NowUs + Us(3600), CutAtRest);
                }
            );
        }

        private void DamageCatalogue(string copy)
        {
            Other("a catalogue sector is damaged in copy " + copy);
            Spoil("LAPEL/CATALOG." + copy, _random.Next(CatalogueSectors));
        }

        private void LoseCatalogueSector()
        {
            Other("a catalogue sector is lost in both copies");
            int sector = _random.Next(CatalogueSectors);
            Spoil("LAPEL/CATALOG.A", sector);
            Spoil("LAPEL/CATALOG.B", sector);
        }

        private void DamagePublicKey()
        {
            Other("DEVICE.PUB is damaged");
            Spoil("LAPEL/DEVICE.PUB", 0);
        }

        // What lies in a slot that was never used is stale anyway, but for its first sector.
        private void DamageFreeSlot()
        {
            string last = _day.Card.Files.Last(f => f.EndsWith(".MP4", StringComparison.Ordinal));
            var first = new byte[512];
            _day.Card.Read(last, 0, first);
            if (first.AsSpan().ContainsAnyExcept((byte)0))
            {
                return;
            }

            Other("a free slot is damaged");
            for (int n = 0; n < 20; n++)
            {
                Spoil(last, 1 + _random.Next(Day.SlotBytes / 512 - 1));
            }
        }

        private int CatalogueSectors => (_day.Card.Files.Count(f => f.EndsWith(".MP4", StringComparison.Ordinal)) + 14) / 15;

        private void Spoil(string path, long sector)
        {
            var noise = new byte[512];
            _random.NextBytes(noise);
            _day.Card.Write(path, sector * 512, noise);
        }
    }
}
