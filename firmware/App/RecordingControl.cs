// SPDX-License-Identifier: MIT

using Lapel.Custody;
using Lapel.Evidence;
using Lapel.Hal;
using Lapel.Recorder;

namespace Lapel.App
{
    /// <summary>Begins, drives and ends recordings: from the press to the facts that manifests state, and to the next one.</summary>
    public sealed class RecordingControl
    {
        // The pre-event waits while pictures come later than this: half an interval at 8 to 10 frames a second, so that the grid is
        // caught up with.
        private const int PreEventYieldsMs = 50;

        // But not for longer than this, once nothing live waits for the card: a power cut would take the pre-event. When there is no
        // time for that either, the pictures come later and the governor makes room.
        private const long PreEventWaitsUs = 500000;

        // A card that has something live to take at every turn gets an operation of the pre-event each 2 s all the same, unless
        // pictures come later than by a stall of 300 ms and an interval. On a card of 250 kB/s, over 21 rhythms of stalls, 10 s of
        // pre-event were on it after 65 to 125 s; without this after 65 to 220.
        private const long PreEventDueUs = 2000000;
        private const int PreEventDueLateMs = 400;

        // A write to internal storage beside the pictures, and how long one that failed is left alone.
        private const long CommitUs = 30000;
        private const long CommitAgainUs = 5000000;

        // How often it is looked whether one is due.
        private const long CommitLookUs = 100000;

        private readonly CameraConfiguration _configuration;
        private readonly byte[] _configurationDigest;
        private readonly FirmwareIdentity _firmware;
        private readonly StatedClock _clock;
        private readonly FrameRing _ring;
        private readonly CapturePump _pump;
        private readonly Governor _governor;
        private readonly GovernorFeed _feed;
        private readonly RecordingTally _tally;
        private readonly CardMaintenance _storage;
        private readonly CardStore _store;
        private readonly StateMachine _machine;
        private readonly OfficerFeedback _feedback;
        private readonly CameraKeys _keys;
        private readonly CameraAudit _audit;

        private RecordingSession _session;
        private ContinuedRecording _continued;
        private bool _isActive;
        private bool _startWaits;
        private long _startPressMs;
        private int _number;
        private Commitment _commitment;
        private int _committedMs;
        private long _commitAgainUs;
        private long _commitLookUs;
        private long _forceLookUs;
        private long _preEventLetUs;
        private long _preEventWorkedUs;
        private bool _preEventMayWrite;

        // When something was done for the recording last, and whether the live pictures had nothing more to do then.
        private long _workedUs;
        private bool _rests;

        /// <summary>No recording is possible before <see cref="SetSession"/>.</summary>
        /// <param name="parts">The camera's parts.</param>
        public RecordingControl(CameraParts parts)
        {
            _configuration = parts.Configuration;
            _firmware = parts.Firmware;
            _configurationDigest = parts.Access.ConfigurationDigest;
            _clock = parts.Clock;
            _ring = parts.Ring;
            _pump = parts.Pump;
            _governor = parts.Governor;
            _feed = new GovernorFeed(_governor, _pump, _ring);
            _tally = new RecordingTally(_pump, _governor);
            _store = parts.Store;
            _storage = parts.Storage;
            _machine = parts.Machine;
            _feedback = parts.Feedback;
            _keys = parts.Keys;
            _audit = parts.Entries;
        }

        /// <summary>Whether recordings can be made.</summary>
        public bool IsUp
        {
            get { return _session != null; }
        }

        /// <summary>The recording under way or the last one; null before the first.</summary>
        public RecordingFacts Facts
        {
            get { return _session == null ? null : _session.Facts; }
        }

        /// <summary>Recordings begun since boot.</summary>
        public int Recordings { get; private set; }

        /// <summary>Bytes of the recording under way, or the last one, that the card has taken; 0 before the first.</summary>
        public long BytesWritten
        {
            get { return _session == null ? 0 : _session.CardStatistics.WrittenBytes; }
        }

        /// <summary>Markers set since boot.</summary>
        public int Markers { get; private set; }

        /// <summary>Whether a recording is under way, its last close included.</summary>
        public bool IsActive
        {
            get { return _isActive; }
        }

        /// <summary>
        /// Whether a recording runs that leaves one of the card's files to others: its pre-event is there, whole, and its segment is not
        /// near its end. From its stop on it needs every file again, for the next press.
        /// </summary>
        public bool LeavesRoom { get; private set; }

        /// <summary>Whether the pre-event may have its step in this turn: the live pictures did not need theirs.</summary>
        /// <param name="nowUs">When the turn began.</param>
        public bool IsPreEventDue(long nowUs)
        {
            return _isActive && nowUs > _workedUs && _session.NeedsPreEventStep;
        }

        /// <summary>Whether <see cref="Step"/> may have something to do: for the recording under way, or because its start waits.</summary>
        /// <param name="nowUs">Now.</param>
        /// <param name="pumpWorked">Whether a picture was taken in this turn.</param>
        public bool IsLiveDue(long nowUs, bool pumpWorked)
        {
            if (!_isActive)
            {
                return _startWaits;
            }

            return !_rests || pumpWorked || nowUs >= _feed.NextDueUs || _pump.SensorFault || !_session.IsAtRest;
        }

        /// <summary>
        /// Whether the recording has time to spare until the next picture: nothing waits for the card, and neither quality nor rate is held
        /// down.
        /// </summary>
        /// <param name="nowUs">When the turn began.</param>
        public bool SparesTime(long nowUs)
        {
            return _rests && nowUs > _workedUs && !_governor.IsDegraded;
        }

        /// <summary>Whether pictures are being kept for a recording: it runs, or its start waits for the seal.</summary>
        public bool HoldsPictures
        {
            get { return _startWaits || (_session != null && _session.IsRunning); }
        }

        /// <summary>Whether a start waits for its seal.</summary>
        public bool StartWaits
        {
            get { return _startWaits; }
        }

        /// <summary>Whether seals are asked for and cannot be made: then nothing is recorded, never in the clear.</summary>
        public bool CannotSeal
        {
            get { return _keys.Seals != null && _keys.Seals.HasFailed; }
        }

        /// <summary>Whether no recording with a higher number was begun, in this boot or on another card.</summary>
        public bool IsNewest(int number)
        {
            return number >= _number && number >= _keys.Keys.Recordings;
        }

        /// <summary>The keys are up: recordings can be made.</summary>
        public void SetSession(RecordingSession session)
        {
            _session = session;
        }

        /// <summary>
        /// Begins a recording. With a seal at hand, as it is but just after power-on or a recording, the press waits for nothing. Without
        /// one the ring goes on gathering, and the recording begins, dated to the press, once the envelope is made: half a second and as
        /// much for each recipient.
        /// </summary>
        /// <param name="pressMs">Monotonic time of the press.</param>
        /// <param name="nowUs">Now.</param>
        public void Start(long pressMs, long nowUs)
        {
            _startPressMs = pressMs;
            _startWaits = MustWait;
            if (!_startWaits)
            {
                StartNow(nowUs);
            }
        }

        /// <summary>Whether a press is being decoded, or a start is kept until the camera is up: drops and misses count from it.</summary>
        public bool IsPressed
        {
            set
            {
                if (!_startWaits)
                {
                    _tally.IsPressed = value;
                }
            }
        }

        /// <summary>What a start waits for, then the live pictures' step of the recording; at most one card operation.</summary>
        /// <param name="nowUs">Now.</param>
        /// <param name="pumpWorked">Whether a picture was taken in this turn.</param>
        public bool Step(long nowUs, bool pumpWorked)
        {
            bool worked = _startWaits && StepWaitingStart(nowUs);
            return (_isActive && StepLive(nowUs, pumpWorked)) || worked;
        }

        private bool NeedsSeal
        {
            get { return _keys.Seals != null && !_keys.Seals.IsReady && !_keys.Seals.HasFailed; }
        }

        // The card is new, and the slots made so far are used up.
        private bool NeedsSlot
        {
            get { return _storage.IsMakingSlots && _store.Catalogue.FreeSlots == 0; }
        }

        private bool MustWait
        {
            get { return NeedsSeal || NeedsSlot; }
        }

        // One slice of what a start waits for. The slot is made by whoever keeps the card, when nothing else is due.
        private bool StepWaitingStart(long nowUs)
        {
            if (NeedsSeal && _keys.Seals.Step())
            {
                return true;
            }

            if (NeedsSlot)
            {
                return false;
            }

            _startWaits = false;
            StartNow(nowUs);
            return true;
        }

        /// <summary>
        /// The keys are up: whether the recording that was under way when the power went, or the camera restarted, is to go on. It is when
        /// less time has passed since than the configuration says, or nobody knows how much; not with a battery that would end it again.
        /// </summary>
        public bool MustContinue()
        {
            Commitments commitments = _keys.Keys.Commitments;
            if (!commitments.IsUnderWay)
            {
                return false;
            }

            long utcMs = _clock.UtcMs;
            long agoMs = utcMs == 0 || commitments.UnderWayUtcMs == 0 ? 0 : utcMs - commitments.UnderWayUtcMs;
            if (_configuration.ContinueSeconds == 0 || agoMs > _configuration.ContinueSeconds * 1000L)
            {
                commitments.NotUnderWay();
                return false;
            }

            if (_feedback.IsTooLowToGoOn)
            {
                commitments.NotUnderWay();
                _audit.NotContinued(_feedback);
                return false;
            }

            _continued = new ContinuedRecording();
            _continued.Number = commitments.Newest;
            _continued.Id = commitments.UnderWayId;
            _continued.UtcMs = commitments.UnderWayUtcMs;
            _continued.Commit(commitments.Find(commitments.Newest));
            return true;
        }

        /// <summary>Now and then: a recording that was to go on and does not, since it was stopped or refused, stays stopped.</summary>
        public void WatchContinued()
        {
            bool waits = _machine.StartKept || _machine.HasAction || _machine.State == RecorderState.Booting;
            if (_continued != null && !waits && !_isActive && !_startWaits)
            {
                _continued = null;
                _keys.Keys.Commitments.NotUnderWay();
            }
        }

        /// <summary>Now and then between recordings: a module that cannot follow the rate asked for is asked for less.</summary>
        public void WatchBuffering(long nowUs)
        {
            // Every module follows 10 a second.
            bool isFast = _configuration.IntervalMs < 100;
            bool isQuiet = isFast && !_isActive && !_startWaits && !_storage.IsMakingSlots && !_storage.IsRecovering;
            if (isQuiet && _feed.StepBuffering(nowUs))
            {
                _pump.Configure(_configuration.Size, _governor.Quality, _governor.IntervalMs);
            }
        }

        /// <summary>
        /// Something was broken off in the middle of what has to do with the card. The recording is given up as it lies there; recovery
        /// closes it.
        /// </summary>
        /// <param name="goesOn">Whether another recording is to go on from it.</param>
        public void BreakOff(bool goesOn)
        {
            bool wasActive = _isActive;
            _isActive = false;
            _startWaits = false;
            LeavesRoom = false;
            _preEventMayWrite = false;
            if (_session == null)
            {
                return;
            }

            if (wasActive && goesOn)
            {
                _continued = new ContinuedRecording();
                _continued.Number = _session.Facts.Number;
                _continued.Id = _session.Facts.Id;
                _continued.EndMs = _session.Facts.ZeroMs + _session.LiveEndMs;
                _continued.Commit(_commitment);
            }

            _session.BreakOff();
            if (wasActive)
            {
                _audit.Closed(_session.Facts, CloseReason.Fault, null);
            }
        }

        /// <summary>Sets a marker.</summary>
        public void Mark(long atMs, Button button)
        {
            _session.Mark(atMs, button);
            _audit.Marked(button, atMs);
            Markers++;
            _feedback.Answer(Situation.Marked);
        }

        /// <summary>Ends the recording.</summary>
        public void Stop(StopReason why, long nowUs)
        {
            // What still waits has no picture on the card.
            _startWaits = false;
            CloseReason reason =
                why == StopReason.Pressed ? CloseReason.Stopped
                : why == StopReason.BatteryEmpty ? CloseReason.BatteryEmpty
                : CloseReason.CardFull;
            if (_session.IsRunning)
            {
                _session.Stop(nowUs / 1000, _governor.IntervalMs, reason);

                // At once: a battery that is taken out after the stop does not bring the recording back. Refused, it stays due.
                _keys.Keys.Commitments.NotUnderWay();
                _keys.Keys.Commitments.Save();
            }

            LeavesRoom = false;
            if (!_session.IsActive)
            {
                _machine.RecordingClosed(nowUs);
            }

            _feedback.Answer(Situation.Stopped);
        }

        private bool StepLive(long nowUs, bool pumpWorked)
        {
            RecordingSession session = _session;
            if (nowUs >= _forceLookUs && nowUs >= _commitAgainUs && session.LiveEndMs - _committedMs >= Commitments.ForcedMs)
            {
                Commit(nowUs);
                _workedUs = nowUs;
                _rests = false;
                return true;
            }

            if (session.IsRunning)
            {
                if (pumpWorked)
                {
                    _tally.Update(session.Frames);
                }

                if (_pump.SensorFault)
                {
                    session.Flush(_governor.IntervalMs);
                }

                if (_feed.Step(nowUs, session))
                {
                    _pump.Configure(_configuration.Size, _governor.Quality, _governor.IntervalMs);
                }
            }
            else
            {
                _tally.Finish(session.Frames, session.EndMs);
            }

            // Decided at every turn, whether the live pictures leave time or not: how long the pre-event waits counts from when it was last
            // let, not from when it last wrote.
            bool preEventIsDue = false;
            bool needsPreEventStep = session.NeedsPreEventStep;
            if (needsPreEventStep)
            {
                preEventIsDue = nowUs - _preEventWorkedUs >= PreEventDueUs && _pump.LateMs < PreEventDueLateMs;
                _preEventMayWrite = LetsPreEventWrite(nowUs);
            }

            if (session.StepLive(nowUs / 1000, preEventIsDue))
            {
                _rests = !session.IsWriting;
                Stepped(nowUs);
                return true;
            }

            _rests = true;
            if (needsPreEventStep)
            {
                // The pre-event may have come to its end without a card operation.
                LeavesRoom = session.LeavesRoom;
            }

            return false;
        }

        /// <summary>The pre-event's step, when the live pictures had nothing to do; at most one card operation.</summary>
        /// <param name="nowUs">Now.</param>
        public bool StepPreEvent(long nowUs)
        {
            // Once the recording was stopped there are no pictures to be late for it.
            bool worked = (_preEventMayWrite || !_session.IsRunning) && _session.StepPreEvent();

            // As in StepLive.
            LeavesRoom = _session.LeavesRoom;
            if (worked)
            {
                Stepped(nowUs);
            }

            return worked;
        }

        /// <summary>
        /// Whether it is time to commit to a recording that has begun, or has gone on for a while, or to what recovery did: and there is
        /// time for a write to internal storage before the next picture.
        /// </summary>
        public bool IsCommitmentDue(long nowUs)
        {
            if (_session == null || nowUs < _commitLookUs)
            {
                return false;
            }

            bool isDue =
                (IsActive && (_commitment == null || _session.LiveEndMs - _committedMs >= Commitments.DueMs))
                || _number > _keys.Keys.Recordings
                || _keys.Keys.Commitments.IsDirty;
            if (!isDue)
            {
                _commitLookUs = nowUs + CommitLookUs;
            }

            return isDue && nowUs >= _commitAgainUs && _pump.NextDueUs - nowUs >= CommitUs;
        }

        /// <summary>
        /// Commits to what is on the card: that comes first, and a press did not wait for it. A store that fails costs the commitment and
        /// the counter, not the recording: the card still knows the number.
        /// </summary>
        public void Commit(long nowUs)
        {
            Commitments commitments = _keys.Keys.Commitments;
            int endMs = _committedMs;
            if (IsActive)
            {
                _commitment = _commitment ?? commitments.Begin(_number);
                _session.CommitTo(_commitment);
                endMs = _session.LiveEndMs;
                if (_session.IsRunning)
                {
                    commitments.SetUnderWay(_session.Facts.Id, _clock.UtcMs);
                }
            }

            bool isStored = _number > _keys.Keys.Recordings ? _keys.Keys.CountRecordings(_number) : commitments.Save();
            if (!isStored)
            {
                _commitAgainUs = nowUs + CommitAgainUs;
            }
            else if (endMs > _committedMs)
            {
                Committed(endMs);
            }
        }

        // Frames come to the card after they were taken: before this time there cannot be so many that a commitment has to be forced.
        private void Committed(int endMs)
        {
            _committedMs = endMs;
            _forceLookUs = (_session.Facts.ZeroMs + endMs + Commitments.DueMs) * 1000;
        }

        private void Stepped(long nowUs)
        {
            _workedUs = nowUs;
            LeavesRoom = _session.LeavesRoom;
            if (_session.PreEventWorked)
            {
                _preEventWorkedUs = nowUs;
            }

            bool isEndOfCard = _session.Reason == CloseReason.CardFull || _session.Reason == CloseReason.SlotTooSmall;
            if (!_session.IsRunning && isEndOfCard)
            {
                _machine.CardFull(nowUs);
            }

            if (!_session.IsActive)
            {
                _isActive = false;
                Ended(nowUs);
            }
        }

        private void StartNow(long nowUs)
        {
            if (CannotSeal)
            {
                _machine.RaiseFault(RecorderFaults.Storage, nowUs);
                return;
            }

            long pressMs = _startPressMs;
            _ring.Forget(pressMs - _configuration.PreEventSeconds * 1000L);
            RecordingFacts facts = FactsAt(pressMs, nowUs);
            _tally.Begin(facts, pressMs, _ring, _ring.First, _ring.Next);
            if (!_session.Start(facts, pressMs))
            {
                if (_session.Status == CardStatus.Full)
                {
                    _machine.CardFull(nowUs);
                }
                else
                {
                    FailStorage(_session.Status, nowUs);
                }

                return;
            }

            _isActive = true;
            _rests = false;
            LeavesRoom = _session.LeavesRoom;
            _feed.Begin(nowUs);
            _preEventWorkedUs = nowUs;
            _number = facts.Number;
            _commitment = null;
            Committed(facts.PreEventObtainedMs);
            Recordings++;
            _audit.Started(facts);
            if (_continued != null)
            {
                _audit.Continued(facts, _continued);
                _continued = null;
            }

            _feedback.Answer(Situation.Started);
        }

        private RecordingFacts FactsAt(long pressMs, long nowUs)
        {
            int askedMs = _configuration.PreEventSeconds * 1000;
            long utcMs = _clock.UtcMs;
            RecordingFacts facts = new RecordingFacts();
            facts.Number = NextNumber();
            facts.Id = _keys.Keys.RecordingId(facts.Number);
            facts.ZeroMs = pressMs;
            facts.Source = _clock.SourceOf(utcMs);
            facts.ZeroUtcMs = utcMs == 0 ? 0 : utcMs - (nowUs / 1000 - pressMs);
            facts.UncertaintyMs = _clock.UncertaintyOf(utcMs);
            facts.Width = _configuration.Width;
            facts.Height = _configuration.Height;
            facts.PreEventAskedMs = askedMs;

            // Frames come at intervals, the oldest at those that are kept: the first may be one of these younger than asked for
            // without anything being short.
            int intervalMs = _ring.FirstUnthinned > _ring.First ? _ring.KeepEach * _governor.IntervalMs : _governor.IntervalMs;
            facts.PreEventShortfall = _ring.Shortfall(pressMs - askedMs + intervalMs);
            facts.Audit = _audit.Head;

            // The recording before may still wait to be closed by recovery: then its last close is not known.
            facts.PreviousRecording = _keys.Recovery.IsDone ? _keys.Keys.LastClose : null;
            facts.ConfigurationDigest = _configurationDigest;
            facts.Firmware = _firmware;
            if (_keys.Seals != null)
            {
                facts.Seal = _keys.Seals.Take();
            }

            facts.BatteryMillivolts = _feedback.BatteryMillivolts;
            facts.BatteryPercent = _feedback.BatteryPercent;
            return facts;
        }

        private int NextNumber()
        {
            int number =
                _keys.Keys.Recordings > _store.Catalogue.NewestRecording ? _keys.Keys.Recordings : _store.Catalogue.NewestRecording;
            return (number < _number ? _number : number) + 1;
        }

        private bool LetsPreEventWrite(long nowUs)
        {
            if (_pump.LateMs >= PreEventYieldsMs && nowUs - _preEventLetUs < PreEventWaitsUs)
            {
                return false;
            }

            _preEventLetUs = nowUs;
            return true;
        }

        private void Ended(long nowUs)
        {
            _audit.Closed(_session.Facts, _session.Reason, _session.LastClose);
            _keys.Keys.Commitments.NotUnderWay();
            if (_session.Status != CardStatus.Ok)
            {
                FailStorage(_session.Status, nowUs);
            }
            else
            {
                _keys.Keys.CloseRecording(_session.Facts.Number, _session.LastClose);
            }

            _machine.RecordingClosed(nowUs);
        }

        private void FailStorage(CardStatus status, long nowUs)
        {
            _storage.Fail(status, nowUs);
            _machine.RaiseFault(status == CardStatus.NoCard ? RecorderFaults.CardAbsent : RecorderFaults.Storage, nowUs);
        }
    }
}
