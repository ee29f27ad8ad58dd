// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using Lapel.Hal;
using Lapel.Hal.Virtual;
using Lapel.VirtualCamera;
using Lapel.VirtualCamera.Scripts;

namespace Lapel.Cli.Tests
{
    /// <summary>A camera reduced to its gestures and its counters, with a log of what was done to it.</summary>
    internal sealed class FakeEngine : ICameraEngine
    {
        private const long BootUs = 1_000_000;
        private const long FrameUs = 100_000;
        private const long DoubleUs = 400_000;
        private const long StopUs = 3_000_000;
        private const long TurnUs = 10_000;

        public VirtualCable Line { get; } = new VirtualCable();

        private OperatingState _state = OperatingState.Booting;
        private long _poweredUs;
        private long _downUs = -1;
        private long _lastTapUs = -DoubleUs;
        private long _closedUs;
        private int _recordings,
            _markers,
            _millivolts = 3900;
        private bool _cardIn = true,
            _sensorOn = true;

        public List<string> Log { get; } = new();

        private List<(long AtUs, Action Act)> Due { get; } = [];

        public bool Disposed { get; private set; }

        public long NowUs { get; private set; }

        public string PublicKey { get; set; } = "lapel device key 1\nid 00\nkey 00\n";

        public CameraStatus Status =>
            new()
            {
                NowUs = NowUs,
                State = Shown,
                Fault = _sensorOn ? null : "no camera module",
                Utc = new DateTime(2026, 11, 23, 20, 0, 0, DateTimeKind.Utc).AddMicroseconds(NowUs),
                PreEventSeconds = Shown == OperatingState.Off ? 0 : Math.Min(30, Math.Max(0, NowUs - _poweredUs - BootUs) / 1e6),
                Frames = (int)((NowUs - _poweredUs) / FrameUs),
                Recordings = _recordings,
                Markers = _markers,
                SlotsFree = _cardIn ? 30 - _recordings : 0,
                SlotsTotal = _cardIn ? 30 : 0,
                BatteryMillivolts = _millivolts,
            };

        private OperatingState Shown =>
            _state == OperatingState.Off ? _state
            : !_sensorOn || !_cardIn ? OperatingState.Fault
            : _state;

        public void Step()
        {
            NowUs += TurnUs;
            Happen();
            if (_state == OperatingState.Booting && NowUs - _poweredUs >= BootUs)
            {
                _state = OperatingState.Buffering;
            }

            if (_state == OperatingState.Closing && NowUs >= _closedUs)
            {
                _state = OperatingState.Buffering;
            }

            if (_state == OperatingState.Recording && _downUs >= 0 && NowUs - _downUs >= StopUs)
            {
                _state = OperatingState.Closing;
                _closedUs = NowUs + 1_000_000;
            }
        }

        public void RunUntil(long virtualUs)
        {
            while (NowUs < virtualUs)
            {
                Step();
            }
        }

        public void Press(Button button)
        {
            Note($"press {button}");
            if (button == Button.Record)
            {
                _downUs = NowUs;
            }
        }

        public void Release(Button button)
        {
            Note($"release {button}");
            if (button == Button.Event)
            {
                if (_state == OperatingState.Recording)
                {
                    _markers++;
                }

                return;
            }
            if (_downUs < 0)
            {
                return;
            }

            bool tap = NowUs - _downUs < StopUs;
            _downUs = -1;
            if (!tap)
            {
                return;
            }

            if (_state == OperatingState.Recording)
            {
                _markers++;
            }
            else if (_state == OperatingState.Buffering && NowUs - _lastTapUs <= DoubleUs)
            {
                _state = OperatingState.Recording;
                _recordings++;
            }
            _lastTapUs = NowUs;
        }

        public void Play(Button button, IReadOnlyList<GesturePart> gesture)
        {
            long at = NowUs;
            foreach (GesturePart part in gesture)
            {
                bool down = part.Down;
                Due.Add((at, () => Move(button, down)));
                at += part.DurationUs;
            }

            Happen();
        }

        private void Move(Button button, bool down)
        {
            if (down)
            {
                Press(button);
            }
            else
            {
                Release(button);
            }
        }

        /// <summary>What is due by now, in its order.</summary>
        private void Happen()
        {
            while (Due.Count > 0 && Due[0].AtUs <= NowUs)
            {
                Action act = Due[0].Act;
                Due.RemoveAt(0);
                act();
            }
        }

        public void CutPower()
        {
            Due.Clear();
            Note("cut");
            _state = OperatingState.Off;
        }

        public void SwitchOff()
        {
            Note("off");
            _state = OperatingState.Off;
        }

        public void Boot()
        {
            Note("boot");
            _state = OperatingState.Booting;
            _poweredUs = NowUs;
        }

        public void PullCard()
        {
            Note("pull");
            _cardIn = false;
        }

        public void InsertCard()
        {
            Note("insert");
            _cardIn = true;
        }

        public void ConnectSensor(bool connected)
        {
            Note("sensor " + connected);
            _sensorOn = connected;
        }

        public void SetBattery(int millivolts)
        {
            Note("battery " + millivolts);
            _millivolts = millivolts;
        }

        public void SetUtc(DateTime utc)
        {
            Note($"clock {utc:O}");
        }

        public void Dispose()
        {
            Disposed = true;
        }

        private void Note(string what)
        {
            Log.Add($"{NowUs / 1000} {what}");
        }
    }
}
