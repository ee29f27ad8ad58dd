// SPDX-License-Identifier: MIT

using Lapel.Hal;

namespace Lapel.Evidence
{
    /// <summary>The evidence card: finds or makes our folder, hands out slots.</summary>
    /// <remarks>
    /// A card is opened (<see cref="CardOpening"/>), or made first (<see cref="CardMaking"/>). It is ready with its first slots;
    /// <see cref="Growth"/> makes the others while the camera works.
    /// </remarks>
    public sealed class CardStore
    {
        /// <summary>Slots without which a card is of no use: one for the pre-event and one for the live footage.</summary>
        public const int LeastSlots = 2;

        private readonly CardFiles _files;
        private readonly Catalogue _catalogue;
        private readonly CardOpening _opening;
        private readonly CardMaking _making;
        private readonly CataloguePair _pair;
        private int _firstSlots = LeastSlots;

        /// <summary>A store on this card.</summary>
        /// <param name="card">The card.</param>
        /// <param name="natives">Native operations.</param>
        /// <param name="newSlotBytes">Size of slots when a card is made: a multiple of 512, 64 KiB to below 2 GiB.</param>
        public CardStore(ICard card, INatives natives, int newSlotBytes)
        {
            NewSlotBytes = newSlotBytes;
            _files = new CardFiles(card);
            _catalogue = new Catalogue(natives);
            CataloguePair pair = _pair = new CataloguePair(_files);
            SlotFileMaker slots = new SlotFileMaker(card, _files);
            _opening = new CardOpening(card, _files, _catalogue, pair);
            _making = new CardMaking(card, _files, natives, pair, slots);
            Growth = new SlotGrowth(slots, _catalogue);
            Log = new AuditLogFile(card, _files);
            PublicKey = new KeptFile(card, _files, SlotPath.PublicKey, Sector.Size, false);
            Rotations = new KeptFile(card, _files, SlotPath.Rotations, KeyHistory.FileBytes, true);
        }

        /// <summary>Size of slots when a card is made: a multiple of 512, 64 KiB to below 2 GiB.</summary>
        public int NewSlotBytes { get; set; }

        /// <summary>Makes the slots that the card does not have yet, once it is ready.</summary>
        public SlotGrowth Growth { get; }

        /// <summary>The audit log's file.</summary>
        public AuditLogFile Log { get; }

        /// <summary>The device's public key on the card; its file is made with the card.</summary>
        public KeptFile PublicKey { get; }

        /// <summary>The statements that lead to the key from former ones.</summary>
        public KeptFile Rotations { get; }

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
        public bool IsReady { get; private set; }

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
            IsReady = false;
            _making.Abandon();
            Log.Abandon();
            PublicKey.Abandon();
            Rotations.Abandon();
            Growth.Restart();
            _catalogue.Close();

            // What an opening that was broken off had open.
            _pair.Close();
            _files.Leave(FileUse.Setup);
            _files.Enter(CardSituation.Opening);
        }

        /// <summary>Opens the card, or goes on making it: one step. Anything else is what is wrong with the card.</summary>
        /// <returns>Ok with <see cref="IsReady"/> false means: call again.</returns>
        public CardStatus Step()
        {
            if (IsReady)
            {
                return CardStatus.Ok;
            }

            if (_making.IsBusy)
            {
                return _making.Step();
            }

            bool isUnmade;
            CardStatus status = _opening.Open(out isUnmade);
            if (isUnmade)
            {
                return _making.Begin(NewSlotBytes, _firstSlots);
            }

            IsReady = status == CardStatus.Ok;
            return status;
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
    }
}
