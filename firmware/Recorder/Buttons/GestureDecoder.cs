// SPDX-License-Identifier: MIT

using Lapel.Evidence;
using Lapel.Hal;

namespace Lapel.Recorder
{
    /// <summary>
    /// Edges into presses into gestures, by the edges' own stamps: a loop that comes late decodes the same. Edges are taken
    /// from the queue only as far as the next gesture, so that a gesture takes effect before the edges after it are read.
    /// </summary>
    public sealed class GestureDecoder
    {
        /// <summary>A level holds when no edge came for this long, microseconds: contacts bounce for 1 to 10 ms.</summary>
        public const long DebounceUs = 20000;

        /// <summary>A second press begins within this after the first one ended, microseconds (the usual double click).</summary>
        public const long DoubleUs = 500000;

        /// <summary>A tap is shorter, microseconds (as on the cameras officers know).</summary>
        public const long TapUs = 1000000;

        /// <summary>A hold lasts at least this, microseconds (as on the cameras officers know).</summary>
        public const long HoldUs = 3000000;

        private readonly IButtons _buttons;
        private readonly PressLog _log;
        private readonly ButtonState _record = new ButtonState();
        private readonly ButtonState _event = new ButtonState();
        private readonly ButtonEdge _edge = new ButtonEdge();
        private bool _hasEdge;

        // No button is down, settling or waited for: nothing is due before the next edge.
        private bool _isQuiet;
        private int _overruns;
        private long _nowUs;

        /// <summary>
        /// A decoder of a board's buttons that keeps the raw presses in a log. Nothing is asked of the buttons yet: edges that were lost
        /// before are made up at the first step.
        /// </summary>
        public GestureDecoder(IButtons buttons, PressLog log)
        {
            _buttons = buttons;
            _log = log;
        }

        /// <summary>
        /// Whether a tap of the record button is told when it ends, not after the time in which a second press could follow. Set while
        /// recording: a double press means nothing then, two taps are two markers, and each is acknowledged at once.
        /// </summary>
        public bool TapAtOnce { get; set; }

        /// <summary>Bursts of edges that came back to the level they left: electrical noise, not fingers.</summary>
        public int Glitches { get; private set; }

        /// <summary>Times an edge had to be made up because the queue had lost it.</summary>
        public int MadeUp { get; private set; }

        /// <summary>When a gesture can come about without a further edge, monotonic microseconds; long.MaxValue when none can.</summary>
        public long NextDueUs
        {
            get
            {
                if (_isQuiet)
                {
                    return long.MaxValue;
                }

                long record = Due(_record, true);
                long other = Due(_event, false);
                return record < other ? record : other;
            }
        }

        /// <summary>
        /// Looks at the buttons, and states the time up to which <see cref="TryTake"/> may decide: every edge up to then has come.
        /// </summary>
        /// <param name="nowUs">Monotonic time, microseconds.</param>
        /// <returns>False when nobody touched a button, and nothing is under way: there is nothing to take.</returns>
        public bool Step(long nowUs)
        {
            _nowUs = nowUs;
            if (!_isQuiet || _hasEdge)
            {
                return true;
            }

            if (_buttons.TryTake(_edge))
            {
                Took();
                _hasEdge = true;
            }
            else if (_overruns == _buttons.Overruns)
            {
                return false;
            }

            _isQuiet = false;
            return true;
        }

        /// <summary>An edge may have been lost: the buttons are looked at as after a queue that ran over.</summary>
        public void Mistrust()
        {
            _overruns = -1;
        }

        /// <summary>Whether the record button is down, in the press that began at this time, monotonic microseconds.</summary>
        public bool IsHeldSince(long pressUs)
        {
            return _record.Down && _record.Raw && _record.DownUs == pressUs;
        }

        /// <summary>Takes the next gesture into the caller's object. False when there is none yet.</summary>
        public bool TryTake(GestureEvent gesture)
        {
            while (true)
            {
                if (!_hasEdge)
                {
                    _hasEdge = TakeEdge();
                    if (!_hasEdge && _overruns != _buttons.Overruns)
                    {
                        _isQuiet = false;
                        _overruns = _buttons.Overruns;
                        Compare(_record, Button.Record);
                        Compare(_event, Button.Event);
                    }

                    if (!_hasEdge && _isQuiet)
                    {
                        return false;
                    }

                    _isQuiet = false;
                }

                long untilUs = _hasEdge ? _edge.AtUs : _nowUs;
                long record = Due(_record, true);
                long other = Due(_event, false);
                if (record <= untilUs && record <= other)
                {
                    if (Fire(_record, Button.Record, gesture))
                    {
                        return true;
                    }
                }
                else if (other <= untilUs)
                {
                    if (Fire(_event, Button.Event, gesture))
                    {
                        return true;
                    }
                }
                else if (_hasEdge)
                {
                    _hasEdge = false;
                    ButtonState button = StateOf(_edge.Button);

                    // A button that this decoder does not know is not taken for one that it knows.
                    if (button != null)
                    {
                        Apply(button, _edge.Down, _edge.AtUs);
                    }
                }
                else
                {
                    _isQuiet = record == long.MaxValue && other == long.MaxValue;
                    return false;
                }
            }
        }

        private bool TakeEdge()
        {
            if (!_buttons.TryTake(_edge))
            {
                return false;
            }

            Took();
            return true;
        }

        private void Took()
        {
            if (_edge.EarlierUs > 0)
            {
                Shift(_record);
                Shift(_event);
            }
        }

        private void Shift(ButtonState track)
        {
            track.Shift(_edge.EarlierUs);
            if (track.Down)
            {
                _log.Shift(track.Press, (int)(_edge.EarlierUs / 1000));
            }
        }

        private ButtonState StateOf(Button button)
        {
            switch (button)
            {
                case Button.Record:
                    return _record;
                case Button.Event:
                    return _event;
                default:
                    return null;
            }
        }

        private void Apply(ButtonState track, bool down, long atUs)
        {
            if (track.Settling)
            {
                track.LastEdgeUs = atUs;
            }
            else if (track.Raw != down)
            {
                track.Settling = true;
                track.FirstEdgeUs = atUs;
                track.LastEdgeUs = atUs;
            }

            track.Raw = down;
        }

        // While edges settle nothing else is decided: they may prove that a press ended, or began, in time.
        private long Due(ButtonState track, bool record)
        {
            if (track.Settling)
            {
                return track.LastEdgeUs + DebounceUs;
            }

            if (track.Down)
            {
                return track.Spent ? long.MaxValue : track.DownUs + HoldUs;
            }

            if (record && track.Waiting)
            {
                return TapAtOnce ? track.WaitingUpUs : track.WaitingUpUs + DoubleUs;
            }

            return long.MaxValue;
        }

        private bool Fire(ButtonState track, Button button, GestureEvent gesture)
        {
            if (track.Settling)
            {
                track.Settling = false;
                if (track.Raw == track.Down)
                {
                    Glitches++;
                    return false;
                }

                track.Down = track.Raw;
                return track.Down ? Pressed(track, button, gesture) : Let(track, button);
            }

            return track.Down ? Held(track, button, gesture) : Waited(track, gesture);
        }

        private bool Pressed(ButtonState track, Button button, GestureEvent gesture)
        {
            long atUs = track.FirstEdgeUs;
            track.DownUs = atUs;
            track.Spent = false;
            track.Press = _log.Down(button, atUs / 1000);
            if (button == Button.Event)
            {
                _log.Mean(track.Press, PressMeaning.Tap);
                Tell(gesture, GestureKind.Tap, button, atUs, 0);
                return true;
            }

            if (!track.Waiting)
            {
                return false;
            }

            track.Waiting = false;
            if (TapAtOnce)
            {
                // Set while this press was settling: the press before is a tap, this one stands alone.
                return TellTap(track, gesture);
            }

            track.Spent = true;
            _log.Mean(track.WaitingPress, PressMeaning.DoublePress);
            _log.Mean(track.Press, PressMeaning.DoublePress);
            Tell(gesture, GestureKind.DoublePress, button, track.WaitingDownUs, (int)((atUs - track.WaitingDownUs) / 1000));
            return true;
        }

        private bool Let(ButtonState track, Button button)
        {
            long atUs = track.FirstEdgeUs;
            long lastedUs = atUs - track.DownUs;
            _log.Up(track.Press, (int)(lastedUs / 1000));
            if (!track.Spent && button == Button.Record && lastedUs < HoldUs)
            {
                track.Waiting = true;
                track.WaitingDownUs = track.DownUs;
                track.WaitingUpUs = atUs;
                track.WaitingPress = track.Press;
            }

            return false;
        }

        private bool Held(ButtonState track, Button button, GestureEvent gesture)
        {
            // A release lost by a full queue must not stop a recording: without an edge to prove it the button itself is asked.
            if (!_hasEdge && !_buttons.IsDown(button))
            {
                _hasEdge = TakeEdge();
                if (!_hasEdge)
                {
                    track.Spent = true;
                    MadeUp++;
                    Apply(track, false, _nowUs);
                }

                return false;
            }

            track.Spent = true;
            if (button == Button.Record)
            {
                _log.Mean(track.Press, PressMeaning.Hold);
            }

            Tell(gesture, GestureKind.Hold, button, track.DownUs, (int)(HoldUs / 1000));
            return true;
        }

        private bool Waited(ButtonState track, GestureEvent gesture)
        {
            track.Waiting = false;
            return TellTap(track, gesture);
        }

        private bool TellTap(ButtonState track, GestureEvent gesture)
        {
            long lastedUs = track.WaitingUpUs - track.WaitingDownUs;
            if (lastedUs >= TapUs)
            {
                return false;
            }

            _log.Mean(track.WaitingPress, PressMeaning.Tap);
            Tell(gesture, GestureKind.Tap, Button.Record, track.WaitingDownUs, (int)(lastedUs / 1000));
            return true;
        }

        private void Compare(ButtonState track, Button button)
        {
            bool down = _buttons.IsDown(button);
            if (down != track.Raw)
            {
                MadeUp++;
                Apply(track, down, _nowUs);
            }
        }

        private static void Tell(GestureEvent gesture, GestureKind kind, Button button, long pressUs, int durationMs)
        {
            gesture.Kind = kind;
            gesture.Button = button;
            gesture.PressUs = pressUs;
            gesture.DurationMs = durationMs;
        }
    }
}
