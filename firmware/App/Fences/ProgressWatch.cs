// SPDX-License-Identifier: MIT

using Lapel.Evidence;
using Lapel.Hal;
using Lapel.Recorder;

namespace Lapel.App
{
    /// <summary>
    /// Tells the board's watchdog that the camera makes progress. A loop that turns is none: pictures come, what is recorded comes to the
    /// card, entries come into the log, or the part that does not says so. What stands still without a word for 10 s is not told, and the
    /// watchdog resets the board.
    /// </summary>
    public sealed class ProgressWatch
    {
        /// <summary>How long a part may stand still without stating a fault, microseconds.</summary>
        public const long MostStillUs = 10000000;

        // Entries wait behind everything that is being recorded.
        private const long MostLogStillUs = 30000000;

        // Keys come up within this, or say that they do not.
        private const long MostKeysUs = 60000000;

        private const long KickUs = 1000000;

        private const int Sensor = 0;
        private const int Card = 1;
        private const int Log = 2;
        private const int Watched = 3;

        private readonly ISupervisor _supervisor;
        private readonly CameraParts _parts;
        private readonly RecordingControl _recordings;
        private readonly long[] _marks = new long[Watched];
        private readonly long[] _movedUs = new long[Watched];
        private long _nextUs;

        /// <summary>Watches these.</summary>
        public ProgressWatch(CameraParts parts, RecordingControl recordings)
        {
            _supervisor = parts.Board.Supervisor;
            _parts = parts;
            _recordings = recordings;
        }

        /// <summary>Looks, and tells the watchdog: once a second, and sooner after a look that found something still.</summary>
        /// <param name="nowUs">Monotonic microseconds.</param>
        public void Watch(long nowUs)
        {
            if (_supervisor == null || nowUs < _nextUs)
            {
                return;
            }

            // Each is looked at, whatever the others do.
            bool pictures = SensorMoves(nowUs);
            bool card = CardMoves(nowUs);
            bool log = LogMoves(nowUs);
            if (pictures && card && log)
            {
                _nextUs = nowUs + KickUs;
                _supervisor.Kick();
            }
        }

        private bool SensorMoves(long nowUs)
        {
            CapturePump pump = _parts.Pump;
            long mark = (long)pump.Captured + pump.DroppedNoMemory + pump.DroppedCorrupt + pump.Faults;
            return Moves(Sensor, mark, SaysThatNoneCome(nowUs), nowUs, MostStillUs);
        }

        private bool SaysThatNoneCome(long nowUs)
        {
            return _parts.Pump.SensorFault || _parts.Fences.Rests(FencedPart.Sensor, nowUs);
        }

        private bool CardMoves(long nowUs)
        {
            CardMaintenance storage = _parts.Storage;
            CameraKeys keys = _parts.Keys;
            bool says = storage.Status != CardStatus.Ok || _parts.Fences.Rests(FencedPart.Card, nowUs);
            bool hasNoKey = !keys.IsReady && (keys.HasFailed || nowUs < MostKeysUs);
            bool isIdle = storage.CanRecord && !_recordings.IsActive && !_recordings.StartWaits;

            // A recording whose sensor has failed goes on, and has nothing to write.
            bool hasNothing = SaysThatNoneCome(nowUs) && !_recordings.StartWaits;
            bool needsNot = says || hasNoKey || isIdle || hasNothing;
            return Moves(Card, storage.Steps + _recordings.BytesWritten, needsNot, nowUs, MostStillUs);
        }

        private bool LogMoves(long nowUs)
        {
            AuditLog log = _parts.Log;
            bool says = !_parts.Storage.CanRecord || !log.IsOpen || log.IsFinished || _parts.Fences.Rests(FencedPart.Log, nowUs);
            return Moves(Log, log.Head.Sequence, says || log.Waiting == 0, nowUs, MostLogStillUs);
        }

        private bool Moves(int part, long mark, bool needsNot, long nowUs, long mostUs)
        {
            if (needsNot || mark != _marks[part])
            {
                _marks[part] = mark;
                _movedUs[part] = nowUs;
            }

            return nowUs - _movedUs[part] < mostUs;
        }
    }
}
