// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Linq;
using Lapel.Hal;
using Lapel.VirtualCamera;

namespace Lapel.Shift.Tests
{
    /// <summary>
    /// The officer's hands. Starts a recording when one is meant, feels whether it was taken, presses again when not, sets markers, plays
    /// with buttons, holds to stop. Knows only what is felt and done.
    /// </summary>
    internal sealed class Officer
    {
        // Presses of ordinary fingers: 90 ms, the second 250 ms after the first.
        private const long TapUs = 90_000,
            DoubleUs = 250_000;

        // The 3 s asked for and a little.
        private const long HoldUs = 3_200_000,
            HeldUs = 3_000_000;

        // The answer "a recording began" is one vibration of 400 ms, and no other answer has one as long; the loop may end it late.
        private const long StartedUs = 390_000;

        // Longer than anything waits for an answer: a past that is written while the next start waits.
        private const long AnswerUs = 60_000_000;

        private const long RetryUs = 4_000_000;

        // Nobody presses before the first light: in less time than this no chip has come to its buttons.
        private const long AwakeMs = 1000;

        private readonly Day _day;
        private readonly Queue<PlannedRecording> _plan;
        private PlannedRecording? _now;
        private long _nextUs;
        private long _pressedUs;
        private long _pressMs;
        private TrueBoot? _pressBoot;
        private Button _pressButton;

        public Officer(Day day, Plan plan)
        {
            _day = day;
            _plan = new Queue<PlannedRecording>(plan.Planned);
            day.Vibrated = Felt;
            day.PowerGone += PowerGone;
        }

        /// <summary>The recording that runs, as far as the officer knows.</summary>
        public TrueRecording? Recording { get; private set; }

        public bool IsDone => _plan.Count == 0 && _now == null && Recording == null;

        /// <summary>Whether a start waits for its answer.</summary>
        public bool IsWaiting => _pressBoot != null;

        /// <summary>No new recording is begun.</summary>
        public bool Rests { get; set; }

        /// <summary>Whether the event button starts a recording by the configuration in force; else it marks.</summary>
        public bool EventStarts { get; set; }

        /// <summary>Pre-event of the configuration in force, seconds.</summary>
        public int PreEventSeconds { get; set; } = Day.PreEventSeconds;

        public string? Wrong { get; private set; }

        public void Turn()
        {
            if (_day.NowUs < _nextUs || !_day.IsOn)
            {
                return;
            }

            if (_pressBoot != null)
            {
                if (_day.NowUs - _pressedUs > AnswerUs)
                {
                    Complain();
                }

                return;
            }

            if (Recording != null || Rests)
            {
                return;
            }

            if (_now == null && _plan.TryPeek(out PlannedRecording? next) && next.AtUs <= _day.NowUs)
            {
                _now = _plan.Dequeue();
            }

            if (_now == null)
            {
                return;
            }

            bool ready = _day.State == OperatingState.Buffering;
            if (ready || (_now.Blind && _day.NowMs >= AwakeMs && _day.State is OperatingState.Booting or OperatingState.Closing))
            {
                Start();
            }
            else
            {
                _nextUs = _day.NowUs + 300_000;
            }
        }

        /// <summary>The card is out: whatever was being recorded has ended.</summary>
        public void CardPulled()
        {
            if (Recording != null)
            {
                End(RecordingEnd.Pulled, _day.NowMs);
            }

            if (_pressBoot != null)
            {
                Unanswered();
            }
        }

        private void Start()
        {
            _pressButton = EventStarts && _now!.WithEvent ? Button.Event : Button.Record;
            _pressBoot = _day.Boot;
            _pressMs = _day.Press(_pressButton, 0, TapUs, _pressButton == Button.Event ? PressKind.Tap : PressKind.Double);
            _pressedUs = _day.NowUs;
            if (_pressButton == Button.Event)
            {
                return;
            }

            _day.Press(Button.Record, DoubleUs, TapUs, PressKind.Double);
            _pressedUs += DoubleUs;
        }

        private void Felt(long sinceUs, long forUs)
        {
            // A warning that was playing is cut short by the answer, and the two are felt as one.
            if (_pressBoot != _day.Boot || forUs < StartedUs || sinceUs + forUs < _pressedUs + StartedUs)
            {
                return;
            }

            PlannedRecording plan = _now!;
            Recording = new TrueRecording
            {
                Boot = _day.Boot,
                PressMs = _pressMs,
                ToldMs = _day.NowMs,
                StartedWith = _pressButton,
                PreEventSeconds = PreEventSeconds,
            };
            _day.Truth.Recordings.Add(Recording);
            _pressBoot = null;
            _now = null;
            TrueRecording mine = Recording;
            foreach ((long after, Button button, long held) in plan.Markers)
            {
                While(mine, after, () => Mark(mine, button, held));
            }

            foreach ((long after, Action happens) in plan.Faults)
            {
                _day.At(_day.NowUs + after, happens);
            }

            While(mine, plan.DurationUs, () => Stop(mine));
        }

        private void While(TrueRecording recording, long afterUs, Action act) =>
            _day.At(
                _day.NowUs + afterUs,
                () =>
                {
                    if (Recording == recording && recording.End == RecordingEnd.Running)
                    {
                        act();
                    }
                }
            );

        // While recording a tap of either button marks, also where the event button starts.
        private void Mark(TrueRecording recording, Button button, long heldUs)
        {
            recording.Markers.Add((_day.Press(button, 0, button == Button.Record ? TapUs : heldUs, PressKind.Tap), button));
        }

        private void Stop(TrueRecording recording)
        {
            long down = _day.Press(Button.Record, 0, HoldUs, PressKind.Hold);
            recording.EndMs = down + HeldUs / 1000;
            _day.At(
                _day.NowUs + HeldUs,
                () =>
                {
                    if (Recording == recording)
                    {
                        recording.End = RecordingEnd.Held;
                    }
                }
            );
            _day.At(
                _day.NowUs + HoldUs + 200_000,
                () =>
                {
                    if (Recording == recording)
                    {
                        End(RecordingEnd.Held, recording.EndMs);
                    }
                }
            );
        }

        private void End(RecordingEnd how, long atMs)
        {
            TrueRecording ended = Recording!;
            Recording = null;
            _nextUs = _day.NowUs;
            if (ended.End != RecordingEnd.Held || how == RecordingEnd.Held)
            {
                ended.End = how;
                ended.EndMs = atMs;
            }
        }

        private void PowerGone()
        {
            if (Recording != null)
            {
                End(RecordingEnd.Cut, _day.NowMs);
            }

            if (_pressBoot != null)
            {
                Unanswered();
            }
        }

        private void Unanswered()
        {
            _day.Truth.Unanswered.Add((_pressBoot!, _pressMs));
            _pressBoot = null;
            _nextUs = _day.NowUs + RetryUs;
        }

        private void Complain()
        {
            // A camera whose card or module is out says no, and its no feels like a warning: pressed again later.
            if (_day.Boot.CardOut.Concat(_day.Boot.SensorOut).Any(s => s.Meets(_pressMs - 10_000, _day.NowMs)))
            {
                Unanswered();
            }
            else
            {
                Wrong ??=
                    $"the start pressed at {_pressMs} ms of boot {_day.Boot.Index} was never answered; the camera is {_day.State}, "
                    + $"faults {_day.Camera.Firmware.Faults}, card {_day.Camera.Firmware.CardStatus}, "
                    + $"{_day.Camera.Firmware.Recordings} recordings begun";
            }

            _pressBoot = null;
        }
    }
}
