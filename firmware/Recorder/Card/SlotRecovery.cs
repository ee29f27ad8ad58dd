// SPDX-License-Identifier: MIT

using Lapel.Evidence;
using Lapel.Hal;

namespace Lapel.Recorder
{
    /// <summary>
    /// Brings every slot that the catalogue calls open to an end: closed by recovery, found closed, or given back. One card operation or
    /// one slice of a signature a step, none while a recording is under way. A slot that cannot be read or written twice stays open and
    /// is left for the next boot: what cannot be read now may be read by a station.
    /// </summary>
    public sealed class SlotRecovery : IFileHolder
    {
        private enum Stage
        {
            Next,
            Look,
            Open,
            Recover,
            Mark,
            Release,
        }

        private const int MostTries = 2;

        private readonly CardStore _store;
        private readonly SegmentRecovery _recovery;
        private readonly RecordAccess _access;
        private readonly byte[] _record = new byte[CatalogueSector.RecordBytes];
        private byte[] _failures;
        private Commitments _commitments;
        private int _slot;
        private Stage _stage;
        private ICardFile _file;
        private readonly CatalogueRebuild _rebuild;
        private AuditLog _audit;
        private readonly SlotRelease _release;
        private readonly DeviceIdentity _device;
        private bool _isLogged;
        private bool _areCutsTold;
        private int _toldUncommitted;

        /// <summary>Recovery of a card.</summary>
        /// <param name="store">The card.</param>
        /// <param name="recovery">Closes segments.</param>
        /// <param name="inspector">Looks into slots of which the catalogue knows nothing.</param>
        public SlotRecovery(CardStore store, SegmentRecovery recovery, SlotInspector inspector)
        {
            _store = store;
            _rebuild = new CatalogueRebuild(store, inspector);
            _recovery = recovery;
            _release = new SlotRelease(store, FileUse.Recovery);
            _access = new RecordAccess(store.Catalogue);
            _device = inspector.Device;
            store.Files.SetHolder(FileUse.Recovery, this);
        }

        /// <summary>Whether no slot is left to look at.</summary>
        public bool IsDone { get; private set; }

        /// <summary>Whether the catalogue can be relied on: it was whole, or was rebuilt from the slots.</summary>
        public bool IsCatalogueKnown
        {
            get { return _rebuild.IsDone; }
        }

        /// <summary>Whether a slot is being recovered.</summary>
        public bool IsRunning
        {
            get { return _stage != Stage.Next || _rebuild.IsRunning; }
        }

        /// <summary>Segments closed by recovery since boot.</summary>
        public int Recovered { get; private set; }

        /// <summary>Slots given back since boot: nothing in them authenticated.</summary>
        public int Freed { get; private set; }

        /// <summary>Releases that a cut had interrupted and that were carried out since boot.</summary>
        public int Released { get; private set; }

        /// <summary>Slots left open: they cannot be read or written, or their beginning is lost.</summary>
        public int Kept { get; private set; }

        /// <summary>Close digest of the last segment of the card's newest recording when it was closed here, else null.</summary>
        public byte[] LastClose { get; private set; }

        /// <summary>Number of that recording.</summary>
        public int LastCloseOf { get; private set; }

        /// <summary>UTC now, milliseconds since 1970; 0 when the clock is unset.</summary>
        public long UtcMs
        {
            set { _recovery.UtcMs = value; }
        }

        /// <summary>What the device last committed to: no segment is closed against it.</summary>
        public void SetCommitments(Commitments commitments)
        {
            _commitments = commitments;
            _recovery.Commitments = commitments;
        }

        /// <summary>The log in which recoveries are entered and whose head they state.</summary>
        public void SetAudit(AuditLog audit)
        {
            _audit = audit;
            _recovery.Audit = audit.Head;
        }

        /// <summary>Begins anew: the card was opened.</summary>
        public void Restart()
        {
            Drop();
            _rebuild.Restart();
            _areCutsTold = false;
            _toldUncommitted = 0;
            _slot = 0;
            IsDone = false;
        }

        /// <summary>
        /// A recording needs the card. What became of the slot is kept when it is known; else the next step begins with it anew.
        /// </summary>
        public void PutOut()
        {
            switch (_stage)
            {
                case Stage.Release:
                    _release.StandAside();
                    break;
                case Stage.Mark:
                    break;
                default:
                    _recovery.Abandon();
                    if (_stage != Stage.Recover || _recovery.Outcome == RecoveryOutcome.Running)
                    {
                        Drop();
                    }

                    break;
            }
        }

        /// <summary>One step. Anything but Ok: the card failed.</summary>
        public CardStatus Step()
        {
            switch (_stage)
            {
                case Stage.Look:
                    return Look();
                case Stage.Open:
                    return Open();
                case Stage.Recover:
                    return StepSlot();
                case Stage.Mark:
                    return StepMark();
                case Stage.Release:
                    return StepRelease();
                default:
                    return _rebuild.IsDone ? Next() : _rebuild.Step();
            }
        }

        private CardStatus Next()
        {
            if (!_areCutsTold)
            {
                TellCuts();
            }

            Catalogue catalogue = _store.Catalogue;
            if (_failures == null || _failures.Length != catalogue.Slots)
            {
                _failures = new byte[catalogue.Slots];
            }

            while (_slot < catalogue.Slots && (!IsUnfinished(catalogue.State(_slot)) || _failures[_slot] >= MostTries))
            {
                _slot++;
            }

            if (_slot == catalogue.Slots)
            {
                IsDone = true;
                _failures = null;
            }
            else if (catalogue.State(_slot) == SlotState.Open)
            {
                _access.BeginRead(_slot);
                _stage = Stage.Look;
            }
            else
            {
                _release.Resume(_device, _slot);
                _isLogged = false;
                _stage = Stage.Release;
            }

            return CardStatus.Ok;
        }

        // What had been committed to when the power went, signed with the log before recovery changes it: a verifier tells by it a segment
        // that a cut kept from the card from one that was taken away.
        private void TellCuts()
        {
            _areCutsTold = true;
            for (int i = 0; _audit != null && _commitments != null && i < _commitments.Count; i++)
            {
                Tell(_commitments.Open(i));
            }
        }

        private void Tell(Commitment cut)
        {
            _audit.Add(AuditKind.CutRecording, cut.Flags, cut.Number, cut.EndMs, cut.Put());
            _audit.AskCheckpoint(CheckpointReason.RecordingClosed);
        }

        // A recording that was cut before its first commitment is known by the slots that it had taken.
        private void TellUncommitted(int number)
        {
            bool isNext = number > _commitments.Newest && number <= _commitments.Newest + 2;
            if (isNext && number != _toldUncommitted && !_commitments.IsUnknown(number))
            {
                _toldUncommitted = number;
                var nothing = new Commitment();
                nothing.Number = number;
                Tell(nothing);
            }
        }

        private static bool IsUnfinished(SlotState state)
        {
            return state == SlotState.Open || state == SlotState.Releasing;
        }

        private CardStatus StepRelease()
        {
            if (_release.IsMarked && !_isLogged)
            {
                LogRelease();
                _isLogged = true;
            }

            if (_isLogged && _audit != null && !_audit.Settle())
            {
                return CardStatus.Ok;
            }

            CardStatus status = _release.Step();
            if (status != CardStatus.Ok)
            {
                return Failed(status);
            }

            if (!_release.IsDone)
            {
                return CardStatus.Ok;
            }

            Released++;
            GoOn();
            return CardStatus.Ok;
        }

        // The entry of the receipt may have gone with the power: this one has of the digest what the catalogue has, and no archive.
        private void LogRelease()
        {
            if (_audit == null)
            {
                return;
            }

            byte[] digest = new byte[8];
            byte[] record = _release.Record;
            System.Array.Copy(record, CatalogueSector.DigestAt, digest, 0, digest.Length);
            int recording = BigEndian.Get32(record, CatalogueSector.RecordingAt);
            _audit.Add(AuditKind.Released, _slot, recording, BigEndian.Get32(record, CatalogueSector.SegmentAt), digest);
        }

        private CardStatus Look()
        {
            CardStatus status = _access.Step();
            if (status != CardStatus.Ok)
            {
                return Failed(status);
            }

            if (!_access.IsBusy)
            {
                System.Array.Copy(_access.Record, 0, _record, 0, _record.Length);
                _stage = Stage.Open;
                if (_audit != null && _commitments != null)
                {
                    TellUncommitted(BigEndian.Get32(_record, CatalogueSector.RecordingAt));
                }
            }

            return CardStatus.Ok;
        }

        private CardStatus Open()
        {
            if (_file == null)
            {
                _file = _store.OpenSlot(FileUse.Recovery, _slot);
                bool mustWait = _file != null || _store.OpenStatus == CardStatus.Busy;
                return mustWait ? CardStatus.Ok : Failed(_store.OpenStatus);
            }

            if (_file.Length != _store.Catalogue.SlotBytes)
            {
                return Failed(CardStatus.ReadError);
            }

            _recovery.Begin(_file, _slot, _record);
            _file = null;
            _stage = Stage.Recover;
            return CardStatus.Ok;
        }

        private CardStatus StepSlot()
        {
            CardStatus status = _recovery.Outcome == RecoveryOutcome.Running ? _recovery.Step() : CardStatus.Ok;
            if (status != CardStatus.Ok)
            {
                return Failed(status);
            }

            if (_recovery.Outcome != RecoveryOutcome.Running)
            {
                Note();
            }

            return CardStatus.Ok;
        }

        private void Note()
        {
            switch (_recovery.Outcome)
            {
                case RecoveryOutcome.Kept:
                    Kept++;
                    GoOn();
                    return;
                case RecoveryOutcome.Refused:
                    Kept++;
                    NoteRefused();
                    GoOn();
                    return;
                case RecoveryOutcome.Empty:
                    Freed++;
                    _access.BeginMark(_slot, SlotRecord.Without(SlotState.Free));
                    _stage = Stage.Mark;
                    return;
                case RecoveryOutcome.Recovered:
                    Recovered++;
                    break;
            }

            RecordingFacts recording = _recovery.Head.Recording;
            int segment = _recovery.Head.Segment;
            if (_audit != null && _recovery.Outcome == RecoveryOutcome.Recovered)
            {
                _audit.Add(AuditKind.Recovered, _slot, recording.Number, segment, _recovery.CloseDigest);
            }

            if (recording.Number == _store.Catalogue.NewestRecording && segment >= recording.FirstLive)
            {
                LastClose = _recovery.CloseDigest;
                LastCloseOf = recording.Number;
            }

            int utc = BigEndian.Get32(_record, CatalogueSector.TimeAt);
            SlotRecord closed = SlotRecord.Open(recording.Number, segment, utc, recording.Id);
            closed.Close(_recovery.UsedSectors, _recovery.Fragments, _recovery.CloseDigest);
            _access.BeginMark(_slot, closed);
            _stage = Stage.Mark;
        }

        private void NoteRefused()
        {
            if (_audit == null)
            {
                return;
            }

            var why = new byte[] { (byte)_recovery.RefusedWhy };
            _audit.Add(AuditKind.RecoveryRefused, _slot, _recovery.RecordingNumber, _recovery.SegmentNumber, why);
        }

        private CardStatus StepMark()
        {
            CardStatus status = _access.Step();
            if (!_access.IsBusy)
            {
                bool isClosed = _recovery.Outcome == RecoveryOutcome.Recovered || _recovery.Outcome == RecoveryOutcome.WasClosed;
                if (isClosed && _commitments != null)
                {
                    RecordingFacts recording = _recovery.Head.Recording;
                    _commitments.Recover(recording.Number, recording.FirstLive, _recovery.Head.Segment);
                }

                GoOn();
            }

            return status;
        }

        private void GoOn()
        {
            _stage = Stage.Next;
            _slot++;
        }

        private void Drop()
        {
            _recovery.Abandon();
            _release.StandAside();
            _access.Abandon();
            if (_file != null)
            {
                _file.Close();
            }

            _file = null;
            _stage = Stage.Next;
        }

        // A card that is gone is not the slot's fault.
        private CardStatus Failed(CardStatus status)
        {
            Drop();
            if (status == CardStatus.NoCard)
            {
                return status;
            }

            if (++_failures[_slot] >= MostTries)
            {
                Kept++;
            }

            return status;
        }
    }
}
