// SPDX-License-Identifier: MIT

using Lapel.Hal;

namespace Lapel.Evidence
{
    /// <summary>
    /// Lends the files of the card, of which the runtime's driver opens five at once. It is the only one that opens or makes a file on the
    /// card. A table says who may have a place in which situation, a rank who may put out whom. Whoever is told "next turn" asks again;
    /// that is no fault of the card.
    /// </summary>
    public sealed class CardFiles
    {
        /// <summary>Files open at once (FatFs as built into the official images).</summary>
        public const int Most = 5;

        private const int Uses = 11;
        private const int Nobody = -1;

        // Who asked first and does not ask again for so many turns keeps others waiting no longer.
        private const int Patience = 64;

        // May not have a place; may have one as long as nobody else asks; may have one.
        private const byte No = 0;
        private const byte Rest = 1;
        private const byte May = 2;

        // One row for each situation, one column for each use. Where a guest (port, custody, recovery, self-test) may have a place, one of
        // them has it.
        private static readonly byte[] Allowed =
        {
            //        Live PreEvent Log Catalogue Spare Port Custody Recovery SelfTest Setup Making
            /* Opening       */May, No, May, May, No, No, No, May, No, May, May,
            /* Recovering    */May, No, May, May, May, No, No, May, No, No, Rest,
            /* Idle          */May, No, May, May, May, May, May, No, May, No, Rest,
            /* Recording     */May, May, May, May, Rest, May, No, No, No, No, Rest,
            /* RecordingBusy */May, May, May, May, May, No, No, No, No, No, Rest,
        };

        // The driver's files by use.
        private static readonly byte[] Places = { 1, 1, 1, 2, 1, 1, 1, 1, 1, 1, 1 };

        private readonly ICard _card;
        private readonly IFileHolder[] _holders = new IFileHolder[Uses];
        private readonly Lent[] _lent = new Lent[Uses];
        private readonly byte[] _open = new byte[Uses];
        private CardSituation _situation;
        private int _held;
        private int _resting;
        private int _taken;
        private int _turns;
        private int _next = Nobody;

        /// <summary>The files of this card; nobody has one.</summary>
        public CardFiles(ICard card)
        {
            _card = card;
        }

        /// <summary>What the camera does with the card.</summary>
        public CardSituation Situation
        {
            get { return _situation; }
        }

        /// <summary>Places that are given, with a file open in them or not.</summary>
        public int Taken
        {
            get { return _taken; }
        }

        /// <summary>Outcome of the last <see cref="Open"/>; Busy when no place was to be had.</summary>
        public CardStatus Status { get; private set; }

        /// <summary>States who closes the file of a use when another needs its place. Without one it is closed here.</summary>
        public void SetHolder(FileUse use, IFileHolder holder)
        {
            _holders[(int)use] = holder;
        }

        /// <summary>Whether this use may have a place in this situation, as far as others leave it one.</summary>
        public bool MayHave(FileUse use)
        {
            return Allowed[(int)_situation * Uses + (int)use] != No;
        }

        /// <summary>Whether this use has a place.</summary>
        public bool Has(FileUse use)
        {
            return (_held & Bit(use)) != 0;
        }

        /// <summary>
        /// Whether <see cref="Enter"/> has nothing to do: it is this situation already, and no guest waits for a place.
        /// </summary>
        public bool IsSettled(CardSituation situation)
        {
            return _next == Nobody && situation == _situation;
        }

        /// <summary>Whether closed segments can be read: a dock may have a place, and the self-test does not write to the card.</summary>
        public bool CanRead { get; private set; }

        /// <summary>
        /// Once a turn: states the situation. Whoever may not have a place in it any more is put out, which is one card operation at most,
        /// since of those that can lose their place one has a file.
        /// </summary>
        /// <returns>Whether it is another situation than before.</returns>
        public bool Enter(CardSituation situation)
        {
            if (_next != Nobody && ++_turns > Patience)
            {
                _next = Nobody;
            }

            if (situation == _situation)
            {
                return false;
            }

            int before = (int)_situation * Uses;
            int now = (int)situation * Uses;
            _situation = situation;
            for (int use = (int)FileUse.PreEvent; use < Uses; use++)
            {
                if (Allowed[now + use] == No && Allowed[before + use] != No)
                {
                    PutOut(use);
                }
            }

            SetCanRead();
            return true;
        }

        /// <summary>Asks for a place. False: next turn, when somebody who has it has left, if this use may have one at all.</summary>
        public bool Ask(FileUse use)
        {
            int bit = Bit(use);
            if ((_held & bit) != 0)
            {
                _resting &= ~bit;
                return true;
            }

            byte allowed = Allowed[(int)_situation * Uses + (int)use];
            if (allowed == No)
            {
                return false;
            }

            Announce(use);
            if (_taken + Places[(int)use] + KeptForThePress(use) <= Most && !IsBehindAnother(use, allowed))
            {
                Give(use);
                return true;
            }

            if (allowed == May)
            {
                PutOutOneFor(use);
            }

            return false;
        }

        /// <summary>Says that a guest will ask for a place as soon as it can use it: it is given to nobody who asked later.</summary>
        public void Announce(FileUse use)
        {
            if (!IsGuest(use) || (_held & Bit(use)) != 0)
            {
                return;
            }

            if (_next == Nobody)
            {
                _next = (int)use;
            }

            if (_next == (int)use)
            {
                _turns = 0;
            }
        }

        /// <summary>The place is kept only as long as nobody asks for it.</summary>
        public void LetRest(FileUse use)
        {
            _resting |= _held & Bit(use);
        }

        /// <summary>Gives the place back; a file that is still open in it is closed.</summary>
        public void Leave(FileUse use)
        {
            int at = (int)use;
            if (_lent[at] != null)
            {
                _lent[at].Close();
            }

            if ((_held & Bit(use)) != 0 && _open[at] == 0)
            {
                Free(use);
            }
        }

        /// <summary>
        /// Whether <see cref="Open"/> would get a place. False: <see cref="Status"/> is Busy, ask again at the next turn.
        /// </summary>
        public bool MayOpen(FileUse use)
        {
            if (Ask(use) && _open[(int)use] < Places[(int)use])
            {
                return true;
            }

            Status = CardStatus.Busy;
            return false;
        }

        /// <summary>
        /// Opens a file: asks for the place when this use has none. Null when that failed; <see cref="Status"/> says why.
        /// </summary>
        public ICardFile Open(FileUse use, string path)
        {
            if (!MayOpen(use))
            {
                return null;
            }

            // Made first: without memory for it nothing is open that nobody closes.
            LentFile lent = new LentFile(this, use);
            int at = (int)use;
            ICardFile file = _card.Open(path);
            Status = _card.LastStatus;
            if (file == null)
            {
                LeaveUnlessKept(use);
                return null;
            }

            lent.Lend(file);
            _open[at]++;
            _lent[at] = lent;
            return lent;
        }

        /// <summary>
        /// Begins to make a file (<see cref="ICard.BeginFile"/>), which has the place until it is done, has failed or is left. Null when
        /// there is no place for it: ask again at the next turn.
        /// </summary>
        public IFileMaking Make(FileUse use, string path, long length)
        {
            if (!MayOpen(use))
            {
                return null;
            }

            int at = (int)use;
            LentMaking lent = new LentMaking(this, use, _card.BeginFile(path, length));
            _open[at]++;
            _lent[at] = lent;
            return lent;
        }

        /// <summary>A file that is open for one use goes on as another's: the spare slot becomes a segment.</summary>
        public void Pass(FileUse from, FileUse to)
        {
            if (from == to)
            {
                return;
            }

            Lent lent = _lent[(int)from];
            lent.Use = to;
            _lent[(int)from] = null;
            _lent[(int)to] = lent;
            _open[(int)from] = 0;
            _open[(int)to] = 1;
            _held = (_held & ~Bit(from)) | Bit(to);
            _resting &= ~Bit(from);
        }

        internal void Closed(Lent file)
        {
            int at = (int)file.Use;
            _open[at]--;
            if (_lent[at] == file)
            {
                _lent[at] = null;
            }

            LeaveUnlessKept(file.Use);
        }

        private static int Bit(FileUse use)
        {
            return 1 << (int)use;
        }

        private static bool IsGuest(FileUse use)
        {
            return use == FileUse.Port || use == FileUse.Custody || use == FileUse.Recovery || use == FileUse.SelfTest;
        }

        // They open one slot after another and keep their place in between, or read the catalogue as well as a slot.
        private static bool KeepsPlace(FileUse use)
        {
            return use == FileUse.Port || use == FileUse.Custody || use == FileUse.SelfTest;
        }

        // One place stays free for the segment of the next press, or of the recording under way, while it is not taken.
        private int KeptForThePress(FileUse use)
        {
            return use == FileUse.Live || use == FileUse.Spare || Has(FileUse.Live) || Has(FileUse.Spare) ? 0 : 1;
        }

        // Guests have their place in the order in which they asked, and who only rests in one goes behind them.
        private bool IsBehindAnother(FileUse use, byte allowed)
        {
            return _next != Nobody && _next != (int)use && (IsGuest(use) || allowed == Rest);
        }

        private void Give(FileUse use)
        {
            _held |= Bit(use);
            _resting &= ~Bit(use);
            _taken += Places[(int)use];
            if (_next == (int)use)
            {
                _next = Nobody;
            }

            SetCanRead();
        }

        private void SetCanRead()
        {
            CanRead = MayHave(FileUse.Port) && !Has(FileUse.SelfTest);
        }

        private void Free(FileUse use)
        {
            _held &= ~Bit(use);
            _resting &= ~Bit(use);
            _taken -= Places[(int)use];
            SetCanRead();
        }

        private void LeaveUnlessKept(FileUse use)
        {
            if (_open[(int)use] == 0 && !KeepsPlace(use))
            {
                Free(use);
            }
        }

        // Whoever rests goes first; a recording's segments put out whoever ranks below them. One at a time: it is a card operation.
        private void PutOutOneFor(FileUse asking)
        {
            bool isWriter = asking == FileUse.Live || asking == FileUse.PreEvent;
            for (int use = Uses - 1; use >= (int)FileUse.Spare; use--)
            {
                int bit = 1 << use;
                if ((_held & bit) == 0)
                {
                    continue;
                }

                bool rests = (_resting & bit) != 0 || Allowed[(int)_situation * Uses + use] == Rest;
                if (rests || (isWriter && use > (int)asking))
                {
                    PutOut(use);
                    return;
                }
            }
        }

        // A holder that left its file open does not keep the place from others.
        private void PutOut(int use)
        {
            if (_holders[use] != null)
            {
                _holders[use].PutOut();
            }

            Leave((FileUse)use);
        }
    }
}
