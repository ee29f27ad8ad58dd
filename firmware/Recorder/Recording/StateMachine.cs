// SPDX-License-Identifier: MIT

using Lapel.Hal;

namespace Lapel.Recorder
{
    /// <summary>
    /// The recorder's states and what leads from one to another. Does no input or output: inputs are reported to it, actions are
    /// polled from it in order.
    /// </summary>
    public sealed class StateMachine
    {
        private const int Inputs = 11;

        // A recording goes on with these.
        private const RecorderFaults Borne = RecorderFaults.Sensor | RecorderFaults.Buttons;

        // Where a cell leads: a state, or nowhere, or to rest.
        private const byte Stay = 0xF0;

        // Fault while there is one, else CardFull while it is, else Buffering; from there a remembered start goes on.
        private const byte Rest = 0xE0;

        private const byte Recording = (byte)RecorderState.Recording;
        private const byte Closing = (byte)RecorderState.Closing;

        // What a cell asks for: an action, or to remember a start, or to drop the one remembered.
        private const byte No = (byte)RecorderActionKind.None;
        private const byte Begin = (byte)RecorderActionKind.StartRecording;
        private const byte End = (byte)RecorderActionKind.StopRecording;
        private const byte Mark = (byte)RecorderActionKind.Mark;
        private const byte Full = (byte)RecorderActionKind.RefuseCardFull;
        private const byte Bad = (byte)RecorderActionKind.RefuseFault;
        private const byte Keep = 0x10;
        private const byte Drop = 0x20;

        // One row for each state, one column for each input:
        // BootDone, Start, Stop, Mark, CardFull, CardOk, SensorFailed, StorageFailed, FaultsCleared, RecordingClosed, BatteryEmpty.
        private static readonly byte[] NextState =
        {
            /* Booting   */Rest,
            Stay,
            Stay,
            Stay,
            Stay,
            Stay,
            Stay,
            Stay,
            Stay,
            Stay,
            Stay,
            /* Buffering */Stay,
            Recording,
            Stay,
            Stay,
            Rest,
            Stay,
            Rest,
            Rest,
            Stay,
            Stay,
            Rest,
            /* Recording */Stay,
            Stay,
            Closing,
            Stay,
            Closing,
            Stay,
            Stay,
            Closing,
            Stay,
            Rest,
            Closing,
            /* Closing */Stay,
            Stay,
            Stay,
            Stay,
            Stay,
            Stay,
            Stay,
            Stay,
            Stay,
            Rest,
            Stay,
            /* CardFull  */Stay,
            Stay,
            Stay,
            Stay,
            Stay,
            Rest,
            Rest,
            Rest,
            Stay,
            Stay,
            Rest,
            /* Fault     */Stay,
            Stay,
            Stay,
            Stay,
            Stay,
            Stay,
            Stay,
            Stay,
            Rest,
            Stay,
            Stay,
        };

        private static readonly byte[] Asked =
        {
            /* Booting   */No,
            Keep,
            Drop,
            No,
            No,
            No,
            No,
            No,
            No,
            No,
            No,
            /* Buffering */No,
            Begin,
            No,
            No,
            No,
            No,
            No,
            No,
            No,
            No,
            No,
            /* Recording */No,
            Mark,
            End,
            Mark,
            End,
            No,
            No,
            End,
            No,
            No,
            End,
            /* Closing */No,
            Keep,
            Drop,
            No,
            No,
            No,
            No,
            No,
            No,
            No,
            No,
            /* CardFull  */No,
            Full,
            No,
            No,
            No,
            No,
            No,
            No,
            No,
            No,
            No,
            /* Fault     */No,
            Bad,
            No,
            No,
            No,
            No,
            No,
            No,
            No,
            No,
            No,
        };

        // Start and stop alternate and wait for the coordinator, so two entries are always enough for them; marks take the rest.
        private const int Capacity = 16;
        private const int KeptForStartAndStop = 2;

        // Faults that to begin anew does not mend.
        private const RecorderFaults Lasting = RecorderFaults.Sensor | RecorderFaults.Battery;

        private readonly byte[] _kind = new byte[Capacity];
        private readonly long[] _atUs = new long[Capacity];
        private readonly byte[] _reason = new byte[Capacity];
        private readonly byte[] _button = new byte[Capacity];
        private Button _pressed;
        private int _taken;
        private int _put;

        private bool _startKept;
        private long _startKeptUs;

        /// <summary>A machine in Booting.</summary>
        /// <param name="eventStarts">Whether the event button starts a recording when none is under way.</param>
        public StateMachine(bool eventStarts)
        {
            EventStarts = eventStarts;
        }

        /// <summary>Whether the event button starts a recording when none is under way.</summary>
        public bool EventStarts { get; set; }

        /// <summary>The state.</summary>
        public RecorderState State { get; private set; }

        /// <summary>The faults that are there, in any state: a recording goes on without sensor or buttons, and says so.</summary>
        public RecorderFaults Faults { get; private set; }

        /// <summary>Whether the card was reported full, in any state.</summary>
        public bool IsCardFull { get; private set; }

        /// <summary>Whether a start waits for the former recording to close, or for the camera to be up.</summary>
        public bool StartKept
        {
            get { return _startKept; }
        }

        /// <summary>Marks and refusals that found the queue of actions full.</summary>
        public int LostActions { get; private set; }

        /// <summary>Start-up and recovery are over.</summary>
        public void BootDone(long nowUs)
        {
            Apply(RecorderInput.BootDone, nowUs);
        }

        /// <summary>
        /// What ended the start-up in a fault is being mended: the key was ordered. The start-up goes on, and keeps a press as before.
        /// </summary>
        public void BootAgain()
        {
            if (State == RecorderState.Fault)
            {
                Faults &= Lasting;
                State = RecorderState.Booting;
            }
        }

        /// <summary>
        /// What recordings hang on is begun anew, as after power-on: the state is Booting until it is there again. What was asked for and
        /// not yet done is dropped; a start is kept, unless the officer stops it.
        /// </summary>
        /// <param name="records">Whether a recording is to begin when the start-up is over; one that waits already does in any
        /// case.</param>
        /// <param name="startUs">When that is taken for pressed, monotonic microseconds.</param>
        public void BeginAnew(bool records, long startUs)
        {
            // Whether the buttons can be read is looked at anew: a start that waits is to begin without them.
            Faults &= Lasting;
            State = RecorderState.Booting;
            _taken = _put;
            if (records)
            {
                KeepStart(startUs);
            }
        }

        /// <summary>
        /// While Booting: a recording that was under way goes on when the start-up is over, unless the officer stops it. A press that waits
        /// already comes first.
        /// </summary>
        /// <param name="startUs">When that is taken for pressed, monotonic microseconds.</param>
        public void KeepStart(long startUs)
        {
            if (State == RecorderState.Booting && !_startKept)
            {
                _startKept = true;
                _startKeptUs = startUs;
            }
        }

        /// <summary>No part of the camera can be relied on any more, and no restart mends it: it cannot record.</summary>
        public void GiveUp()
        {
            Faults |= RecorderFaults.Internal;
            State = RecorderState.Fault;
            _taken = _put;
            _startKept = false;
        }

        /// <summary>
        /// A gesture: double press starts, hold stops, tap marks, the event button's press marks or starts; the event button's hold
        /// means nothing yet.
        /// </summary>
        public void Gesture(GestureEvent gesture)
        {
            _pressed = gesture.Button;
            if (gesture.Button == Button.Event)
            {
                if (gesture.Kind == GestureKind.Tap)
                {
                    Apply(EventStarts ? RecorderInput.Start : RecorderInput.Mark, gesture.PressUs);
                }

                return;
            }

            // A button that has no meaning here has none: it is not taken for the record button.
            if (gesture.Button != Button.Record)
            {
                return;
            }

            switch (gesture.Kind)
            {
                case GestureKind.DoublePress:
                    Apply(RecorderInput.Start, gesture.PressUs);
                    break;
                case GestureKind.Hold:
                    Apply(RecorderInput.Stop, gesture.PressUs);
                    break;
                case GestureKind.Tap:
                    Apply(RecorderInput.Mark, gesture.PressUs);
                    break;
            }
        }

        /// <summary>A recording under way is to end, and a start that waits is dropped: the camera is about to restart.</summary>
        public void Stop(long nowUs)
        {
            Apply(RecorderInput.Stop, nowUs);
        }

        /// <summary>The last free slot is gone: a recording under way ends.</summary>
        public void CardFull(long nowUs)
        {
            IsCardFull = true;
            Apply(RecorderInput.CardFull, nowUs);
        }

        /// <summary>The battery is empty: a recording under way ends, none begins. For the rest of this boot.</summary>
        public void BatteryEmpty(long nowUs)
        {
            if ((Faults & RecorderFaults.Battery) == 0)
            {
                Faults |= RecorderFaults.Battery;
                Apply(RecorderInput.BatteryEmpty, nowUs);
            }
        }

        /// <summary>There is a free slot again.</summary>
        public void CardOk(long nowUs)
        {
            IsCardFull = false;
            Apply(RecorderInput.CardOk, nowUs);
        }

        /// <summary>Faults have come up. Reporting one that is there already changes nothing.</summary>
        public void RaiseFault(RecorderFaults faults, long nowUs)
        {
            RecorderFaults fresh = faults & ~Faults;
            Faults |= faults;
            if ((fresh & Borne) != 0)
            {
                Apply(RecorderInput.SensorFailed, nowUs);
            }

            if ((fresh & ~Borne) != 0)
            {
                Apply(RecorderInput.StorageFailed, nowUs);
            }
        }

        /// <summary>Faults have gone. Reporting one that is not there changes nothing.</summary>
        public void ClearFault(RecorderFaults faults, long nowUs)
        {
            if ((Faults & faults) == 0)
            {
                return;
            }

            Faults &= ~faults;
            if (Faults == RecorderFaults.None)
            {
                Apply(RecorderInput.FaultsCleared, nowUs);
            }
        }

        /// <summary>All of the recording is on the card, or given up.</summary>
        public void RecordingClosed(long nowUs)
        {
            Apply(RecorderInput.RecordingClosed, nowUs);
        }

        /// <summary>Whether an action waits to be taken.</summary>
        public bool HasAction
        {
            get { return _taken != _put; }
        }

        /// <summary>Takes the oldest action into the caller's object. False when there is none.</summary>
        public bool TryTake(RecorderAction action)
        {
            if (_taken == _put)
            {
                return false;
            }

            int slot = _taken++ % Capacity;
            action.Kind = (RecorderActionKind)_kind[slot];
            action.AtUs = _atUs[slot];
            action.Reason = (StopReason)_reason[slot];
            action.Button = (Button)_button[slot];
            return true;
        }

        private void Apply(RecorderInput input, long atUs)
        {
            int cell = (int)State * Inputs + (int)input;
            byte asked = Asked[cell];
            byte next = NextState[cell];
            if (asked == Keep)
            {
                if (!_startKept)
                {
                    _startKept = true;
                    _startKeptUs = atUs;
                }
            }
            else if (asked == Drop)
            {
                _startKept = false;
            }
            else if (asked != No)
            {
                Ask(asked, atUs, input);
            }

            if (next == Rest)
            {
                GoToRest(atUs);
            }
            else if (next != Stay)
            {
                State = (RecorderState)next;
            }
        }

        private void GoToRest(long atUs)
        {
            bool start = _startKept;
            _startKept = false;
            if (Faults != RecorderFaults.None)
            {
                State = RecorderState.Fault;
                if (start)
                {
                    Ask(Bad, _startKeptUs, RecorderInput.Start);
                }
            }
            else if (IsCardFull)
            {
                State = RecorderState.CardFull;
                if (start)
                {
                    Ask(Full, _startKeptUs, RecorderInput.Start);
                }
            }
            else if (start)
            {
                State = RecorderState.Recording;
                Ask(Begin, _startKeptUs, RecorderInput.Start);
            }
            else
            {
                State = RecorderState.Buffering;
            }
        }

        private void Ask(byte kind, long atUs, RecorderInput input)
        {
            bool mayBeLost = kind != Begin && kind != End;
            if (_put - _taken >= (mayBeLost ? Capacity - KeptForStartAndStop : Capacity))
            {
                LostActions++;
                return;
            }

            int slot = _put++ % Capacity;
            _kind[slot] = kind;
            _atUs[slot] = atUs;
            _button[slot] = (byte)_pressed;
            _reason[slot] = (byte)(
                input == RecorderInput.CardFull ? StopReason.CardFull
                : input == RecorderInput.StorageFailed ? StopReason.StorageFailed
                : input == RecorderInput.BatteryEmpty ? StopReason.BatteryEmpty
                : StopReason.Pressed
            );
        }
    }
}
