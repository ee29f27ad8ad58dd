// SPDX-License-Identifier: MIT

using Lapel.Evidence;
using Lapel.Hal;

namespace Lapel.Recorder
{
    /// <summary>
    /// Brings every slot that the catalogue calls open to an end: closed by recovery, found closed, or given back. One step of
    /// <see cref="SegmentRecovery"/> at a time,
    /// none while a recording is under way. A slot that cannot be read or written twice stays open and is left for the next boot: what
    /// cannot be read now may be
    /// read by a station.
    /// </summary>
    public sealed class SlotRecovery
    {
        private const int MostTries = 2;

        private readonly CardStore _store;
        private readonly SegmentRecovery _recovery;
        private readonly byte[] _record = new byte[CatalogueSector.RecordBytes];
        private byte[] _failures;
        private int _slot;
        private bool _begun;
        private readonly CatalogueRebuild _rebuild;
        private AuditLog _audit;
        private readonly SlotRelease _release;
        private readonly DeviceIdentity _device;
        private bool _releasing;

        /// <summary>Recovery of a card.</summary>
        /// <param name="store">The card.</param>
        /// <param name="recovery">Closes segments.</param>
        /// <param name="inspector">Looks into slots of which the catalogue knows nothing.</param>
        public SlotRecovery(CardStore store, SegmentRecovery recovery, SlotInspector inspector)
        {
            _store = store;
            _rebuild = new CatalogueRebuild(store, inspector);
            _recovery = recovery;
            _release = new SlotRelease(store);
            _device = inspector.Device;
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
            get { return _begun || _releasing || _rebuild.IsRunning; }
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

        /// <summary>The log in which recoveries are entered and whose head they state.</summary>
        public void SetAudit(AuditLog audit)
        {
            _audit = audit;
            _recovery.Audit = audit.Head;
        }

        /// <summary>Begins anew: the card was opened.</summary>
        public void Restart()
        {
            StandAside();
            _rebuild.Restart();
            _slot = 0;
            IsDone = false;
        }

        /// <summary>
        /// Closes the slot under way, which stays as it is: a recording needs the card. The next step begins with it anew.
        /// </summary>
        public void StandAside()
        {
            if (_begun)
            {
                _recovery.Abandon();
            }

            _release.StandAside();
            _begun = false;
            _releasing = false;
        }

        /// <summary>One step. Anything but Ok: the card failed.</summary>
        public CardStatus Step()
        {
            if (_begun)
            {
                return StepSlot();
            }

            if (_releasing)
            {
                return StepRelease();
            }

            Catalogue catalogue = _store.Catalogue;
            if (!_rebuild.IsDone)
            {
                return _rebuild.Step();
            }

            if (_failures == null || _failures.Length != catalogue.Slots)
            {
                _failures = new byte[catalogue.Slots];
            }

            while (_slot < catalogue.Slots && (!IsUnfinished(catalogue.State(_slot)) || _failures[_slot] >= MostTries))
            {
                _slot++;
            }

            if (_slot < catalogue.Slots)
            {
                return catalogue.State(_slot) == SlotState.Open ? Begin(catalogue) : BeginRelease();
            }

            IsDone = true;
            _failures = null;
            return CardStatus.Ok;
        }

        private static bool IsUnfinished(SlotState state)
        {
            return state == SlotState.Open || state == SlotState.Releasing;
        }

        private CardStatus BeginRelease()
        {
            CardStatus status = _release.Resume(_device, _slot);
            if (status != CardStatus.Ok)
            {
                return Failed(status);
            }

            _releasing = true;
            LogRelease();
            return CardStatus.Ok;
        }

        private CardStatus StepRelease()
        {
            if (_audit != null && !_audit.Settle())
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

            _releasing = false;
            Released++;
            _slot++;
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

        private CardStatus Begin(Catalogue catalogue)
        {
            CardStatus status = catalogue.ReadRecord(_slot, _record);
            ICardFile file = status == CardStatus.Ok ? _store.OpenSlot(_slot) : null;
            if (file == null)
            {
                return Failed(status == CardStatus.Ok ? _store.OpenStatus : status);
            }

            if (file.Length != catalogue.SlotBytes)
            {
                file.Close();
                return Failed(CardStatus.ReadError);
            }

            _recovery.Begin(file, _slot, _record);
            _begun = true;
            return CardStatus.Ok;
        }

        private CardStatus StepSlot()
        {
            CardStatus status = _recovery.Step();
            if (status != CardStatus.Ok)
            {
                return Failed(status);
            }

            if (_recovery.Outcome == RecoveryOutcome.Running)
            {
                return CardStatus.Ok;
            }

            _begun = false;
            status = Note();
            _slot++;
            return status;
        }

        private CardStatus Note()
        {
            switch (_recovery.Outcome)
            {
                case RecoveryOutcome.Kept:
                    Kept++;
                    return CardStatus.Ok;
                case RecoveryOutcome.Empty:
                    Freed++;
                    return _store.Catalogue.Mark(_slot, SlotState.Free, 0, 0, 0, 0, 0, null);
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

            return _store.Catalogue.Mark(
                _slot,
                SlotState.Closed,
                recording.Number,
                segment,
                _recovery.UsedSectors,
                BigEndian.Get32(_record, CatalogueSector.TimeAt),
                _recovery.Fragments,
                _recovery.CloseDigest
            );
        }

        // A card that is gone is not the slot's fault.
        private CardStatus Failed(CardStatus status)
        {
            StandAside();
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
