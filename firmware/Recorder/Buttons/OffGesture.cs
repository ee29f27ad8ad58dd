// SPDX-License-Identifier: MIT

using Lapel.Hal;

namespace Lapel.Recorder
{
    /// <summary>
    /// The gesture that switches off: the record button held for 6 s, in one press that began when nothing was being recorded. A hold
    /// that stops a recording never becomes one, however long it lasts.
    /// </summary>
    public sealed class OffGesture
    {
        /// <summary>How long the button is held, microseconds; from <see cref="GestureDecoder.HoldUs"/> on the officer is told.</summary>
        public const long HoldUs = 6000000;

        private readonly GestureDecoder _gestures;
        private bool _isBegun;
        private long _pressUs;

        /// <summary>The gesture of these buttons.</summary>
        public OffGesture(GestureDecoder gestures)
        {
            _gestures = gestures;
        }

        /// <summary>A gesture was decoded. Whether it is the beginning of this one.</summary>
        /// <param name="gesture">The gesture.</param>
        /// <param name="rests">Whether nothing was recorded, closed or waited for before the gesture had its effect.</param>
        public bool Begins(GestureEvent gesture, bool rests)
        {
            _isBegun = rests && gesture.Kind == GestureKind.Hold && gesture.Button == Button.Record;
            _pressUs = gesture.PressUs;
            return _isBegun;
        }

        /// <summary>Whether the camera is to switch off: said once.</summary>
        /// <param name="rests">Whether nothing is recorded, closed or waited for now.</param>
        /// <param name="isOtherDown">Whether the event button is down: both together mean something else.</param>
        /// <param name="nowUs">Monotonic microseconds.</param>
        public bool IsAsked(bool rests, bool isOtherDown, long nowUs)
        {
            if (!_isBegun)
            {
                return false;
            }

            _isBegun = rests && !isOtherDown && _gestures.IsHeldSince(_pressUs);
            if (!_isBegun || nowUs - _pressUs < HoldUs)
            {
                return false;
            }

            _isBegun = false;
            return true;
        }
    }
}
