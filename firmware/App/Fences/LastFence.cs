// SPDX-License-Identifier: MIT

using System;
using Lapel.Build;
using Lapel.Hal;

namespace Lapel.App
{
    /// <summary>
    /// What is done when nothing else is left: a note into internal storage, the fault shown, the board restarted. It needs nothing of the
    /// camera, so that it works for a camera that could not be made.
    /// </summary>
    public sealed class LastFence
    {
        /// <summary>Restarts of one series, at most; then the camera shows that it cannot record, until it is switched on again.</summary>
        public const int MostRestarts = 3;

        /// <summary>A series: from its first restart the camera runs for so long, milliseconds. A later one begins a new series.</summary>
        public const long SeriesMs = 300000;

        // When the note could not be stored nobody counts restarts: a long pause, in which the fault is shown, stands in for the count.
        private const long UncountedPauseUs = 600000000;
        private const long BlinkUs = 500000;
        private const long KickUs = 1000000;

        private readonly IBoard _board;
        private readonly byte[] _build = BuildId.Digest();
        private long _restartUs = long.MaxValue;
        private long _kickUs;

        /// <summary>Whether no light may be lit.</summary>
        public bool IsCovert { get; set; }

        /// <summary>The last fence of a board.</summary>
        public LastFence(IBoard board)
        {
            _board = board;
        }

        /// <summary>Notes, shows, restarts. Returns only when the camera is not to be restarted any more.</summary>
        /// <param name="where">The part that failed.</param>
        /// <param name="what">What was thrown.</param>
        /// <param name="boot">Number of this boot; 0 when it has none yet.</param>
        /// <param name="utcMs">UTC, milliseconds since 1970; 0 when the clock is unset.</param>
        public void Fall(FencedPart where, Thrown what, int boot, long utcMs)
        {
            RestartNote note = new RestartNote();
            note.Where = where;
            note.What = what;
            note.Boot = boot;
            note.UtcMs = utcMs;
            note.UptimeMs = _board.Clock.Microseconds / 1000;
            note.Count = 1;
            note.Build = _build;
            bool isStored = Store(note) || Store(note);
            Show(0);
            if (note.HasGivenUp)
            {
                return;
            }

            if (!isStored)
            {
                _restartUs = _board.Clock.Microseconds + UncountedPauseUs;
                return;
            }

            _board.Restart();
        }

        /// <summary>
        /// Once a turn after <see cref="Fall"/> has returned: restarts the board when it is time to. A camera that says that it cannot
        /// record, and answers at the port, is not to be reset: the watchdog is told so.
        /// </summary>
        /// <param name="nowUs">Monotonic microseconds.</param>
        public void Watch(long nowUs)
        {
            if (_board.Supervisor != null && nowUs >= _kickUs)
            {
                _kickUs = nowUs + KickUs;
                _board.Supervisor.Kick();
            }

            if (nowUs >= _restartUs)
            {
                _board.Restart();
            }
        }

        /// <summary>Shows that the camera cannot record: red and green in turn.</summary>
        /// <param name="nowUs">Monotonic microseconds.</param>
        public void Show(long nowUs)
        {
            try
            {
                bool red = nowUs / BlinkUs % 2 == 0;
                _board.Indicators.Set(Indicator.Red, red && !IsCovert);
                _board.Indicators.Set(Indicator.Green, !red && !IsCovert);
                _board.Indicators.Set(Indicator.Vibration, false);
                _board.Indicators.Set(Indicator.Tone, false);
            }
            catch (Exception)
            {
                // The lights are broken too. What matters is behind this, and does not wait for them.
                _board.Clock.Sleep(0);
            }
        }

        private bool Store(RestartNote note)
        {
            try
            {
                RestartNote former = RestartNote.Load(_board.Store);
                if (former != null && !former.HasGivenUp && former.SpanMs + note.UptimeMs <= SeriesMs)
                {
                    note.Count = former.Count + 1;
                    note.SpanMs = former.SpanMs + note.UptimeMs;
                }

                note.HasGivenUp = note.Count > MostRestarts;
                return note.Save(_board.Store);
            }
            catch (Exception)
            {
                // Internal storage is what failed, or fails as well.
                _board.Clock.Sleep(0);
                return false;
            }
        }
    }
}
