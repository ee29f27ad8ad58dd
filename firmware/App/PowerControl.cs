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
        private BootEnd _how;
        private long _goodbyeMs;
        private bool _saysGoodbye;
        private bool _isEnded;

        /// <summary>Switches these off.</summary>
        public PowerControl(CameraParts parts, RecordingControl recordings)
        {
            _parts = parts;
            _recordings = recordings;
        }

        /// <summary>Every quarter of a second: goes on with switching off, when there is a reason to.</summary>
        /// <param name="nowUs">Monotonic microseconds.</param>
        public void Step(long nowUs)
        {
            if (_parts.Feedback.IsBatteryEmpty)
            {
                _how = BootEnd.BatteryEmpty;
            }

            if (_how == BootEnd.Unknown || IsBusy)
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
            if (isOver && _parts.Board.Power != null && !IsDown(Button.Record) && !IsDown(Button.Event))
            {
                SwitchOff(nowUs);
            }
        }

        // The start-up is gone through first: the log is open then, and says why.
        private bool IsBusy
        {
            get
            {
                RecorderState state = _parts.Machine.State;
                bool rests = state == RecorderState.Buffering || state == RecorderState.CardFull || state == RecorderState.Fault;
                return !rests || _recordings.IsActive || _recordings.StartWaits || _parts.Machine.HasAction;
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
