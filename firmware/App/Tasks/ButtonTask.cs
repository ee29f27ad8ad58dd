// SPDX-License-Identifier: MIT

using Lapel.Recorder;

namespace Lapel.App
{
    /// <summary>Looks at the buttons and acts on what the presses mean.</summary>
    public sealed class ButtonTask : ILoopTask
    {
        // A look at the buttons that fails so soon after their pause is the first one since.
        private const long FirstLookUs = 1000000;

        // So many looks that failed, one behind the other: for 3 s nobody could press anything.
        private const int DeafLooks = 3;

        private readonly GestureDecoder _gestures;
        private readonly GestureEvent _gesture = new GestureEvent();
        private readonly RecorderAction _action = new RecorderAction();
        private readonly StateMachine _machine;
        private readonly OfficerFeedback _feedback;
        private readonly RecordingControl _recordings;
        private readonly PartFences _fences;
        private readonly PowerControl _power;
        private long _restUntilUs;
        private int _failedLooks;

        /// <summary>The task of these parts.</summary>
        public ButtonTask(CameraParts parts, RecordingControl recordings, PowerControl power)
        {
            _power = power;
            _gestures = parts.Gestures;
            _machine = parts.Machine;
            _feedback = parts.Feedback;
            _recordings = recordings;
            _fences = parts.Fences;
        }

        /// <summary>The buttons failed: they are not asked for a while. Edges keep their times.</summary>
        /// <param name="untilUs">Monotonic microseconds.</param>
        public void Rest(long untilUs)
        {
            bool isFirstLook = untilUs - PartFences.FirstPauseUs - _restUntilUs < FirstLookUs;
            _failedLooks = isFirstLook ? _failedLooks + 1 : 1;
            _gestures.Mistrust();
            _restUntilUs = untilUs;
        }

        /// <summary>Whether the buttons cannot be read for longer: presses do nothing.</summary>
        public bool IsDeaf(long nowUs)
        {
            return nowUs < _restUntilUs && _failedLooks >= DeafLooks;
        }

        /// <inheritdoc/>
        public string Name
        {
            get { return "buttons"; }
        }

        /// <inheritdoc/>
        public bool IsDue(long nowUs)
        {
            return true;
        }

        /// <summary>Decodes what was pressed and acts on it. Whether anything was acted on: that may have taken time on the card.</summary>
        /// <param name="nowUs">Monotonic microseconds.</param>
        public bool Step(long nowUs)
        {
            if (nowUs < _restUntilUs)
            {
                return false;
            }

            if (!_gestures.Step(nowUs) && !_machine.HasAction)
            {
                _recordings.IsPressed = _machine.StartKept;
                return false;
            }

            _gestures.TapAtOnce = _machine.State == RecorderState.Recording;
            _recordings.IsPressed = _gestures.NextDueUs != long.MaxValue || _machine.StartKept;
            bool acted = false;
            while (_gestures.TryTake(_gesture))
            {
                // Who can be heard is not refused for it.
                _failedLooks = 0;
                _machine.ClearFault(RecorderFaults.Buttons, nowUs);

                // A gesture takes effect before the next is decoded: a tap after the double press that starts is a marker.
                bool rested = _power.Rests;
                _machine.Gesture(_gesture);
                _power.Gesture(_gesture, rested);
                acted |= Act(nowUs);
            }

            // What the machine asks for without a gesture: a start that was kept while the camera booted or closed a recording.
            return acted | Act(nowUs);
        }

        private bool Act(long nowUs)
        {
            bool acted = false;

            // While a start waits for its seal or its slot, what was asked for after it waits in order: it finds a recording then. To
            // finish the start here would be card operations without a look at the buttons, and pictures late by as much.
            while (!_recordings.StartWaits && _machine.TryTake(_action))
            {
                // What throws here is the recording's fault and not the buttons'.
                _fences.Doing = FencedPart.Card;
                ActOne(nowUs);
                _fences.Doing = FencedPart.Camera;
                acted = true;
            }

            return acted;
        }

        private void ActOne(long nowUs)
        {
            switch (_action.Kind)
            {
                case RecorderActionKind.StartRecording:
                    _recordings.Start(_action.AtUs / 1000, nowUs);
                    break;
                case RecorderActionKind.StopRecording:
                    _recordings.Stop(_action.Reason, nowUs);
                    break;
                case RecorderActionKind.Mark:
                    _recordings.Mark(_action.AtUs / 1000, _action.Button);
                    break;
                case RecorderActionKind.RefuseCardFull:
                case RecorderActionKind.RefuseFault:
                    _feedback.Answer(Situation.Refused);
                    break;
            }
        }
    }
}
