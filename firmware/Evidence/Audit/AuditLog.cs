// SPDX-License-Identifier: MIT

using System;
using Lapel.Hal;

namespace Lapel.Evidence
{
    /// <summary>The device's audit log (FORMAT.md section 9).</summary>
    /// <remarks>
    /// Entries wait in memory and go to the card sector by sector, each once and never again; the chain goes on over cards and boots. One
    /// card operation a step. What goes wrong here never stops a recording: it is counted and stated.
    /// </remarks>
    public sealed class AuditLog : IAudit
    {
        /// <summary>Entries that can wait: those of a shift without a card, some 14 KB.</summary>
        public const int DefaultCapacity = 128;

        /// <summary>A sector's worth is waited for so long: what belongs together stands together.</summary>
        public const int BatchMs = 500;

        /// <summary>
        /// Least time from one sector to the next: while recording each costs the card a write. So an entry is on the card a second after
        /// it was made.
        /// </summary>
        public const int SpacingMs = 1000;

        /// <summary>
        /// From one checkpoint to the next: what a cut leaves unsigned, and what is walked over at the next boot; 288 stores a day wear
        /// internal flash for 10 years and more.
        /// </summary>
        public const int CheckpointMs = 300000;

        /// <summary>
        /// Sequence numbers left out after a cut when the card does not tell how far the log had come: a day and a half at one sector a
        /// second. So none comes twice.
        /// </summary>
        public const int Leap = 131072;

        // A sector that does not take the write is tried again, then left out; a card that takes none of so many is given up until it is
        // opened anew.
        private const int MostTries = 3;
        private const int MostLeftOut = 3;

        private enum Phase
        {
            Closed,
            Searching,
            Open,
            Unusable,
        }

        private readonly INatives _natives;
        private readonly Digests _digests;
        private readonly StatedClock _clock;
        private readonly IInternalStore _store;
        private readonly AuditQueue _queue;
        private readonly AuditHead _head = new AuditHead();

        // The sector that is being written, apart from the last one that is on the card: what manifests state must be on the card.
        private readonly AuditHead _built = new AuditHead();
        private readonly byte[] _bytes = new byte[Sector.Size];

        private Phase _phase;
        private ICardFile _file;
        private DeviceIdentity _device;
        private ManifestSigner _signer;
        private AuditSector _sector;
        private AuditSearch _search;
        private AuditManifest _manifest;
        private int _positions;
        private long _sequence;
        private long _log;
        private long _place;
        private LogFound _found;
        private bool _isExact;
        private bool _isBuilt;
        private int _builtEntries;
        private bool _builtCheckpoint;
        private int _tries;
        private int _leftOut;
        private int _lost;

        // The first sector of a boot keeps no distance: it says how the boot before ended.
        private long _writtenMs = -SpacingMs;
        private long _checkpointMs;
        private CheckpointReason _reason;
        private bool _storeHead;

        // Somebody waits for the entries: they are written without the pauses.
        private bool _isAwaited;

        // The secret is gone: a sector would have a MAC of zeros.
        private bool _isFinished;
        private bool _isRetired;

        /// <summary>A log without a card and a device as yet: entries wait.</summary>
        /// <param name="natives">Native operations.</param>
        /// <param name="digests">Hashes.</param>
        /// <param name="clock">Dates the entries.</param>
        /// <param name="store">Internal storage, where the head is kept.</param>
        /// <param name="capacity">Entries that can wait, 108 bytes each.</param>
        public AuditLog(INatives natives, Digests digests, StatedClock clock, IInternalStore store, int capacity)
        {
            _natives = natives;
            _digests = digests;
            _clock = clock;
            _store = store;
            _queue = new AuditQueue(capacity);
        }

        /// <summary>The last sector written, as manifests state it.</summary>
        public AuditHead Head
        {
            get { return _head; }
        }

        /// <summary>Entries waiting for the card.</summary>
        public int Waiting
        {
            get { return _queue.Count; }
        }

        /// <summary>Entries that found no room and are not yet stated in the log.</summary>
        public int Lost
        {
            get { return _lost; }
        }

        /// <summary>When the last entry was made, monotonic milliseconds.</summary>
        public long EnteredMs { get; private set; }

        /// <summary>Whether the card takes entries.</summary>
        public bool IsOpen
        {
            get { return _phase == Phase.Open; }
        }

        /// <summary>Bytes of the log's file; 0 when there is none that takes entries.</summary>
        public long FileBytes
        {
            get { return IsOpen ? _file.Length : 0; }
        }

        /// <summary>Bytes of the file that the log fills: its first ones, until it has gone round once. 0 when there is none.</summary>
        public long UsedBytes
        {
            get { return IsOpen ? (_place < _positions ? _place : _positions) * Sector.Size : 0; }
        }

        /// <summary>Whether the log on the card was found, or it is known that this card can have none.</summary>
        public bool IsSettled
        {
            get { return _phase == Phase.Open || _phase == Phase.Unusable; }
        }

        /// <inheritdoc/>
        public bool Settle()
        {
            _isAwaited = _phase != Phase.Unusable && _queue.Count > 0;
            return !_isAwaited;
        }

        /// <inheritdoc/>
        public void Finish()
        {
            SignEnd(_clock.NowMs);
            _isFinished = true;
        }

        /// <summary>Whether the log has ended with the retirement: nothing is written any more.</summary>
        public bool IsFinished
        {
            get { return _isFinished; }
        }

        /// <summary>How the log on the card was found when the card was opened.</summary>
        public LogFound FoundHow { get; private set; }

        /// <summary>Sequence number of the sector that was known then; 0 when none was.</summary>
        public long FoundKnown { get; private set; }

        /// <summary>Sequence number of the device's last sector that was found then; 0 when none was.</summary>
        public long FoundLast { get; private set; }

        /// <summary>
        /// Whether the sector that was known then had been written to this very log, and is not in it any more: the log was cut back, or
        /// the card has lost it.
        /// </summary>
        public bool IsCutBack { get; private set; }

        /// <summary>Whether a write found the card gone; it has to be opened anew.</summary>
        public bool IsCardGone { get; private set; }

        /// <summary>How the boot before ended. Known once the device is set.</summary>
        public BootEnd FormerEnd { get; private set; }

        /// <summary>The device's keys are up.</summary>
        public void SetDevice(DeviceIdentity device, ManifestSigner signer)
        {
            _device = device;
            _signer = signer;
            _sector = new AuditSector(_digests, _natives, device);
            _search = new AuditSearch(_sector);
            _manifest = new AuditManifest(device);
            if (_head.Load(_store))
            {
                // Only of the boot right before: an older note would call a cut of yesterday a proper end.
                bool stated = _head.EndedHow != BootEnd.Unknown && _head.EndedBoot == device.BootNumber - 1;
                FormerEnd = stated ? _head.EndedHow : BootEnd.PowerCut;
            }

            // After a proper end nothing was written behind the stored head: no numbers need to be left out.
            _isExact = FormerEnd > BootEnd.PowerCut;

            // In memory, until the head is stored again: what is stored still names the boot before, so it cannot be taken for the end of
            // this one.
            _head.EndedHow = BootEnd.Unknown;
            _sequence = _head.Sequence;
        }

        /// <inheritdoc/>
        public void Add(AuditKind kind, int code, long first, long second, byte[] data)
        {
            EnteredMs = _clock.NowMs;
            if (_isFinished || _isRetired)
            {
                return;
            }

            // Said before the entry that found room again, in the order in which it happened.
            if (_lost > 0 && !_queue.IsFull)
            {
                _queue.Add(AuditKind.Lost, _lost, 0, 0, null, _clock);
                _lost = 0;
            }

            if (_queue.IsFull)
            {
                _lost++;
            }
            else
            {
                _queue.Add(kind, code, first, second, data, _clock);

                // The log ends with the retirement. What comes before its secret goes is of a camera that is out of service.
                _isRetired = kind == AuditKind.Retired;
            }
        }

        /// <summary>Begins with the log's file of a card that was just opened; null when the card has none and no room for it.</summary>
        public void Open(ICardFile file)
        {
            _file = file;
            IsCardGone = false;
            _tries = 0;
            _leftOut = 0;

            // The search reads blocks; a shorter file is none that this device made.
            if (file == null || file.Length < AuditSearch.BlockSectors * Sector.Size)
            {
                Discard();
                return;
            }

            _positions = (int)(file.Length / Sector.Size);
            _search.Begin(file, _head);
            _phase = Phase.Searching;
        }

        /// <summary>
        /// Something was broken off in the middle: what is on the card is looked for anew when the log is opened again. Entries wait. A
        /// sector that may have reached the card is compared then, as after a card that was pulled.
        /// </summary>
        public void BreakOff()
        {
            Discard();
            _storeHead = _head.Sequence > 0;
            _tries = 0;
            _leftOut = 0;
        }

        /// <summary>The card goes away. Entries wait for the next.</summary>
        public void Lose()
        {
            if (_file != null)
            {
                _file.Close();
            }

            _file = null;
            IsCardGone = false;
            _phase = Phase.Closed;
        }

        /// <summary>One step of finding the log's end.</summary>
        /// <returns>NoCard when the card went away, else Ok.</returns>
        public CardStatus Find()
        {
            CardStatus status = _search.Step();
            if (status != CardStatus.Ok)
            {
                return status;
            }

            if (!_search.IsDone)
            {
                return CardStatus.Ok;
            }

            if (_search.IsUnreadable)
            {
                Discard();
            }
            else
            {
                GoOn();
            }

            return CardStatus.Ok;
        }

        /// <summary>Whether entries are to be written now.</summary>
        public bool IsDue(long nowMs)
        {
            if (_phase != Phase.Open || _queue.Count == 0 || _isFinished)
            {
                return false;
            }

            // A release or a restart waits for its entry; otherwise entries gather, since a sector with one of them costs the card as much
            // as with eight.
            return _isAwaited || (nowMs - _writtenMs >= SpacingMs && nowMs - _queue.OldestMs >= BatchMs);
        }

        /// <summary>Writes one sector of entries. Only while open and entries wait.</summary>
        public void Write(long nowMs)
        {
            // A sector that was refused is written again byte for byte: entries that came since go into the next one.
            if (!_isBuilt)
            {
                Begin(AuditSectorKind.Entries);
                int used = _queue.Copy(_bytes, AuditSector.BodyAt, AuditSector.BodyBytes, out _builtEntries);
                _sector.Seal(_bytes, _builtEntries, used);
                FinishBuilding(false);
            }

            Put(nowMs);
        }

        /// <summary>Asks for a checkpoint when there is time.</summary>
        /// <param name="reason">Why; a higher one that was asked for already stays.</param>
        public void AskCheckpoint(CheckpointReason reason)
        {
            if (reason > _reason)
            {
                _reason = reason;
            }
        }

        /// <summary>
        /// When nothing else is due: entries, then a checkpoint that is due or asked for, then the head into internal storage. Whether
        /// something was done.
        /// </summary>
        public bool StepIdle(long nowMs)
        {
            if (_phase != Phase.Open || _isFinished)
            {
                return false;
            }

            if (_storeHead)
            {
                // First: the head that a checkpoint left in memory is what the next boot searches from.
                _storeHead = false;
                _head.Save(_store);
                return true;
            }

            if (_reason == CheckpointReason.None && nowMs - _checkpointMs >= CheckpointMs)
            {
                _reason = CheckpointReason.Time;
            }

            if (_isBuilt && _builtCheckpoint)
            {
                Put(nowMs);
                return true;
            }

            // A checkpoint signs what is on the card, so entries that wait go before it.
            bool due = IsDue(nowMs) || (_reason > CheckpointReason.Time && _queue.Count > 0 && nowMs - _writtenMs >= SpacingMs);
            if (due)
            {
                Write(nowMs);
                return true;
            }

            // An empty log has nothing to sign.
            if (_reason == CheckpointReason.None || _queue.Count > 0 || _head.Sequence == 0)
            {
                return false;
            }

            // A nonce in slices, while nothing else is due; the signing itself is then one short step.
            if (!_signer.IsPrepared)
            {
                return _signer.Step();
            }

            BuildCheckpoint();
            Put(nowMs);
            return true;
        }

        /// <summary>A proper end: writes all that waits, signs, and notes in internal storage how the boot ended.</summary>
        /// <remarks>Takes some 100 ms; nothing may be entered afterwards. Without a card only the note is made.</remarks>
        /// <param name="how">Switched off or restarted.</param>
        /// <param name="nowMs">Monotonic milliseconds.</param>
        public void End(BootEnd how, long nowMs)
        {
            if (_isFinished)
            {
                return;
            }

            Add(AuditKind.Ended, (int)how, 0, 0, null);
            while (_phase == Phase.Open && _queue.Count > 0)
            {
                Write(nowMs);
            }

            SignEnd(nowMs);
            if (_device == null)
            {
                return;
            }

            // After the last sector, and stored at once: it states that this sector is the last of this boot.
            _head.EndedBoot = _device.BootNumber;
            _head.EndedHow = how;
            _head.Save(_store);
        }

        /// <summary>
        /// Reads from the log's file; NotFound when there is none that takes entries. What waits in memory is not there yet.
        /// </summary>
        public CardStatus Read(long position, byte[] buffer, int offset, int count)
        {
            return IsOpen ? _file.Read(position, buffer, offset, count) : CardStatus.NotFound;
        }

        // Nothing is late any more, and the signature must be made now or never.
        private void SignEnd(long nowMs)
        {
            if (_phase != Phase.Open)
            {
                return;
            }

            while (_signer.Step()) { }

            // Whatever was asked for: the end is the strongest reason.
            _reason = CheckpointReason.ProperEnd;
            BuildCheckpoint();
            while (_phase == Phase.Open && _isBuilt)
            {
                Put(nowMs);
            }
        }

        private void Begin(AuditSectorKind kind)
        {
            _built.Sequence = _sequence + 1;
            _built.Log = _log;
            _built.Place = _place;

            // Chained to the last sector that is on the card, whatever was refused since.
            _sector.Begin(_bytes, kind, _head, _built.Sequence, _log, _place, _found);
        }

        private void FinishBuilding(bool checkpoint)
        {
            _built.Digest = _digests.Hash(_bytes);
            _builtCheckpoint = checkpoint;
            _isBuilt = true;
        }

        private void BuildCheckpoint()
        {
            Begin(AuditSectorKind.Checkpoint);
            byte[] manifest = _manifest.Build(_head, _built.Sequence, _log, _place, _clock, _reason);
            int at = AuditSector.BodyAt;
            BigEndian.Put16(_bytes, at, manifest.Length);
            Array.Copy(manifest, 0, _bytes, at + 2, manifest.Length);
            _signer.Sign(_digests.Manifest(manifest), _bytes, at + 2 + manifest.Length);
            _builtEntries = 0;
            _sector.Seal(_bytes, 0, 2 + manifest.Length + ManifestSigner.CoseBytes);
            FinishBuilding(true);
        }

        private void Put(long nowMs)
        {
            // Also when it fails: a card in trouble is not asked more often than once a second.
            _writtenMs = nowMs;

            // One sector a write: it is on the card whole or not, and a cut harms no other.
            CardStatus status = _file.Write(_built.Place % _positions * Sector.Size, _bytes, 0, Sector.Size);
            if (status == CardStatus.Ok)
            {
                Written(nowMs);
            }
            else if (status == CardStatus.NoCard)
            {
                IsCardGone = true;
            }
            else
            {
                Refused();
            }

            if (IsCardGone)
            {
                Discard();
            }
        }

        private void Written(long nowMs)
        {
            bool first = _head.Log != _log || _head.Sequence == 0;
            _head.Take(_built);
            _sequence = _built.Sequence;
            _place = _built.Place + 1;

            // Only now: entries leave memory when the card has them.
            _queue.Remove(_builtEntries);
            if (_queue.Count == 0)
            {
                _isAwaited = false;
            }

            _found = LogFound.AsLeft;
            _isBuilt = false;
            _tries = 0;
            _leftOut = 0;
            if (first)
            {
                _storeHead = true;
            }

            if (!_builtCheckpoint)
            {
                return;
            }

            _reason = CheckpointReason.None;
            _checkpointMs = nowMs;
            _storeHead = true;
        }

        // The same bytes go to the same place again: what may have reached the card already stays as it is.
        private void Refused()
        {
            if (++_tries < MostTries)
            {
                return;
            }

            _tries = 0;

            // What was built is for the old place and head: it is built anew for where the log goes on.
            _isBuilt = false;

            // The place is left out, not the number: the chain goes on without a hole, and the reader sees a place that the card spoilt.
            _place++;
            if (++_leftOut == MostLeftOut)
            {
                Discard();
            }
        }

        private void GoOn()
        {
            AuditHead own = _search.Own;
            _phase = Phase.Open;

            // Behind a stranger's last possible places there is no room to count on: then the log begins anew.
            bool found = _search.IsFound && _search.NextPlace < AuditSector.MostPlace - Leap;
            _log = found ? _search.Log : _sector.NewLog(_head);
            _place = found ? _search.NextPlace : 0;
            if (_isBuilt && own.Sequence == _built.Sequence && SegmentHead.Same(own.Digest, 0, _built.Digest))
            {
                // The card was pulled in the midst of the write, which had reached it.
                Written(_writtenMs);
                _place = _search.NextPlace;
            }

            _isBuilt = false;
            long known = _head.Sequence;
            FoundHow = LogFound.AsLeft;
            FoundKnown = known;
            FoundLast = own.Sequence;
            IsCutBack = false;
            if (own.Sequence > known || (_search.HoldsKnown && own.Sequence == known))
            {
                _head.Take(own);
                _sequence = own.Sequence;
                if (!found)
                {
                    Found(LogFound.BegunAnew, known, own.Sequence, null);
                }
                else if (_search.Missing > 0)
                {
                    FoundHoles(known);
                }
            }
            else if (known > 0 || found)
            {
                if (known > 0 && !_isExact)
                {
                    // Another card may hold sectors after the one last known, with numbers up to a day and a half on. No number may come
                    // twice in one device.
                    _sequence = known + Leap;
                }

                if (found && known > 0)
                {
                    FoundWithoutKnown(known, own.Sequence);
                }
                else
                {
                    Found(found ? LogFound.WithoutKnown : LogFound.BegunAnew, known, own.Sequence, null);
                }
            }
            else
            {
                Found(LogFound.BegunAnew, 0, 0, null);
            }

            _isExact = true;
        }

        // A sector that was lost had a sequence number: it is not given again. No more were lost than the file has room for, whatever place
        // a stranger's sector claims.
        private void FoundHoles(long known)
        {
            long behind = _search.NextPlace - 1 - _search.Own.Place;
            _sequence += behind < _positions ? behind : _positions;
            Found(LogFound.WithHoles, known, _search.Missing, null);
        }

        // Which log the sector was in tells another card from this one cut back: an id is that of one file, ever.
        private void FoundWithoutKnown(long known, long last)
        {
            var log = new byte[8];
            BigEndian.Put64(log, 0, _head.Log);
            IsCutBack = _head.Log == _log;
            Found(LogFound.WithoutKnown, known, last, log);
        }

        private void Found(LogFound how, long known, long second, byte[] data)
        {
            _found = how;
            FoundHow = how;
            Add(AuditKind.LogFound, (int)how, known, second, data);
        }

        private void Discard()
        {
            if (_file != null)
            {
                _file.Close();
            }

            _file = null;

            // Until the card is opened anew. Entries wait, and are counted when they find no room: a recording never depends on the log.
            _phase = Phase.Unusable;
        }
    }
}
