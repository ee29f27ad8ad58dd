using Lapel.Custody;
using Lapel.Evidence;
using Lapel.Hal;
using Lapel.Recorder;

namespace Lapel.App
{
    /// <summary>
    /// The camera: a board and everything that runs on it, stepped by one loop. No step takes longer than one card operation or one bus
    /// transfer; what computes for long does so in slices when nothing else is due.
    /// </summary>
    public sealed class Camera
    {
        /// <summary>Version of this firmware, as manifests state it.</summary>
        public const string Version = "0.1.0";

        // Frames that the ring can name: 120 s at 15 frames a second and what waits for the card.
        private const int MaxFrames = 2048;

        // One page in eight is kept for the present while the past of a new recording waits: 600 KB, over 3 s of VGA.
        private const int ReserveShare = 8;

        // Battery, card presence and the like.
        private const long HousekeepingUs = 250000;

        // With fewer nonces ready than this they are made in between, idle or not: a checkpoint needs one every 10 s.
        private const int NoncesWanted = 2;

        // A real-time clock that says less was never set: 2024-01-01, before this firmware existed.
        private const long EarliestUtcMs = 1704067200000L;

        // The past waits while pictures come later than this: half an interval at 8 to 10 frames a second, so that the grid is caught up with.
        private const int PastYieldsMs = 50;

        // But not for longer than this: a card that just keeps up with the present would never get the past, and a power cut would take it. When there is no
        // time for that either, the pictures come later and the governor makes room.
        private const long PastWaitsUs = 500000;

        // Sleep steps by 10 ms and may overshoot by as much: the loop sleeps one step when two are free, and otherwise turns on.
        private const int SleepStepMs = 10;

        private readonly IBoard _board;
        private readonly IClock _clock;
        private readonly CameraConfiguration _configuration;
        private readonly byte[] _configurationDigest;
        private readonly Digests _digests;
        private readonly FrameRing _ring;
        private readonly CapturePump _pump;
        private readonly Governor _governor;
        private readonly GovernorFeed _feed;
        private readonly RecordingTally _tally;
        private readonly KeyBoot _boot;
        private readonly CardStore _store;
        private readonly SlotSupply _supply;
        private readonly StorageKeeper _storage;
        private readonly PressLog _presses = new PressLog(PressLog.DefaultCapacity);
        private readonly GestureDecoder _gestures;
        private readonly GestureEvent _gesture = new GestureEvent();
        private readonly RecorderAction _action = new RecorderAction();
        private readonly StateMachine _machine;
        private readonly Signals _signals;

        private SealMaker _seals;
        private bool _startWaits;
        private long _startPressMs;
        private ManifestSigner _signer;
        private RecordingSession _session;
        private SlotRecovery _recovery;
        private int _recordingNumber;
        private long _housekeepingUs;
        private long _pastTurnUs;
        private int _clockUncertaintyMs = -1;
        private ClockSource _clockSource = ClockSource.RealTimeClock;

        /// <summary>Takes the memory for pictures first, then brings everything up step by step.</summary>
        /// <param name="board">The board.</param>
        /// <param name="configuration">How it is set up; not malformed.</param>
        public Camera(IBoard board, CameraConfiguration configuration)
        {
            _board = board;
            _clock = board.Clock;
            _configuration = configuration;
            _ring = new FrameRing(FrameRing.PagesFor(board.Natives.CompactHeap()), MaxFrames);
            _ring.ReservePages = _ring.Pages / ReserveShare;
            _digests = new Digests(board.Natives);
            _configurationDigest = _digests.Configuration(configuration.Encode());
            _pump = new CapturePump(board.Camera, _ring, _clock);
            _pump.Configure(configuration.Size, configuration.Quality, configuration.IntervalMs);
            _governor = new Governor(configuration.Quality, configuration.IntervalMs);
            _feed = new GovernorFeed(_governor, _pump, _ring);
            _tally = new RecordingTally(_pump, _governor);
            _boot = new KeyBoot(board, _digests, configuration.Unit);
            _store = new CardStore(board.Card, board.Natives, configuration.SlotBytes);
            _supply = new SlotSupply(_store);
            _storage = new StorageKeeper(board.Card, _store, _supply);
            _gestures = new GestureDecoder(board.Buttons, _presses);
            _machine = new StateMachine(configuration.EventStarts);
            _signals = new Signals(board, configuration.Covert);
        }

        /// <summary>What the camera is doing.</summary>
        public RecorderState State
        {
            get { return _machine.State; }
        }

        /// <summary>What keeps it from recording.</summary>
        public RecorderFaults Faults
        {
            get { return _machine.Faults; }
        }

        /// <summary>Whether the internal storage cannot be written: nothing can be signed, so nothing is recorded.</summary>
        public bool HasNoKeys
        {
            get { return _boot.Failed; }
        }

        /// <summary>What is wrong with the card.</summary>
        public CardStatus CardStatus
        {
            get { return _storage.Status; }
        }

        /// <summary>Whether recordings that a power cut left are being closed.</summary>
        public bool IsRecovering
        {
            get { return _storage.IsRecovering; }
        }

        /// <summary>What recovery did; null until the key is up.</summary>
        public SlotRecovery Recovery
        {
            get { return _recovery; }
        }

        /// <summary>The frames in memory.</summary>
        public FrameRing Ring
        {
            get { return _ring; }
        }

        /// <summary>The pictures taken.</summary>
        public CapturePump Pump
        {
            get { return _pump; }
        }

        /// <summary>Rate and quality in force.</summary>
        public Governor Governor
        {
            get { return _governor; }
        }

        /// <summary>The card's catalogue; without slots until the card is open.</summary>
        public Catalogue Catalogue
        {
            get { return _store.Catalogue; }
        }

        /// <summary>Slots made so far while a blank card is being made.</summary>
        public int SlotsMade
        {
            get { return _store.SlotsMade; }
        }

        /// <summary>The recording under way or the last one; null before the first.</summary>
        public RecordingFacts Recording
        {
            get { return _session == null ? null : _session.Facts; }
        }

        /// <summary>Recordings begun since boot.</summary>
        public int Recordings { get; private set; }

        /// <summary>Markers set since boot.</summary>
        public int Markers { get; private set; }

        /// <summary>The device's identity; null until the key is up.</summary>
        public DeviceIdentity Device
        {
            get { return _boot.Device; }
        }

        /// <summary>Battery, percent.</summary>
        public int BatteryPercent
        {
            get { return _signals.BatteryPercent; }
        }

        /// <summary>Sets the clock, as a host does. A recording under way keeps the time it began with.</summary>
        /// <param name="utcMs">Milliseconds since 1970.</param>
        /// <param name="uncertaintyMs">How far off it may be.</param>
        /// <returns>False when the board refused.</returns>
        public bool SetClock(long utcMs, int uncertaintyMs)
        {
            if (!_clock.SetUtc(System.DateTime.UnixEpoch.Ticks + utcMs * 10000)) return false;
            _clockSource = ClockSource.Host;

            // The real-time clock takes whole seconds.
            _clockUncertaintyMs = uncertaintyMs + 1000;
            return true;
        }

        /// <summary>Runs the loop for ever.</summary>
        public void Run()
        {
            while (true) _clock.Sleep(Step());
        }

        /// <summary>One turn of the loop.</summary>
        /// <returns>Milliseconds that nothing is due for: 0 or 10.</returns>
        public int Step()
        {
            long nowUs = _clock.Microseconds;
            if (StepButtons(nowUs)) nowUs = _clock.Microseconds;
            bool worked = StepPump(nowUs);
            if (_startWaits) worked = StepWaitingStart(nowUs) || worked;
            if (_session != null && _session.IsActive && StepSession(nowUs, worked)) worked = true;
            if (_signer != null && _signer.Prepared < NoncesWanted) worked = _signer.Step() || worked;
            if (!worked) worked = StepBackground(nowUs);
            if (nowUs >= _housekeepingUs) Housekeep(nowUs);
            _signals.Step(nowUs / 1000, _machine, _storage.IsRecovering);
            return worked ? 0 : SleepMs(nowUs);
        }

        /// <summary>Whether the real-time clock was ever set.</summary>
        public bool IsClockSet
        {
            get { return UtcMs() >= EarliestUtcMs; }
        }

        private long UtcMs()
        {
            return (_clock.UtcTicks - System.DateTime.UnixEpoch.Ticks) / 10000;
        }

        private int SleepMs(long nowUs)
        {
            long idleUntilUs = nowUs + 2 * SleepStepMs * 1000L;
            return _pump.NextDueUs < idleUntilUs || _gestures.NextDueUs < idleUntilUs ? 0 : SleepStepMs;
        }

        // A picture that is ready is read whole and the next one commanded before the card has its turn: so the card writes while the sensor exposes, one
        // frame for each frame taken, and a slow card does not make pictures late.
        private bool StepPump(long nowUs)
        {
            bool worked = false;
            while (_pump.Step(nowUs))
            {
                worked = true;
                nowUs = _clock.Microseconds;
                if (_pump.NextDueUs > nowUs) break;
            }

            return worked;
        }

        // Whether a gesture was acted on: that may have taken time on the card, and a picture must not be dated before its command.
        private bool StepButtons(long nowUs)
        {
            _gestures.TapAtOnce = _machine.State == RecorderState.Recording;
            _gestures.Step(nowUs);
            bool acted = false;
            while (_gestures.TryTake(_gesture))
            {
                _machine.Gesture(_gesture);
                acted |= Act(nowUs);
            }

            return acted | Act(nowUs);
        }

        private bool Act(long nowUs)
        {
            bool acted = false;
            while (_machine.TryTake(_action))
            {
                ActOne(nowUs);
                acted = true;
            }

            return acted;
        }

        private void ActOne(long nowUs)
        {
            if (_startWaits) FinishWaitingStart(nowUs);
            switch (_action.Kind)
            {
                case RecorderActionKind.StartRecording:
                    Start(nowUs);
                    break;
                case RecorderActionKind.StopRecording:
                    Stop(nowUs);
                    break;
                case RecorderActionKind.Mark:
                    _session.Mark(_action.AtUs / 1000, _gesture.Button);
                    Markers++;
                    _signals.Answer(Situation.Marked);
                    break;
                case RecorderActionKind.RefuseCardFull:
                case RecorderActionKind.RefuseFault:
                    _signals.Answer(Situation.Refused);
                    break;
            }
        }

        // With a seal at hand, as it is but just after power-on or a recording, the press waits for nothing. Without one the ring goes on gathering, and the
        // recording begins, dated to the press, once the envelope is made: half a second and as much for each recipient.
        private void Start(long nowUs)
        {
            _startPressMs = _action.AtUs / 1000;
            _startWaits = _seals != null && !_seals.IsReady;
            if (!_startWaits) StartNow(nowUs);
        }

        private bool StepWaitingStart(long nowUs)
        {
            if (_seals.Step()) return true;
            _startWaits = false;
            StartNow(nowUs);
            return true;
        }

        // Another gesture while the start waits: what is left of it is done now, so that the gesture finds a recording.
        private void FinishWaitingStart(long nowUs)
        {
            while (_startWaits) StepWaitingStart(nowUs);
        }

        private void StartNow(long nowUs)
        {
            if (CannotSeal)
            {
                // Never in the clear where a seal is asked for.
                _machine.RaiseFault(RecorderFaults.Storage, nowUs);
                return;
            }

            long pressMs = _startPressMs;
            long asked = _configuration.PreEventSeconds * 1000L;
            _ring.Forget(pressMs - asked);
            RecordingFacts facts = Facts(pressMs, nowUs);
            int first = _ring.First;
            int end = _ring.Next;
            _tally.Begin(facts, _ring, first, end);
            if (!_session.Start(facts, pressMs))
            {
                if (_session.Status == CardStatus.Full) _machine.CardFull(nowUs);
                else FailStorage(_session.Status, nowUs);
                return;
            }

            _feed.Begin(nowUs);
            _recordingNumber = facts.Number;
            Recordings++;
            _signals.Answer(Situation.Started);
        }

        private bool CannotSeal
        {
            get { return _seals != null && _seals.HasFailed; }
        }

        private RecordingFacts Facts(long pressMs, long nowUs)
        {
            int number = _boot.Keys.Recordings > _store.Catalogue.NewestRecording ? _boot.Keys.Recordings : _store.Catalogue.NewestRecording;
            if (number < _recordingNumber) number = _recordingNumber;
            number++;
            int askedMs = _configuration.PreEventSeconds * 1000;
            RecordingFacts facts = new RecordingFacts();
            facts.Number = number;
            facts.Id = _boot.Keys.RecordingId(number);
            facts.ZeroMs = pressMs;
            facts.Source = IsClockSet ? _clockSource : ClockSource.Unset;
            facts.ZeroUtcMs = IsClockSet ? UtcMs() - (nowUs / 1000 - pressMs) : 0;
            facts.UncertaintyMs = IsClockSet ? _clockUncertaintyMs : -1;
            facts.Width = _configuration.Width;
            facts.Height = _configuration.Height;
            facts.PreEventAskedMs = askedMs;

            // Frames come at intervals: the oldest may be one interval younger than asked for without anything being short.
            facts.PreEventShortfall = (int)_ring.Shortfall(pressMs - askedMs + _governor.IntervalMs);
            facts.PreviousRecording = _boot.Keys.LastClose;
            facts.ConfigurationDigest = _configurationDigest;
            facts.Firmware = Version;
            if (_seals != null) facts.Seal = _seals.Take();
            facts.BatteryMillivolts = _signals.BatteryMillivolts;
            facts.BatteryPercent = _signals.BatteryPercent;
            return facts;
        }

        private void Stop(long nowUs)
        {
            CloseReason reason = _action.Reason == StopReason.Pressed ? CloseReason.Stopped : CloseReason.CardFull;
            if (_session.IsRunning) _session.Stop(nowUs / 1000, _governor.IntervalMs, reason);
            if (!_session.IsActive) _machine.RecordingClosed(nowUs);
            _signals.Answer(Situation.Stopped);
        }

        private bool StepSession(long nowUs, bool pumpWorked)
        {
            if (_session.IsRunning)
            {
                if (pumpWorked) _tally.Update(_session.Frames);
                if (_pump.SensorFault) _session.Flush(_governor.IntervalMs);
                if (_feed.Step(nowUs, _session)) _pump.Configure(_configuration.Size, _governor.Quality, _governor.IntervalMs);
            }
            else
            {
                _tally.Finish(_session.Frames, _session.EndMs);
            }

            bool worked = _session.Step(nowUs / 1000, PastMayWrite(nowUs));
            if (!_session.IsRunning && _session.Reason == CloseReason.CardFull) _machine.CardFull(nowUs);
            if (!_session.IsActive) Ended(nowUs);
            return worked;
        }

        private bool PastMayWrite(long nowUs)
        {
            if (_pump.LateMs >= PastYieldsMs && nowUs - _pastTurnUs < PastWaitsUs) return false;
            _pastTurnUs = nowUs;
            return true;
        }

        private void Ended(long nowUs)
        {
            if (_session.Status != CardStatus.Ok) FailStorage(_session.Status, nowUs);
            else _boot.Keys.RememberClose(_session.LastClose);
            _machine.RecordingClosed(nowUs);
        }

        private void FailStorage(CardStatus status, long nowUs)
        {
            _storage.Fail(status, nowUs);
            _machine.RaiseFault(status == CardStatus.NoCard ? RecorderFaults.CardAbsent : RecorderFaults.Storage, nowUs);
        }

        private bool StepBackground(long nowUs)
        {
            if (_recordingNumber > _boot.Keys.Recordings) return CountRecording();
            if (_signer == null) return StepBoot(nowUs);
            if (_signer.Step()) return true;
            if (_seals != null && _storage.IsReady && _seals.Step()) return true;
            if (_recovery.IsDone) return _storage.Step(nowUs);
            _recovery.UtcMs = IsClockSet ? UtcMs() : 0;
            bool worked = _storage.Step(nowUs);
            if (_recovery.IsDone && _recovery.LastClose != null) _boot.Keys.RememberClose(_recovery.LastClose);
            return worked;
        }

        // A store that fails here costs the counter, not the recording: the card still knows the number.
        private bool CountRecording()
        {
            if (!_boot.Keys.CountRecordings(_recordingNumber)) _recordingNumber = 0;
            return true;
        }

        private bool StepBoot(long nowUs)
        {
            if (_boot.Step()) return true;
            if (!_boot.IsReady) return _storage.Step(nowUs);
            _signer = _boot.Signer;
            _session = new RecordingSession(_board, _digests, _boot.Device, _signer, _ring, _store, _supply, _presses);
            if (_configuration.IsSealed) _seals = new SealMaker(_board.Natives, _digests, _boot.Keys, _configuration.Recipients, _configuration.Private);
            _recovery = new SlotRecovery(_store, new SegmentRecovery(_digests, _boot.Device, _signer, _clock, Version),
                new SlotInspector(_digests, _boot.Device, _signer));
            _storage.SetRecovery(_recovery);
            _storage.SetPublicKey(PublicKeyText.Build(_boot.Device));
            return true;
        }

        private void Housekeep(long nowUs)
        {
            _housekeepingUs = nowUs + HousekeepingUs;
            ForgetOld(nowUs);
            if (_session == null || !_session.IsActive) _storage.Watch(nowUs);
            _signals.Measure(IsClockSet);
            ReportFaults(nowUs);
            if (_machine.State == RecorderState.Booting && IsUp) _machine.BootDone(nowUs);
            if (!_storage.IsReady) return;
            if (_store.Catalogue.FreeSlots == 0) _machine.CardFull(nowUs);
            else _machine.CardOk(nowUs);
        }

        // Everything is there, or it is known what is not.
        private bool IsUp
        {
            get { return _boot.Failed || (_session != null && (_storage.IsReady || _storage.Status != CardStatus.Ok)); }
        }

        // Not in the middle of a press: a double press counts from its beginning, and so does the past that is asked for.
        private void ForgetOld(long nowUs)
        {
            bool pressing = _gestures.NextDueUs != long.MaxValue;
            if (pressing || _startWaits || (_session != null && _session.IsRunning)) return;
            _ring.Forget(nowUs / 1000 - _configuration.PreEventSeconds * 1000L);
        }

        private void ReportFaults(long nowUs)
        {
            if (_pump.SensorFault) _machine.RaiseFault(RecorderFaults.Sensor, nowUs);
            else _machine.ClearFault(RecorderFaults.Sensor, nowUs);
            if (_boot.Failed || CannotSeal) _machine.RaiseFault(RecorderFaults.Storage, nowUs);
            if (_storage.Status == CardStatus.NoCard) _machine.RaiseFault(RecorderFaults.CardAbsent, nowUs);
            else if (_storage.Status != CardStatus.Ok) _machine.RaiseFault(RecorderFaults.Storage, nowUs);
            else if (_storage.IsReady && !CannotSeal) _machine.ClearFault(RecorderFaults.CardAbsent | RecorderFaults.Storage, nowUs);
        }
    }
}
