// SPDX-License-Identifier: MIT

using Lapel.Hal;

namespace Lapel.Evidence
{
    /// <summary>
    /// Makes the file of one slot, one card operation a step. A file that a cut left half made is completed, its beginning cleared first. A
    /// file behind which another stands is no such file: when a segment begins in it, it is evidence and is left alone.
    /// </summary>
    public sealed class SlotFileMaker : IFileHolder
    {
        private enum Phase
        {
            Idle,
            Look,
            LookInside,
            Folder,
            Make,
        }

        // "ftyp", the second word of a segment.
        private const int FileTypeBox = 0x66747970;

        private readonly ICard _card;
        private readonly CardFiles _files;
        private readonly byte[] _sector = new byte[Sector.Size];
        private Phase _phase;
        private int _slot;
        private int _bytes;
        private string _path;
        private IFileMaking _making;
        private ICardFile _looked;

        /// <summary>Makes slots of this card.</summary>
        public SlotFileMaker(ICard card, CardFiles files)
        {
            _card = card;
            _files = files;
            files.SetHolder(FileUse.Making, this);
        }

        /// <summary>Whether a slot is being made.</summary>
        public bool IsBusy
        {
            get { return _phase != Phase.Idle; }
        }

        /// <summary>Whether the card had no room for the slot.</summary>
        public bool IsFull { get; private set; }

        /// <summary>Whether the last step found no place for the file: the next one tries again.</summary>
        public bool MustWait { get; private set; }

        /// <summary>Begins a slot.</summary>
        /// <param name="slot">The slot.</param>
        /// <param name="bytes">Its size.</param>
        public void Begin(int slot, int bytes)
        {
            _slot = slot;
            _bytes = bytes;
            _path = SlotPath.File(slot);
            _phase = Phase.Look;
            IsFull = false;
        }

        /// <summary>
        /// One card operation. Ok and no longer busy: the slot is there, or the card is full. Unformatted: evidence, or another's file,
        /// stands where the slot was to be made.
        /// </summary>
        public CardStatus Step()
        {
            MustWait = false;
            CardStatus status = StepPhase();
            if (status != CardStatus.Ok)
            {
                Abandon();
            }

            return status;
        }

        /// <summary>Leaves the slot half made: it is made again.</summary>
        public void Abandon()
        {
            if (_making != null)
            {
                _making.Abandon();
                _making = null;
            }

            if (_looked != null)
            {
                _looked.Close();
                _looked = null;
            }

            _phase = Phase.Idle;
            _files.Leave(FileUse.Making);
        }

        /// <summary>Another needs the place.</summary>
        public void PutOut()
        {
            Abandon();
        }

        private CardStatus StepPhase()
        {
            switch (_phase)
            {
                case Phase.Look:
                    if (_card.Exists(_path))
                    {
                        _phase = Phase.LookInside;
                    }
                    else
                    {
                        _phase = _slot % SlotPath.SlotsPerFolder == 0 ? Phase.Folder : Phase.Make;
                    }

                    return CardStatus.Ok;
                case Phase.LookInside:
                    return LookInside();
                case Phase.Folder:
                    _phase = Phase.Make;
                    return _card.CreateFolder(SlotPath.Folder(_slot));
                case Phase.Make:
                    return Make();
                default:
                    return CardStatus.Ok;
            }
        }

        private CardStatus LookInside()
        {
            ICardFile slot = _looked = _files.Open(FileUse.Making, _path);
            if (slot == null)
            {
                MustWait = _files.Status == CardStatus.Busy;
                return MustWait ? CardStatus.Ok : _files.Status;
            }

            CardStatus status = slot.Length < Sector.Size ? CardStatus.Ok : slot.Read(0, _sector, 0, Sector.Size);
            bool isSegment = slot.Length >= Sector.Size && BigEndian.Get32(_sector, 4) == FileTypeBox;

            // What a cut leaves of ours is empty, or whole sectors.
            bool isForeign = slot.Length > _bytes || slot.Length % Sector.Size != 0;
            _looked = null;
            slot.Close();
            if (status == CardStatus.Ok && (isForeign || (isSegment && _card.Exists(SlotPath.File(_slot + 1)))))
            {
                return CardStatus.Unformatted;
            }

            _phase = Phase.Make;
            return status;
        }

        private CardStatus Make()
        {
            if (_making == null)
            {
                _making = _files.Make(FileUse.Making, _path, _bytes);
                MustWait = _making == null;
                if (MustWait)
                {
                    return CardStatus.Ok;
                }
            }

            CardStatus status = _making.Step();
            IsFull = status == CardStatus.Full;
            if (IsFull || _making.IsDone)
            {
                _making = null;
                _phase = Phase.Idle;
                return CardStatus.Ok;
            }

            return status;
        }
    }
}
