// SPDX-License-Identifier: MIT

using Lapel.Hal;

namespace Lapel.Service
{
    /// <summary>
    /// Whether the pictures leave time for a card operation of the port. Between recordings what never fits is done after a while all the
    /// same, and a picture of the pre-event comes later by it. In a recording it is not: who waits too long is told so and asks again.
    /// </summary>
    public sealed class CardTime
    {
        // A read that never fits between two pictures waits so long, as long as nothing is recorded.
        private const long PatienceUs = 30000;

        // A host that hears nothing for 1 s takes its answer for lost (PROTOCOL.md section 6). A fragment, its pictures one by one, takes
        // the card for half a second.
        private const long WaitsUs = 800000;

        private readonly IServiceCamera _camera;
        private readonly IClock _clock;
        private bool _waits;
        private long _sinceUs;
        private long _nowUs;
        private long _freeUs;

        /// <summary>Time on this camera's card.</summary>
        public CardTime(IServiceCamera camera)
        {
            _camera = camera;
            _clock = camera.Board.Clock;
        }

        /// <summary>When <see cref="Has"/> looked, monotonic microseconds.</summary>
        public long NowUs
        {
            get { return _nowUs; }
        }

        /// <summary>Microseconds that there were then until a picture would have been late.</summary>
        public long FreeUs
        {
            get { return _freeUs; }
        }

        /// <summary>Whether there is time now for a card operation of so many microseconds.</summary>
        public bool Has(long us)
        {
            _nowUs = _clock.Microseconds;

            // Until the next picture must be taken out of the sensor: what the card does in that time makes nothing late.
            _freeUs = _camera.FreeUs(_nowUs);
            if (_freeUs < us && !IsWorn())
            {
                return false;
            }

            _waits = false;
            return true;
        }

        /// <summary>Whether a recording has left no time for so long that it is to be said.</summary>
        public bool IsMissed
        {
            get { return _waits && _camera.IsRecording && _nowUs - _sinceUs >= WaitsUs; }
        }

        private bool IsWorn()
        {
            // The wait is counted from the first refusal on.
            if (!_waits)
            {
                _sinceUs = _nowUs;
            }

            _waits = true;
            return _nowUs - _sinceUs >= PatienceUs && !_camera.IsRecording;
        }
    }
}
