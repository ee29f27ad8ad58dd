// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using Lapel.Hal;
using Lapel.Hal.Virtual;
using Lapel.VirtualCamera;
using Engine = Lapel.VirtualCamera.VirtualCamera;

namespace Lapel.Shift.Tests
{
    /// <summary>
    /// The whole camera through a day of virtual time, and the world around it: power that goes at any microsecond and comes back, plans
    /// that are carried out at their time whatever else is under way. Keeps the truth of what happens to the camera.
    /// </summary>
    internal sealed class Day : IDisposable
    {
        public const int FramesPerSecond = 8,
            PreEventSeconds = 10,
            SlotBytes = 1 << 20;

        // A turn of the loop in which nothing is due (tests/CostMeter/budget.tsv, "waiting turn").
        private const long TurnUs = 480;

        private readonly PriorityQueue<Action, (long AtUs, long Order)> _plans = new();
        private readonly NumberedScene _scene = new();
        private long _order;
        private long _backUs;
        private long _offUs;
        private long _vibratesSinceUs = -1;
        private VirtualBoardParts? _parts;
        private bool _cardOut;

        public Day(int seed, int cardMegabytes, Truth truth)
        {
            Truth = truth;
            var options = new VirtualCameraOptions("", "", _scene)
            {
                Seed = seed,
                CardMegabytes = cardMegabytes,
                SlotBytes = SlotBytes,
                PreEventSeconds = PreEventSeconds,
                FramesPerSecond = FramesPerSecond,

                // Every recording of the day is pressed for.
                ContinueSeconds = 0,
            };
            Watch = new CatalogueWatch(this);
            _scene.Begin(0);
            Camera = Engine.Open(options, Card, Flash);
            Begin();
        }

        public Truth Truth { get; }

        public Engine Camera { get; }

        public MemoryMedium Card { get; } = new(9);

        public MemoryMedium Flash { get; } = new();

        public CatalogueWatch Watch { get; }

        public TrueBoot Boot => Truth.Boots[^1];

        public bool IsOn { get; private set; }

        public long NowUs => Camera.NowUs;

        public long NowMs => Boot.Ms(NowUs);

        public VirtualBoardParts Parts => Camera.Parts;

        /// <summary>What the camera shows, for hands that wait for it; Off without power.</summary>
        public OperatingState State => IsOn ? (OperatingState)((int)Camera.Firmware.State + 1) : OperatingState.Off;

        /// <summary>Whether the configuration that the next boot takes says that lights and tones stay off.</summary>
        public bool IsCovert { get; set; }

        /// <summary>Called with every turn.</summary>
        public Action? Turned { get; set; }

        /// <summary>Called when the camera has vibrated: since when, for how long, microseconds.</summary>
        public Action<long, long>? Vibrated { get; set; }

        /// <summary>Called once when the power has gone, the camera being off.</summary>
        public Action? PowerGone { get; set; }

        /// <summary>Called once when the power has come, before the first turn.</summary>
        public Action? PowerCame { get; set; }

        public void Say(string what) => Truth.Story.Add($"{NowUs / 1e6,10:0.000} s: {what}");

        /// <summary>Does something at a virtual time, between two turns of the loop.</summary>
        public void At(long atUs, Action action) => _plans.Enqueue(action, (atUs, _order++));

        public void In(double seconds, Action action) => At(NowUs + (long)(seconds * 1e6), action);

        /// <summary>The power goes at a time of live footage boot, in whatever is under way then, and comes back after a while.</summary>
        public void CutAt(long atUs, long offUs, string why)
        {
            TrueBoot boot = Boot;
            Parts.Machine.Clock.At(
                Math.Max(atUs, NowUs) - boot.FromUs,
                () =>
                {
                    _offUs = offUs;
                    Truth.Cuts++;
                    Truth.KindsOfFault.Add("the power goes: " + why);
                    Say("cut: " + why);
                    Parts.Machine.CutPower(why);
                }
            );
        }

        /// <summary>Switched off properly, between two turns; the power comes back after a while.</summary>
        public void SwitchOff(long offUs)
        {
            _offUs = offUs;
            try
            {
                Camera.SwitchOff();
                Gone(BootEnd.SwitchedOff);
            }
            catch (PowerCutException)
            {
                Gone(BootEnd.Cut);
            }
        }

        public void Step()
        {
            while (_plans.TryPeek(out Action? action, out (long AtUs, long Order) key) && key.AtUs <= NowUs)
            {
                _plans.Dequeue();
                action();
            }

            if (!IsOn && NowUs >= _backUs)
            {
                _scene.Begin(Truth.Boots.Count);
                Camera.Boot();
                Begin();
            }

            try
            {
                Camera.Step();
            }
            catch (PowerCutException)
            {
                Gone(BootEnd.Cut);
            }

            if (IsOn && _parts != Camera.Parts)
            {
                // It has restarted itself, which takes no time.
                End(BootEnd.Restarted, NowUs - Camera.Parts.Clock.NowUs);
                _scene.Begin(Truth.Boots.Count);
                Begin();
            }

            if (IsOn && Boot.Number == 0 && Camera.Firmware.Device != null)
            {
                Boot.Number = Camera.Firmware.Device.BootNumber;
                Boot.NumberedMs = NowMs;
            }

            if (IsOn && Boot.ReadyMs == long.MaxValue && State == OperatingState.Buffering)
            {
                Boot.ReadyMs = NowMs;
            }

            Turned?.Invoke();
        }

        public void RunUntil(long atUs)
        {
            while (NowUs < atUs)
            {
                Step();
            }
        }

        public void Run(double seconds) => RunUntil(NowUs + (long)(seconds * 1e6));

        /// <summary>A press that begins now or a little later; it is part of the truth as far as the power lasts.</summary>
        /// <returns>When it begins, monotonic milliseconds.</returns>
        public long Press(Button button, long afterUs, long durationUs, PressKind kind)
        {
            long at = Parts.Clock.NowUs + afterUs;
            (button == Button.Record ? Parts.RecordButton : Parts.EventButton).Hold(at, durationUs);
            Truth.Presses.Add(new TruePress(Boot, button, at / 1000, durationUs / 1000, kind));
            return at / 1000;
        }

        public void PullCard()
        {
            _cardOut = true;
            if (IsOn)
            {
                Boot.CardOut.Add(new Span(NowMs));
            }

            Camera.PullCard();
        }

        public void InsertCard()
        {
            _cardOut = false;
            if (IsOn)
            {
                Boot.CardOut[^1].ToMs = NowMs;
            }

            Camera.InsertCard();
        }

        public void Dispose() => Camera.Dispose();

        private void Begin()
        {
            _parts = Camera.Parts;
            _vibratesSinceUs = -1;
            IsOn = true;
            Parts.Sensor.Log.KeepDigests = false;
            Parts.Clock.YieldUs = TurnUs;
            Parts.Card.Observer = Watch;
            Truth.Boots.Add(
                new TrueBoot
                {
                    Index = Truth.Boots.Count,
                    FromUs = NowUs - Parts.Clock.NowUs,
                    Sensor = Parts.Sensor.Log,
                    IsCovert = IsCovert,
                }
            );
            if (_cardOut)
            {
                Boot.CardOut.Add(new Span(0));
            }

            Parts.Indicators.Changed += change =>
            {
                if (change.Indicator != Indicator.Vibration)
                {
                    if (change.On)
                    {
                        Boot.Lights++;
                    }

                    return;
                }

                long sinceUs = _vibratesSinceUs;
                _vibratesSinceUs = change.On ? Boot.FromUs + change.AtUs : -1;
                if (!change.On && sinceUs >= 0)
                {
                    Vibrated?.Invoke(sinceUs, Boot.FromUs + change.AtUs - sinceUs);
                }
            };
            PowerCame?.Invoke();
        }

        private void Gone(BootEnd how)
        {
            End(how, NowUs);
            Camera.CutPower();
            IsOn = false;
            _backUs = NowUs + _offUs;
            PowerGone?.Invoke();
        }

        private void End(BootEnd how, long atUs)
        {
            Boot.End = how;
            Boot.ToUs = atUs;
            foreach (List<Span> spans in new[] { Boot.SensorOut, Boot.CardOut, Boot.Unreadable, Boot.Stalls })
            {
                if (spans.Count > 0 && spans[^1].ToMs == long.MaxValue)
                {
                    spans[^1].ToMs = Boot.Ms(atUs);
                }
            }
        }
    }
}
