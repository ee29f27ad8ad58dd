// SPDX-License-Identifier: MIT

using Lapel.Evidence;
using Lapel.Hal;
using Lapel.Recorder;

namespace Lapel.App
{
    /// <summary>
    /// Switches the camera off: what is recorded is closed first, then the officer is told, then the log is closed and signed, then the
    /// board sleeps.
    /// </summary>
    public sealed class PowerControl
    {
        /// <summary>How long the goodbye takes, milliseconds; a start in this time keeps the camera on.</summary>
        public const int GoodbyeMs = 2000;

        private readonly CameraParts _parts;
        private readonly RecordingControl _recordings;
        private readonly OffGesture _gesture;
        private BootEnd _how;
        private long _goodbyeMs;
        private bool _saysGoodbye;
        private bool _isEnded;

        /// <summary>Switches these off.</summary>
        public PowerControl(CameraParts parts, RecordingControl recordings)
        {
            _parts = parts;
            _recordings = recordings;
            _gesture = new OffGesture(parts.Gestures);
        }

        /// <summary>Whether nothing is recorded, closed or waited for.</summary>
        public bool Rests
        {
            get
            {
                RecorderState state = _parts.Machine.State;
                bool rests = state == RecorderState.Buffering || state == RecorderState.CardFull || state == RecorderState.Fault;
                return rests && !_recordings.IsActive && !_recordings.StartWaits && !_parts.Machine.HasAction;
            }
        }

        /// <summary>A gesture was decoded.</summary>
        /// <param name="gesture">The gesture.</param>
        /// <param name="rested">Whether <see cref="Rests"/> held before it had its effect.</param>
        public void Gesture(GestureEvent gesture, bool rested)
        {
            if (_gesture.Begins(gesture, rested) && _parts.Board.Power != null)
            {
                _parts.Feedback.Answer(Situation.HeldOn);
            }
        }

        /// <summary>Every quarter of a second: goes on with switching off, when there is a reason to.</summary>
        /// <param name="nowUs">Monotonic microseconds.</param>
        public void Step(long nowUs)
        {
            if (_parts.Feedback.IsBatteryEmpty)
            {
                _how = BootEnd.BatteryEmpty;
            }
            else if (_gesture.IsAsked(Rests, IsDown(Button.Event), nowUs))
            {
                _how = BootEnd.SwitchedOff;
            }

            // A start that came meanwhile keeps the camera on.
            if (!Rests && _how == BootEnd.SwitchedOff)
            {
                _how = BootEnd.Unknown;
                _saysGoodbye = false;
            }

            // The start-up is gone through first: the log is open then, and says why.
            if (_how == BootEnd.Unknown || !Rests || _parts.Board.Power == null)
            {
                return;
            }

            if (!_saysGoodbye)
            {
                _saysGoodbye = true;
                _goodbyeMs = nowUs / 1000;
                _parts.Feedback.Answer(Situation.Goodbye);
            }

            bool isOver = nowUs / 1000 - _goodbyeMs >= GoodbyeMs;

            // A button that is held would wake the board at once.
            if (isOver && !IsDown(Button.Record) && !IsDown(Button.Event))
            {
                SwitchOff(nowUs);
            }
        }

        private bool IsDown(Button button)
        {
            return _parts.Board.Buttons.IsDown(button);
        }

        private void SwitchOff(long nowUs)
        {
            if (!_isEnded)
            {
                // Once: a log that fails here is left as it is, and the board sleeps at the next step.
                _isEnded = true;
                _parts.Fences.Doing = FencedPart.Log;
                _parts.Log.End(_how, nowUs / 1000);
            }

            _parts.Fences.Doing = FencedPart.Lights;
            _parts.Feedback.Dark();
            _parts.Fences.Doing = FencedPart.Camera;
            _parts.Board.Power.SwitchOff();
        }
    }
}
