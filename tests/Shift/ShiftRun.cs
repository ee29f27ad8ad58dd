// SPDX-License-Identifier: MIT

using System;
using System.IO;
using System.Linq;
using Lapel.VirtualCamera;

namespace Lapel.Shift.Tests
{
    /// <summary>
    /// The hours of a shift, drawn from a seed: the camera is set up, worn, put into the dock in between, and put there at the end. Its
    /// configuration changes at the first visit: lights and tones stay off from then on, and the event button starts. There are no mutes:
    /// version 1 has no sound.
    /// </summary>
    internal sealed class ShiftRun : IDisposable
    {
        private readonly Random _random;
        private readonly Plan _plan;
        private readonly Officer _officer;
        private long _clockDueUs = long.MaxValue;

        private ShiftRun(ShiftSize size, int seed)
        {
            Size = size;
            Seed = seed;
            _random = new Random(seed);
            Folder = Directory.CreateTempSubdirectory("lapel-shift-").FullName;
            Day = new Day(seed, size.CardMegabytes, Truth);
            Dock = new Dock(Day, Folder);
            SetUp();
            Truth.FromUs = Day.NowUs;
            Truth.ToUs = Day.NowUs + Us(size.Hours * 3600);
            _plan = new Plan(size, _random, Truth.FromUs);
            _officer = new Officer(Day, _plan);
            new Faults(Day, _officer, new Random(seed + 1)).Draw(size, _plan, Truth.FromUs, Truth.ToUs);
            Memory = new MemoryWatch(Day);
            Day.Turned = () =>
            {
                _officer.Turn();
                Memory.Turn();
            };
            Day.PowerCame += () => _clockDueUs = Day.NowUs + Us(15 + _random.NextDouble() * 220);
            _clockDueUs = Day.NowUs + Us(1200 + _random.NextDouble() * 1200);
        }

        public ShiftSize Size { get; }

        public int Seed { get; }

        public Truth Truth { get; } = new();

        public Day Day { get; }

        public Dock Dock { get; }

        public MemoryWatch Memory { get; }

        /// <summary>The store's folder.</summary>
        public string Folder { get; }

        public static ShiftRun Of(ShiftSize size, int seed)
        {
            var run = new ShiftRun(size, seed);
            try
            {
                run.Play();
                return run;
            }
            catch (Exception error)
            {
                string story = string.Join('\n', run.Truth.Story.TakeLast(60));
                run.Dispose();
                throw new InvalidOperationException($"the shift of seed {seed} stopped: {error.Message}\n{story}", error);
            }
        }

        public void Dispose()
        {
            Day.Dispose();
            Directory.Delete(Folder, true);
        }

        private static long Us(double seconds) => (long)(seconds * 1e6);

        // Before the shift: a camera out of its box gets its authority, is restarted and switched off. Then the officer takes it; its clock
        // has forgotten what it knew.
        private void SetUp()
        {
            Until(OperatingState.Buffering, 120);
            Dock.Configure(eventStarts: false, covert: false);
            Dock.Restart();
            Until(OperatingState.Buffering, 120);
            Day.Run(2);
            Day.SwitchOff(Us(30));
            while (!Day.IsOn)
            {
                Day.Step();
            }
        }

        private void Play()
        {
            foreach (double hour in _plan.Visits.SkipLast(1))
            {
                Wear(() => Day.NowUs >= Truth.FromUs + Us(hour * 3600));
                Visit();
            }

            Wear(() => Day.NowUs >= Truth.FromUs + Us(_plan.Visits[^1] * 3600) && _officer.IsDone);

            // What could not be read at one boot is recovered at the next: so much is done before the last visit.
            Rest();
            Day.SwitchOff(Us(5));
            while (!Day.IsOn)
            {
                Day.Step();
            }

            Until(OperatingState.Buffering, 120);
            Visit();
            Rest();
            Wear(() => Day.NowUs >= Truth.ToUs - Us(10));
            if (Day.NowUs > Truth.ToUs)
            {
                throw new InvalidOperationException("the shift took longer than its hours");
            }

            Day.SwitchOff(Us(3600));
            Day.RunUntil(Truth.ToUs);
        }

        private void Wear(Func<bool> until)
        {
            while (!until())
            {
                if (_officer.Wrong != null)
                {
                    throw new InvalidOperationException(_officer.Wrong);
                }

                if (Day.NowUs > Truth.ToUs)
                {
                    throw new InvalidOperationException($"the shift took longer than its hours; the camera is {Day.State}");
                }

                if (Day.IsOn && Day.NowUs >= _clockDueUs)
                {
                    _clockDueUs = Dock.TrySetClock() ? long.MaxValue : Day.NowUs + Us(15);
                }
                else
                {
                    Day.Step();
                }
            }
        }

        private void Rest()
        {
            _officer.Rests = true;
            Wear(() => _officer.Recording == null && !_officer.IsWaiting && Day.State == OperatingState.Buffering);
        }

        private void Visit()
        {
            Rest();
            Dock.Visit(_random);
            if (Truth.Visits == 1)
            {
                Dock.Configure(eventStarts: true, covert: true);
                Dock.Restart();
                _officer.EventStarts = true;
            }

            _officer.Rests = false;
        }

        private void Until(OperatingState state, double seconds)
        {
            for (long end = Day.NowUs + Us(seconds); Day.State != state; Day.Step())
            {
                if (Day.NowUs > end)
                {
                    throw new InvalidOperationException($"after {seconds} s the camera is {Day.State}");
                }
            }
        }
    }
}
