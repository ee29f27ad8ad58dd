// SPDX-License-Identifier: MIT

using System;
using Lapel.Hal;

namespace Lapel.Evidence
{
    /// <summary>The evidence card: finds or makes our folder, hands out slots.</summary>
    /// <remarks>
    /// Making a card is done in steps of one card operation, and is taken up again where a cut left it. Nothing that is on the card already
    /// is overwritten. The card is ready with its first slots; <see cref="Growth"/> makes the others while the camera works.
    /// </remarks>
    public sealed class CardStore
    {
        private enum Phase
        {
            Idle,
            Files,
            Clearing,
            Key,
            Slots,
            Catalogue,
            Ready,
        }

        /// <summary>Room in the catalogue: 128 GB of 8 MiB slots; its two copies take 1.1 MB of the card.</summary>
        public const int MostSlots = 16384;

        private const int CatalogueBytes = (MostSlots + CatalogueSector.Records - 1) / CatalogueSector.Records * Sector.Size;

        // A megabyte of zeros for both copies, in pieces that are small beside the heap.
        private const int ClearBytes = 32768;

        // The audit log takes two slots' room, at most 16 MiB: 32,768 sectors, of which a shift of 12 hours with 60 recordings takes some
        // 1,500: three weeks. On a card that was made without a log, and is full of slots, less must do.
        private const int MostAuditBytes = 16 * 1024 * 1024;
        private const int LeastAuditBytes = 65536;

        /// <summary>Slots without which a card is of no use: one for the pre-event and one for the live footage.</summary>
        public const int LeastSlots = 2;

        // The catalogue's two copies, then the log.
        private const int SetupFiles = 3;

        // "ftyp", the second word of a segment.
        private const int FileTypeBox = 0x66747970;

        private readonly ICard _card;
        private readonly CardFiles _files;
        private readonly INatives _natives;
        private readonly Catalogue _catalogue;
        private readonly byte[] _sector = new byte[Sector.Size];
        private readonly SlotFileMaker _maker;
        private Phase _phase;
        private IFileMaking _making;
        private int _setup;
        private int _firstSlots = LeastSlots;
        private ICardFile _a;
        private ICardFile _b;
        private int _made;
        private int _cleared;

        // While the catalogue's two copies are cleared, and open for it; null otherwise.
        private byte[] _zeros;

        /// <summary>A store on this card.</summary>
        /// <param name="card">The card.</param>
        /// <param name="natives">Native operations.</param>
        /// <param name="newSlotBytes">Size of slots when a card is made: a multiple of 512, 64 KiB to below 2 GiB.</param>
        public CardStore(ICard card, INatives natives, int newSlotBytes)
        {
            _card = card;
            _files = new CardFiles(card);
            _natives = natives;
            NewSlotBytes = newSlotBytes;
            _catalogue = new Catalogue(natives);
            _maker = new SlotFileMaker(card, _files);
            Growth = new SlotGrowth(_maker, _catalogue);
        }

        /// <summary>Size of slots when a card is made: a multiple of 512, 64 KiB to below 2 GiB.</summary>
        public int NewSlotBytes { get; set; }

        /// <summary>Makes the slots that the card does not have yet, once it is ready.</summary>
        public SlotGrowth Growth { get; }

        /// <summary>
        /// Slots with which a new card is ready, <see cref="LeastSlots"/> and up, where there is room: what the pre-event of a first
        /// recording may take, and one for the live pictures.
        /// </summary>
        public int FirstSlots
        {
            get { return _firstSlots; }
            set { _firstSlots = value < LeastSlots ? LeastSlots : value; }
        }

        /// <summary>Lends the card's five files.</summary>
        public CardFiles Files
        {
            get { return _files; }
        }

        /// <summary>The catalogue; loaded once ready.</summary>
        public Catalogue Catalogue
        {
            get { return _catalogue; }
        }

        /// <summary>Whether slots can be taken.</summary>
        public bool IsReady
        {
            get { return _phase == Phase.Ready; }
        }

        /// <summary>Whether the card works already and gets further slots yet.</summary>
        public bool IsMakingSlots
        {
            get { return IsReady && !_catalogue.IsWhole && !Growth.IsBlocked; }
        }

        /// <summary>How often the card was given up: what was found on it before counts only as long as this stays the same.</summary>
        public int Losses { get; private set; }

        /// <summary>Forgets the card: after it was pulled.</summary>
        public void Lose()
        {
            Losses++;
            EndClearing();
            if (_making != null)
            {
                _making.Abandon();
                _making = null;
            }

            Growth.Restart();
            _catalogue.Close();
            _phase = Phase.Idle;
            _files.Enter(CardSituation.Opening);
        }

        /// <summary>Opens the card, or goes on making it: one step. Anything else is what is wrong with the card.</summary>
        /// <returns>Ok with <see cref="IsReady"/> false means: call again.</returns>
        public CardStatus Step()
        {
            switch (_phase)
            {
                case Phase.Files:
                    return MakeFiles();
                case Phase.Clearing:
                    return ClearCatalogue();
                case Phase.Key:
                    return MakeKey();
                case Phase.Slots:
                    return MakeSlot();
                case Phase.Catalogue:
                    return MakeCatalogue();
                case Phase.Ready:
                    return CardStatus.Ok;
                default:
                    return Begin();
            }
        }

        /// <summary>Outcome of the last <see cref="OpenSlot"/>; Busy when there was no place for it: ask again at the next turn.</summary>
        public CardStatus OpenStatus
        {
            get { return _files.Status; }
        }

        /// <summary>Opens a slot's file. Null when that failed.</summary>
        /// <param name="use">What for.</param>
        /// <param name="slot">The slot.</param>
        public ICardFile OpenSlot(FileUse use, int slot)
        {
            // The path is made only for who gets a place: whoever asks at every turn allocates nothing.
            return _files.MayOpen(use) ? _files.Open(use, SlotPath.File(slot)) : null;
        }

        /// <summary>Opens the audit log's file; it is made when the card has none and there is room, however little.</summary>
        /// <returns>Null when there is none; <see cref="OpenStatus"/> says NoCard when the card is gone.</returns>
        public ICardFile OpenAuditLog()
        {
            if (_card.Exists(SlotPath.AuditLog))
            {
                return _files.Open(FileUse.Log, SlotPath.AuditLog);
            }

            CardStatus status = CardStatus.Full;
            for (int bytes = AuditBytes(_catalogue.SlotBytes); status == CardStatus.Full && bytes >= LeastAuditBytes; bytes /= 4)
            {
                // Smaller and smaller while the card is too full: a short log that wraps early is worth more than none.
                status = _card.Preallocate(SlotPath.AuditLog, bytes & -Sector.Size);
            }

            return _files.Open(FileUse.Log, SlotPath.AuditLog);
        }

        /// <summary>Writes the public key file (FORMAT.md 2.1).</summary>
        /// <param name="text">Its 512 bytes.</param>
        public CardStatus PutPublicKey(byte[] text)
        {
            ICardFile file = _files.Open(FileUse.Setup, SlotPath.PublicKey);
            if (file == null)
            {
                return _files.Status;
            }

            // Another length is another program's file: it is left alone.
            CardStatus status = file.Length == Sector.Size ? file.Write(0, text, 0, Sector.Size) : CardStatus.WriteError;
            file.Close();
            return status;
        }

        /// <summary>
        /// Keeps the rotation statements on the card (FORMAT.md section 11), in steps: Ok with <paramref name="done"/> false means: call
        /// again. A card without room for them has none.
        /// </summary>
        /// <param name="statements">The statements.</param>
        /// <param name="done">Whether nothing is left to do.</param>
        public CardStatus PutRotations(byte[] statements, out bool done)
        {
            done = false;
            ICardFile file = _card.Exists(SlotPath.Rotations) ? _files.Open(FileUse.Setup, SlotPath.Rotations) : null;
            if (file == null || file.Length != KeyHistory.FileBytes)
            {
                if (file != null)
                {
                    file.Close();
                }

                // Made in one step and written in the next: preallocating takes the time of a card operation by itself.
                CardStatus made = _card.Preallocate(SlotPath.Rotations, KeyHistory.FileBytes);
                done = made == CardStatus.Full;
                return done ? CardStatus.Ok : made;
            }

            var content = new byte[KeyHistory.FileBytes];
            CardStatus status = file.Read(0, content, 0, content.Length);

            // Read first: at almost every boot the file is as it should be, and a write that is not needed wears the card and can be cut.
            if (status == CardStatus.Ok && !IsRotations(content, statements))
            {
                Array.Clear(content, 0, content.Length);
                Array.Copy(statements, 0, content, 0, statements.Length);
                status = file.Write(0, content, 0, content.Length);
            }

            file.Close();
            done = status == CardStatus.Ok;
            return status;
        }

        private static bool IsRotations(byte[] content, byte[] statements)
        {
            if (!SegmentHead.Same(content, 0, statements))
            {
                return false;
            }

            for (int i = statements.Length; i < content.Length; i++)
            {
                if (content[i] != 0)
                {
                    return false;
                }
            }

            return true;
        }

        private CardStatus Begin()
        {
            CardStatus status = _card.Mount();
            if (status != CardStatus.Ok)
            {
                return status;
            }

            // The key's file is made after both catalogues were cleared: with it in place what stands in them is of this life of the card.
            bool whole = _card.Exists(SlotPath.PublicKey) && _card.Exists(SlotPath.CatalogueA) && _card.Exists(SlotPath.CatalogueB);
            if (whole)
            {
                status = Load();

                if (status != CardStatus.Unformatted)
                {
                    return status;
                }

                if (HoldsEvidence())
                {
                    // Evidence is never made over. Its catalogue is rebuilt from the slots, which say themselves what they hold.
                    return LoadUnknown();
                }

                // Nothing on it is evidence: the card is taken up again as one that was never finished.
                Lose();
            }
            else if (HoldsEvidence())
            {
                // Files of ours are missing beside evidence. Only a person may decide what becomes of such a card.
                return CardStatus.Unformatted;
            }

            return BeginMaking();
        }

        private CardStatus Load()
        {
            CardStatus status = OpenCatalogue(1);
            if (status != CardStatus.Ok)
            {
                return status;
            }

            status = _catalogue.Load(_a, _b);
            if (status != CardStatus.Ok)
            {
                _catalogue.Close();
                return status;
            }

            // A cut leaves one file at most behind those that the catalogue knows. Where there are more, it lost sectors that it had.
            if (!_catalogue.IsWhole && (_catalogue.IsEndLost || _card.Exists(SlotPath.File(_catalogue.Slots + 1))))
            {
                _catalogue.Extend(CountSlots(_catalogue.Slots));
            }

            _phase = Phase.Ready;
            return CardStatus.Ok;
        }

        // Halving: 14 look-ups tell how many slot files there are, where otherwise 8,000 names would be asked for. They are numbered
        // without a gap.
        private int CountSlots(int there)
        {
            int beyond = MostSlots + 1;
            while (there + 1 < beyond)
            {
                int middle = (there + beyond) / 2;
                if (_card.Exists(SlotPath.File(middle - 1)))
                {
                    there = middle;
                }
                else
                {
                    beyond = middle;
                }
            }

            return there;
        }

        // Both copies are lost while the slots hold evidence: every slot is unknown until it was looked at.
        private CardStatus LoadUnknown()
        {
            ICardFile slot = _files.Open(FileUse.Setup, SlotPath.File(0));
            if (slot == null)
            {
                return _files.Status;
            }

            int sectors = (int)(slot.Length / Sector.Size);
            slot.Close();

            int slots = CountSlots(LeastSlots);
            CardStatus status = OpenCatalogue(slots);
            if (status != CardStatus.Ok)
            {
                return status;
            }

            _catalogue.LoadUnknown(_a, _b, slots, sectors);
            _phase = Phase.Ready;
            return CardStatus.Ok;
        }

        // Files that are too short for so many slots are not ours to make longer.
        private CardStatus OpenCatalogue(int slots)
        {
            _a = _files.Open(FileUse.Catalogue, SlotPath.CatalogueA);
            if (_a == null)
            {
                return _files.Status;
            }

            _b = _files.Open(FileUse.Catalogue, SlotPath.CatalogueB);
            CardStatus status = _b == null ? _files.Status : CardStatus.Ok;
            if (_b != null && (!Catalogue.HasRoom(_a, slots) || !Catalogue.HasRoom(_b, slots)))
            {
                status = CardStatus.Unformatted;
            }

            if (status == CardStatus.Ok)
            {
                return status;
            }

            _a.Close();
            if (_b != null)
            {
                _b.Close();
            }

            return status;
        }

        // A catalogue without a whole sector is either damaged or was never finished. The first recording on a card takes slot 0, and no
        // recording is made before slot 1 exists: so a segment in slot 0 beside a slot 1 means damage, and the card is left alone.
        private bool HoldsEvidence()
        {
            if (!_card.Exists(SlotPath.File(1)))
            {
                return false;
            }

            ICardFile slot = _files.Open(FileUse.Setup, SlotPath.File(0));
            if (slot == null)
            {
                return true;
            }

            CardStatus status = slot.Read(0, _sector, 0, Sector.Size);
            slot.Close();
            return status != CardStatus.Ok || BigEndian.Get32(_sector, 4) == FileTypeBox;
        }

        // A fresh file may hold a stale catalogue of an earlier life of the card: both copies are cleared before the key's file is made,
        // and without the key's file neither is believed.
        private CardStatus BeginMaking()
        {
            _made = 0;
            _cleared = 0;
            _setup = 0;
            _phase = Phase.Files;
            return _card.CreateFolder(SlotPath.Root);
        }

        // The log before the slots: they take all the room that there is, and the log must not be what finds none.
        private CardStatus MakeFiles()
        {
            if (_setup == SetupFiles)
            {
                // With the key's file there, empty perhaps after a cut, the catalogues were cleared before: only slots are missing.
                if (_card.Exists(SlotPath.PublicKey))
                {
                    BeginKey();
                }
                else
                {
                    _phase = Phase.Clearing;
                }

                return CardStatus.Ok;
            }

            if (_making != null)
            {
                return StepMaking();
            }

            string path =
                _setup == 0 ? SlotPath.CatalogueA
                : _setup == 1 ? SlotPath.CatalogueB
                : SlotPath.AuditLog;
            if (!_card.Exists(path))
            {
                _making = _card.BeginFile(path, _setup < 2 ? CatalogueBytes : AuditBytes(NewSlotBytes));
                return CardStatus.Ok;
            }

            // An empty file is what a cut left of it: its length stands in the directory only once it was closed. Any other content is not
            // ours to judge.
            ICardFile file = _files.Open(FileUse.Setup, path);
            if (file == null)
            {
                return _files.Status;
            }

            bool isMade = file.Length > 0;
            file.Close();
            if (isMade)
            {
                _setup++;
            }
            else
            {
                _making = _card.BeginFile(path, _setup < 2 ? CatalogueBytes : AuditBytes(NewSlotBytes));
            }

            return CardStatus.Ok;
        }

        private CardStatus StepMaking()
        {
            CardStatus status = _making.Step();
            if (status != CardStatus.Ok)
            {
                _making = null;
                _phase = Phase.Idle;
            }
            else if (_making.IsDone)
            {
                _making = null;
                _setup++;
            }

            return status;
        }

        private static int AuditBytes(int slotBytes)
        {
            return slotBytes < MostAuditBytes / 2 ? 2 * slotBytes : MostAuditBytes;
        }

        // One write a step: both copies together take seconds, in which the camera has to answer presses and the port.
        private CardStatus ClearCatalogue()
        {
            if (_zeros == null)
            {
                CardStatus opened = OpenCatalogue(MostSlots);
                if (opened == CardStatus.Ok)
                {
                    _zeros = new byte[ClearBytes];
                }

                return opened;
            }

            if (_cleared < 2 * CatalogueBytes)
            {
                bool isFirst = _cleared < CatalogueBytes;
                int at = isFirst ? _cleared : _cleared - CatalogueBytes;
                int count = CatalogueBytes - at < ClearBytes ? CatalogueBytes - at : ClearBytes;
                CardStatus written = (isFirst ? _a : _b).Write(at, _zeros, 0, count);
                _cleared += count;
                if (written != CardStatus.Ok)
                {
                    EndClearing();
                    _phase = Phase.Idle;
                }

                return written;
            }

            EndClearing();
            BeginKey();
            return CardStatus.Ok;
        }

        private void BeginKey()
        {
            _phase = Phase.Key;
            _making = _card.BeginFile(SlotPath.PublicKey, Sector.Size);
        }

        private CardStatus MakeKey()
        {
            CardStatus status = StepMaking();
            if (status == CardStatus.Ok && _making == null)
            {
                _phase = Phase.Slots;
            }

            return status;
        }

        private void EndClearing()
        {
            if (_zeros != null)
            {
                _zeros = null;
                _a.Close();
                _b.Close();
            }
        }

        // The catalogue's room is taken first and its content written last: until then the card holds no evidence and is taken up again
        // here.
        private CardStatus MakeSlot()
        {
            if (!_maker.IsBusy)
            {
                if (_made >= _firstSlots)
                {
                    _phase = Phase.Catalogue;
                    return CardStatus.Ok;
                }

                _maker.Begin(_made, NewSlotBytes);
            }

            CardStatus status = _maker.Step();
            if (status != CardStatus.Ok)
            {
                _phase = Phase.Idle;
                return status;
            }

            if (_maker.IsBusy)
            {
                return CardStatus.Ok;
            }

            if (!_maker.IsFull)
            {
                _made++;
                return CardStatus.Ok;
            }

            // Fewer than two are of no use.
            _phase = _made < LeastSlots ? Phase.Idle : Phase.Catalogue;
            return _made < LeastSlots ? CardStatus.Full : CardStatus.Ok;
        }

        private CardStatus MakeCatalogue()
        {
            CardStatus status = OpenCatalogue(_made);
            if (status != CardStatus.Ok)
            {
                return status;
            }

            // Closed and loaded again by the next step, like any card: what is used afterwards is what can be read back.
            status = Catalogue.Create(_natives, _a, _b, _made, NewSlotBytes / Sector.Size, false);
            _a.Close();
            _b.Close();
            _phase = Phase.Idle;
            return status;
        }
    }
}
