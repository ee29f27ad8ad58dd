// SPDX-License-Identifier: MIT

using Lapel.Evidence;
using Lapel.Hal;

namespace Lapel.Recorder
{
    /// <summary>
    /// Keeps the card open: mounts it, has it made when it is blank, comes back when it was pulled, holds a spare slot ready, and has the
    /// further slots of a new card made when nothing else is due.
    /// </summary>
    public sealed class CardMaintenance
    {
        /// <summary>
        /// A card that is absent or refused is looked at this often, microseconds: a mount takes some 100 ms in which nothing else runs.
        /// </summary>
        public const long RetryUs = 2000000;

        // With fewer free slots further ones are made while a recording runs, too: one is written next, and one follows it.
        private const int LeastFree = 2;

        private readonly ICard _card;
        private readonly CardStore _store;
        private readonly SlotAllocator _allocator;
        private readonly AuditLog _audit;
        private byte[] _publicKeyText;
        private byte[] _rotations;
        private SlotRecovery _recovery;
        private bool _keyWritten;
        private bool _rotationsWritten;
        private bool _logOpened;
        private bool _isTooSmall;
        private long _retryUs;
        private long _waitUntilUs;
        private long _logUntilUs = long.MaxValue;

        // Something was broken off in this boot: a file may be open that nobody has any more.
        private bool _mayHaveLeaked;

        /// <summary>Keeper of this card.</summary>
        public CardMaintenance(ICard card, CardStore store, SlotAllocator allocator, AuditLog audit)
        {
            _audit = audit;
            _card = card;
            _store = store;
            _allocator = allocator;
            Status = CardStatus.Ok;
        }

        /// <summary>Steps since boot that did something.</summary>
        public int Steps { get; private set; }

        /// <summary>What is wrong with the card; Ok when nothing is, or while it is being opened.</summary>
        public CardStatus Status { get; private set; }

        /// <summary>Least bytes of a slot: half a second of the configured pictures.</summary>
        public int LeastSlotBytes { get; set; }

        /// <summary>
        /// What keeps recordings off the card; Ok when nothing does, or while it is being opened. A card whose slots are too small is open
        /// all the same: what is on it is recovered, read and released.
        /// </summary>
        public CardStatus Fault
        {
            get { return Status == CardStatus.Ok && _isTooSmall ? CardStatus.SlotsTooSmall : Status; }
        }

        /// <summary>Whether recordings can go to the card, and nothing is left to be recovered on it.</summary>
        public bool IsReady
        {
            get { return CanRecord && (_recovery == null || _recovery.IsDone); }
        }

        /// <summary>Whether a recording could go to the card, though a power cut may have left segments that are not closed yet.</summary>
        public bool CanRecord
        {
            get
            {
                return _store.IsReady
                    && _keyWritten
                    && _audit.IsSettled
                    && Status == CardStatus.Ok
                    && !_isTooSmall
                    && (_recovery == null || _recovery.IsCatalogueKnown);
            }
        }

        /// <summary>
        /// The text of DEVICE.PUB, once the key is known, and the statements that lead to it from former keys; the card is not ready
        /// without them.
        /// </summary>
        /// <param name="text">The text.</param>
        /// <param name="rotations">The statements; empty when the key was never changed.</param>
        public void SetPublicKey(byte[] text, byte[] rotations)
        {
            _publicKeyText = text;
            _rotations = rotations;
            _rotationsWritten = rotations.Length == 0;
        }

        /// <summary>Recovery of what a power cut left, run each time the card was opened.</summary>
        public void SetRecovery(SlotRecovery recovery)
        {
            _recovery = recovery;
        }

        /// <summary>Whether segments that a power cut left are being closed.</summary>
        public bool IsRecovering
        {
            get { return _recovery != null && _recovery.IsRunning; }
        }

        /// <summary>Whether the card gets further slots yet.</summary>
        public bool IsMakingSlots
        {
            get { return _store.IsMakingSlots; }
        }

        /// <summary>Whether further slots are needed at once, also by a recording under way: fewer than two are free.</summary>
        public bool IsShortOfSlots
        {
            get { return _store.Catalogue.FreeSlots < LeastFree; }
        }

        /// <summary>
        /// Something was broken off in the middle, and what is in memory of the card cannot be relied on: it is closed, and opened anew as
        /// after power-on.
        /// </summary>
        /// <param name="untilUs">Not before, monotonic microseconds.</param>
        public void BreakOff(long untilUs)
        {
            Fail(CardStatus.Ok, 0);
            _waitUntilUs = untilUs;
            _mayHaveLeaked = true;
        }

        /// <summary>
        /// Whether the card failed after something had been broken off: a file that stayed open keeps it from being opened, and only a
        /// restart closes that. After one it is the card that is broken.
        /// </summary>
        public bool NeedsRestart { get; private set; }

        /// <summary>
        /// A step threw. Whether it was the making of a further slot's file, which is then left half made: the card has what it had.
        /// </summary>
        public bool BreakOffGrowth()
        {
            if (!_store.IsReady || !_store.Growth.IsMakingFile)
            {
                return false;
            }

            _store.Growth.BreakOff();
            return true;
        }

        /// <summary>The log was broken off: it is found on the card anew.</summary>
        /// <param name="untilUs">Not before, monotonic microseconds. Until then the camera records without one.</param>
        public void BreakOffLog(long untilUs)
        {
            _audit.BreakOff();
            _logUntilUs = untilUs;
        }

        /// <summary>The card failed in the middle of something: it is closed and opened anew.</summary>
        public void Fail(CardStatus status, long nowUs)
        {
            _logUntilUs = long.MaxValue;
            Status = status;
            NeedsRestart = _mayHaveLeaked && status != CardStatus.Ok && status != CardStatus.NoCard;
            _allocator.Discard();
            if (_recovery != null)
            {
                _recovery.Restart();
            }

            _audit.Lose();
            _store.Lose();
            _keyWritten = false;
            _rotationsWritten = _rotations != null && _rotations.Length == 0;
            _logOpened = false;
            _isTooSmall = false;
            _retryUs = nowUs + RetryUs;
        }

        /// <summary>One step of opening or making the card, or of preparing the spare slot. Whether something was done.</summary>
        public bool Step(long nowUs)
        {
            if (Status != CardStatus.Ok)
            {
                if (nowUs < _retryUs)
                {
                    return false;
                }

                Status = CardStatus.Ok;
            }

            if (nowUs < _waitUntilUs)
            {
                return false;
            }

            if (nowUs >= _logUntilUs)
            {
                _logUntilUs = long.MaxValue;
                _audit.Lose();
                _store.Log.Abandon();
                _logOpened = false;
            }

            CardStatus status = CardStatus.Ok;
            bool worked = true;
            if (!_store.IsReady)
            {
                status = _store.Step();
                _isTooSmall = _store.IsReady && _store.Catalogue.SlotBytes < LeastSlotBytes;
            }
            else if (!_keyWritten)
            {
                status = WriteKey(ref worked);
            }
            else if (!_audit.IsSettled)
            {
                status = OpenLog();
            }
            else if (_recovery != null && !_recovery.IsDone && _store.Files.MayHave(FileUse.Recovery))
            {
                status = _recovery.Step();
            }
            else if (!_allocator.HasSpare && _store.Catalogue.FreeSlots > 0)
            {
                status = _allocator.Prepare(FileUse.Spare);
                worked = !_allocator.MustWait;

                // The last free slot is being taken.
                if (status == CardStatus.Full)
                {
                    status = CardStatus.Ok;
                    worked = false;
                }
            }
            else
            {
                worked = false;
            }

            if (status != CardStatus.Ok)
            {
                Fail(status, nowUs);
            }

            Steps += worked ? 1 : 0;
            return worked;
        }

        /// <summary>
        /// One card operation towards the next slot of a new card. Not while a recording runs, unless fewer than two slots are free.
        /// </summary>
        /// <param name="nowUs">Now.</param>
        /// <returns>Whether something was done.</returns>
        public bool Grow(long nowUs)
        {
            if (!CanRecord || !IsMakingSlots)
            {
                return false;
            }

            SlotGrowth growth = _store.Growth;
            if (!IsShortOfSlots && (IsRecording || !IsReady))
            {
                // A recording began: the slot under way is made again after it.
                bool worked = growth.IsBusy;
                growth.Abandon();
                return worked;
            }

            CardStatus status = growth.Step();
            if (status != CardStatus.Ok)
            {
                Fail(status, nowUs);
            }

            Steps += growth.MustWait ? 0 : 1;
            return !growth.MustWait;
        }

        /// <summary>Looks whether the card is still there.</summary>
        public void Watch(long nowUs)
        {
            if (Status == CardStatus.Ok && _store.IsReady && (!_card.IsPresent || _audit.IsCardGone))
            {
                Fail(CardStatus.NoCard, nowUs);
            }
        }

        private bool IsRecording
        {
            get { return _store.Files.Situation == CardSituation.Recording || _store.Files.Situation == CardSituation.RecordingBusy; }
        }

        private CardStatus OpenLog()
        {
            if (_logOpened)
            {
                return _audit.Find();
            }

            CardStatus status = _store.Log.Step(_store.Catalogue.SlotBytes, out _logOpened);
            if (_logOpened && status == CardStatus.Ok)
            {
                _audit.Open(_store.Log.File);
            }

            return status;
        }

        private CardStatus WriteKey(ref bool worked)
        {
            worked = _publicKeyText != null;
            if (!worked)
            {
                return CardStatus.Ok;
            }

            if (!_rotationsWritten)
            {
                return _store.Rotations.Put(_rotations, out _rotationsWritten);
            }

            return _store.PublicKey.Put(_publicKeyText, out _keyWritten);
        }
    }
}
