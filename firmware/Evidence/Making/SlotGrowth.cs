// SPDX-License-Identifier: MIT

using Lapel.Hal;

namespace Lapel.Evidence
{
    /// <summary>
    /// Gives a card that works already its further slots, one card operation a step, until the card is full: the file first, then its
    /// record in the catalogue. So at any cut at most one slot file stands behind those that the catalogue knows.
    /// </summary>
    public sealed class SlotGrowth
    {
        // A card that failed so often in a row at the making of a slot is not asked again in this boot: the slots that are there do.
        private const int MostBroken = 3;

        private readonly SlotFileMaker _maker;
        private readonly Catalogue _catalogue;
        private readonly RecordAccess _access;
        private bool _isMade;
        private int _broken;

        /// <summary>Growth of this catalogue.</summary>
        public SlotGrowth(SlotFileMaker maker, Catalogue catalogue)
        {
            _maker = maker;
            _catalogue = catalogue;
            _access = new RecordAccess(catalogue);
        }

        /// <summary>Whether a slot is begun and not yet in the catalogue.</summary>
        public bool IsBusy
        {
            get { return _maker.IsBusy || _access.IsBusy || _isMade; }
        }

        /// <summary>
        /// Whether no more slots are made in this boot: another's file stands where the next one was to be made, and is left alone, or the
        /// making of a file was broken off again and again.
        /// </summary>
        public bool IsBlocked { get; private set; }

        /// <summary>Whether a file is being made: the catalogue does not know of it, and nothing hangs on it.</summary>
        public bool IsMakingFile
        {
            get { return _maker.IsBusy && !_access.IsBusy; }
        }

        /// <summary>Whether the last step found no place for the slot's file: the next one tries again.</summary>
        public bool MustWait
        {
            get { return _maker.IsBusy && _maker.MustWait; }
        }

        /// <summary>Leaves the slot half made: it is made again.</summary>
        public void Abandon()
        {
            _maker.Abandon();
            _access.Abandon();
            _isMade = false;
        }

        /// <summary>
        /// The making of a file threw: the slot is left half made. The card keeps the slots that it has; a further one is tried again,
        /// a few times.
        /// </summary>
        public void BreakOff()
        {
            IsBlocked = ++_broken >= MostBroken;
            Abandon();
        }

        /// <summary>Another card perhaps: what stood in the way is forgotten.</summary>
        public void Restart()
        {
            Abandon();
            IsBlocked = false;
            _broken = 0;
        }

        /// <summary>One card operation. Nothing once the card has all its slots. Anything but Ok: the card failed.</summary>
        public CardStatus Step()
        {
            if (_access.IsBusy)
            {
                return _access.Step();
            }

            if (_catalogue.IsWhole || IsBlocked)
            {
                return CardStatus.Ok;
            }

            if (_isMade)
            {
                _isMade = false;
                if (_maker.IsFull)
                {
                    _access.BeginComplete();
                }
                else
                {
                    _access.BeginAdd();
                }

                return _access.Step();
            }

            if (!_maker.IsBusy)
            {
                if (_catalogue.Slots >= _catalogue.Room)
                {
                    _access.BeginComplete();
                    return _access.Step();
                }

                _maker.Begin(_catalogue.Slots, _catalogue.SlotBytes);
            }

            CardStatus status = _maker.Step();
            if (status == CardStatus.Unformatted)
            {
                IsBlocked = true;
                return CardStatus.Ok;
            }

            _isMade = status == CardStatus.Ok && !_maker.IsBusy;
            _broken = _isMade ? 0 : _broken;
            return status;
        }
    }
}
