// SPDX-License-Identifier: MIT

using Lapel.Custody;
using Lapel.Evidence;
using Lapel.Hal;
using Lapel.Recorder;
using Lapel.Service;

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

        // Sleep steps by 10 ms and may overshoot by as much: the loop sleeps one step when two are free, and otherwise turns on.
        private const int SleepStepMs = 10;

        private readonly IBoard _board;
        private readonly IClock _clock;
        private readonly CameraConfiguration _configuration;
        private readonly Digests _digests;
        private readonly StatedClock _utc;
        private readonly FrameRing _ring;
        private readonly CapturePump _pump;
        private readonly Governor _governor;
        private readonly CameraKeys _keys;
        private readonly CardStore _store;
        private readonly SlotAllocator _allocator;
        private readonly CardMaintenance _storage;
        private readonly PressLog _presses = new PressLog(PressLog.DefaultCapacity);
        private readonly GestureDecoder _gestures;
        private readonly GestureEvent _gesture = new GestureEvent();
        private readonly RecorderAction _action = new RecorderAction();
        private readonly StateMachine _machine;
        private readonly OfficerFeedback _feedback;
        private readonly RecordingControl _recordings;
        private readonly byte[] _configurationDigest;
        private readonly AuditLog _audit;
        private readonly CameraAudit _entries;
        private readonly AccessControl _access;
        private readonly CameraStatistics _statistics;
        private readonly CameraService _service;
        private readonly CameraPort _port;
        private bool _yieldsCard;
        private long _housekeepingUs;

        /// <summary>Takes the memory for pictures first, then brings everything up step by step.</summary>
        /// <param name="board">The board.</param>
        /// <param name="configuration">How it is set up while no authority has signed a configuration for it; not malformed.</param>
        public Camera(IBoard board, CameraConfiguration configuration)
        {
            _board = board;
            _clock = board.Clock;
            _ring = new FrameRing(FramePages.For(board.Natives.CompactHeap()), MaxFrames);
            _ring.ReservePages = _ring.Pages / ReserveShare;
            _digests = new Digests(board.Natives);
            _utc = new StatedClock(board.Clock);
            _audit = new AuditLog(board.Natives, _digests, _utc, board.Store, AuditLog.DefaultCapacity);
            AuditTail tail = new AuditTail(_audit, board.Clock);
            _entries = new CameraAudit(tail, _audit, _utc, _presses);
            _store = new CardStore(board.Card, board.Natives, configuration.SlotBytes);
            _access = new AccessControl(board, _digests, tail, _store, configuration);
            configuration = _access.Configuration;
            _configuration = configuration;
            _configurationDigest = _access.ConfigurationDigest;
            _store.NewSlotBytes = configuration.SlotBytes;
            _pump = new CapturePump(board.Camera, _ring, _clock);
            _pump.Configure(configuration.Size, configuration.Quality, configuration.IntervalMs);
            _governor = new Governor(configuration.Quality, configuration.IntervalMs);
            _keys = new CameraKeys(board, configuration, _digests);
            _allocator = new SlotAllocator(_store);
            _storage = new CardMaintenance(board.Card, _store, _allocator, _audit);
            _gestures = new GestureDecoder(board.Buttons, _presses);
            _machine = new StateMachine(configuration.EventStarts);
            _feedback = new OfficerFeedback(board, configuration.Covert);
            _recordings = new RecordingControl(
                configuration,
                _configurationDigest,
                _utc,
                _ring,
                _pump,
                _governor,
                _store,
                _storage,
                _machine,
                _feedback
            );
            _statistics = new CameraStatistics(_pump, _governor, _ring, _recordings, _store, _storage, _feedback, board.Link);
            _service = new CameraService(
                board,
                _digests,
                configuration,
                _configurationDigest,
                _utc,
                _pump,
                _keys,
                _store,
                _storage,
                _machine,
                _feedback,
                _recordings,
                _statistics,
                _audit,
                _entries
            );
            _port = new CameraPort(_service, _access, _statistics, tail);
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

        /// <summary>How the device's keys stand: unless they are up nothing can be signed, so nothing is recorded.</summary>
        public KeyStatus KeyStatus
        {
            get { return _keys.Keys.Status; }
        }

        /// <summary>What is wrong inside the camera that keeps it from recording, in words; empty when nothing is.</summary>
        public string InternalFault
        {
            get { return _service.InternalFault; }
        }

        /// <summary>
        /// Orders the device's first key, as the console and SMP do for a technician: the one way to one. False when none may be made.
        /// </summary>
        public bool OrderKey()
        {
            return _service.OrderKey();
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
            get { return _keys.Recovery; }
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
            get { return _recordings.Facts; }
        }

        /// <summary>Recordings begun since boot.</summary>
        public int Recordings
        {
            get { return _recordings.Recordings; }
        }

        /// <summary>Markers set since boot.</summary>
        public int Markers
        {
            get { return _recordings.Markers; }
        }

        /// <summary>The device's identity; null until the key is up.</summary>
        public DeviceIdentity Device
        {
            get { return _keys.Device; }
        }

        /// <summary>Battery, percent.</summary>
        public int BatteryPercent
        {
            get { return _feedback.BatteryPercent; }
        }

        /// <summary>Whether the real-time clock was ever set.</summary>
        public bool IsClockSet
        {
            get { return _utc.IsSet; }
        }

        /// <summary>Sets the clock, as a host does. A recording under way keeps the time it began with.</summary>
        /// <param name="utcMs">Milliseconds since 1970.</param>
        /// <param name="uncertaintyMs">How far off it may be.</param>
        /// <returns>False when the board refused.</returns>
        public bool SetClock(long utcMs, int uncertaintyMs)
        {
            return _entries.SetClock(utcMs, uncertaintyMs);
        }

        /// <summary>How far the audit log has come.</summary>
        public AuditLog Audit
        {
            get { return _audit; }
        }

        /// <summary>
        /// A proper end: the audit log says so and is signed. Not while a recording is under way; nothing may be stepped afterwards.
        /// </summary>
        public void SwitchOff()
        {
            _audit.End(BootEnd.SwitchedOff, _clock.Microseconds / 1000);
        }

        /// <summary>Runs the loop for ever.</summary>
        public void Run()
        {
            while (true)
            {
                _clock.Sleep(Step());
            }
        }

        /// <summary>One turn of the loop.</summary>
        /// <returns>Milliseconds that nothing is due for: 0 or 10.</returns>
        public int Step()
        {
            long nowUs = _clock.Microseconds;
            if (StepButtons(nowUs))
            {
                nowUs = _clock.Microseconds;
            }

            bool worked = StepPump(nowUs);
            if (_recordings.StartWaits)
            {
                worked = _recordings.StepWaitingStart(nowUs) || worked;
            }

            if (_recordings.IsActive && _recordings.Step(nowUs, worked))
            {
                worked = true;
            }

            if (_yieldsCard)
            {
                YieldCard();
            }

            _entries.Watch(nowUs / 1000, _machine);
            if (_audit.IsDue(nowUs / 1000))
            {
                _audit.Write(nowUs / 1000);
                worked = true;
            }

            if (_keys.IsReady && _keys.Signer.Prepared < NoncesWanted)
            {
                worked = _keys.Signer.Step() || worked;
            }

            bool served = _port.Step(nowUs);
            if (!worked)
            {
                worked = StepBackground(nowUs);
            }

            if (nowUs >= _housekeepingUs)
            {
                Housekeep(nowUs);
            }

            if (worked || served)
            {
                nowUs = _clock.Microseconds;
            }

            _feedback.Step(nowUs / 1000, _machine, _storage.IsRecovering);
            return worked || served ? 0 : SleepMs(nowUs);
        }

        private int SleepMs(long nowUs)
        {
            long idleUntilUs = nowUs + 2 * SleepStepMs * 1000L;
            return _pump.NextDueUs < idleUntilUs || _gestures.NextDueUs < idleUntilUs ? 0 : SleepStepMs;
        }

        // A picture that is ready is read whole and the next one commanded before the card has its turn: so the card writes while the
        // sensor exposes, one frame for each frame taken, and a slow card does not make pictures late.
        private bool StepPump(long nowUs)
        {
            bool worked = false;
            while (_pump.Step(nowUs))
            {
                worked = true;
                nowUs = _clock.Microseconds;
                if (_pump.NextDueUs > nowUs)
                {
                    break;
                }
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
            if (_recordings.StartWaits)
            {
                _recordings.FinishWaitingStart(nowUs);
            }

            switch (_action.Kind)
            {
                case RecorderActionKind.StartRecording:
                    _recordings.Start(_action.AtUs / 1000, nowUs);
                    _yieldsCard = true;
                    break;
                case RecorderActionKind.StopRecording:
                    _recordings.Stop(_action.Reason, nowUs);
                    break;
                case RecorderActionKind.Mark:
                    _recordings.Mark(_action.AtUs / 1000, _gesture.Button);
                    break;
                case RecorderActionKind.RefuseCardFull:
                case RecorderActionKind.RefuseFault:
                    _feedback.Answer(Situation.Refused);
                    break;
            }
        }

        // Behind the first write, so that the press does not wait for a close: the segment of the present takes the spare slot, or the last
        // of the card's five files, and only the past needs the one that the port, the custodian or a recovery has open.
        private void YieldCard()
        {
            _yieldsCard = false;
            _storage.MayRecover = false;
            _port.YieldCard();
        }

        private bool StepBackground(long nowUs)
        {
            if (!_keys.IsReady)
            {
                return StepBoot(nowUs);
            }

            if (_recordings.CountRecording())
            {
                return true;
            }

            if (_keys.Signer.Step())
            {
                return true;
            }

            if (_keys.Seals != null && _storage.IsReady && _keys.Seals.Step())
            {
                return true;
            }

            if (!_storage.HoldsSpare)
            {
                _storage.MayHoldSpare = !_recordings.IsActive || !IsLastFileTaken(nowUs);
            }

            _storage.MayRecover = !_recordings.IsActive && !_recordings.StartWaits;
            if (_keys.Recovery.IsDone)
            {
                return _storage.Step(nowUs) || (!_recordings.IsActive && (_audit.StepIdle(nowUs / 1000) || _access.Scrub()));
            }

            _keys.Recovery.UtcMs = _utc.IsSet ? _utc.UtcMs : 0;
            bool worked = _storage.Step(nowUs);
            if (_keys.Recovery.IsDone && _keys.Recovery.LastClose != null && _recordings.IsNewest(_keys.Recovery.LastCloseOf))
            {
                _keys.Keys.RememberClose(_keys.Recovery.LastClose);
            }

            return worked;
        }

        // Beside both copies of the catalogue, the log and the segment of the present there is one file more: for the past, a dock that
        // reads, or the spare slot.
        private bool IsLastFileTaken(long nowUs)
        {
            return _recordings.HoldsPast || _port.HoldsFile || (_recordings.SparesFile && _port.NeedsFile(nowUs));
        }

        private bool StepBoot(long nowUs)
        {
            bool worked = _keys.Step(_store);
            if (_keys.IsReady)
            {
                KeysAreUp();
            }

            return worked || _storage.Step(nowUs);
        }

        private void KeysAreUp()
        {
            _recordings.SetSession(
                _keys,
                new RecordingSession(_board, _digests, _keys.Device, _keys.Signer, _ring, _store, _allocator, _presses),
                _entries
            );
            _access.SetDevice(_keys.Device, _keys.Keys, _keys.Signer);
            _entries.Boot(_keys.Device, _keys.Signer, _configurationDigest);
            _keys.Recovery.SetAudit(_audit);
            _storage.SetRecovery(_keys.Recovery);
            if (_keys.HasMade)
            {
                _entries.KeyMade(_keys.Device);
            }

            if (_keys.HasRotated)
            {
                _entries.KeyChanged(_keys.Device, _digests.Fingerprint(_keys.Device.KeyIn(_keys.Device.RotationBoot - 1)));
            }

            _storage.SetPublicKey(PublicKeyText.Build(_keys.Device), _keys.Device.History.Bytes);
        }

        private void Housekeep(long nowUs)
        {
            _housekeepingUs = nowUs + HousekeepingUs;
            _statistics.Sample();
            ForgetOld(nowUs);
            if (!_recordings.IsActive)
            {
                _storage.Watch(nowUs);
            }

            _feedback.Measure(_utc.IsSet);
            ReportFaults(nowUs);
            _entries.WatchSlowly(nowUs / 1000, _storage, _store.Catalogue, _feedback, _port.IsDocked(nowUs));
            if (_machine.State == RecorderState.Booting && IsUp)
            {
                _machine.BootDone(nowUs);
            }

            if (!_storage.CanRecord)
            {
                return;
            }

            if (_store.Catalogue.FreeSlots > 0)
            {
                _machine.CardOk(nowUs);
            }
            else if (_storage.IsReady && !_recordings.IsActive)
            {
                _machine.CardFull(nowUs);
            }
        }

        // Everything is there, or it is known what is not. Who pressed does not wait for the recovery of what a power cut left: it is gone
        // on with after the recording.
        private bool IsUp
        {
            get
            {
                return _keys.HasFailed
                    || (
                        _recordings.IsUp
                        && (_storage.IsReady || _storage.Status != CardStatus.Ok || (_machine.StartKept && MayRecordAtOnce))
                    );
            }
        }

        private bool MayRecordAtOnce
        {
            get { return _storage.CanRecord && _store.Catalogue.FreeSlots > 0; }
        }

        // Not in the middle of a press: a double press counts from its beginning, and so does the past that is asked for. Nor when a start
        // waits for the card to be recovered.
        private void ForgetOld(long nowUs)
        {
            bool pressing = _gestures.NextDueUs != long.MaxValue;
            if (pressing || _machine.StartKept || _recordings.HoldsPictures)
            {
                return;
            }

            _ring.Forget(nowUs / 1000 - _configuration.PreEventSeconds * 1000L);
        }

        private void ReportFaults(long nowUs)
        {
            if (_pump.SensorFault)
            {
                _machine.RaiseFault(RecorderFaults.Sensor, nowUs);
            }
            else
            {
                _machine.ClearFault(RecorderFaults.Sensor, nowUs);
            }

            bool unable = _keys.HasFailed || _recordings.CannotSeal || _access.IsConfigurationLost || _access.IsRetired;
            if (unable)
            {
                _machine.RaiseFault(RecorderFaults.Storage, nowUs);
            }

            if (_storage.Status == CardStatus.NoCard)
            {
                _machine.RaiseFault(RecorderFaults.CardAbsent, nowUs);
            }
            else if (_storage.Status != CardStatus.Ok)
            {
                _machine.RaiseFault(RecorderFaults.Storage, nowUs);
            }
            else if (_storage.IsReady && !unable)
            {
                _machine.ClearFault(RecorderFaults.CardAbsent | RecorderFaults.Storage, nowUs);
            }
        }
    }
}
