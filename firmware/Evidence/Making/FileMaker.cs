// SPDX-License-Identifier: MIT

using Lapel.Hal;

namespace Lapel.Evidence
{
    /// <summary>Makes one of the card's own files, unless it is there, one card operation a step.</summary>
    internal sealed class FileMaker
    {
        private enum Phase
        {
            Idle,
            Look,
            CloseEmpty,
            Make,
        }

        private readonly ICard _card;
        private readonly CardFiles _files;
        private Phase _phase;
        private FileUse _use;
        private string _path;
        private int _bytes;
        private ICardFile _found;
        private IFileMaking _making;

        internal FileMaker(ICard card, CardFiles files)
        {
            _card = card;
            _files = files;
        }

        /// <summary>Whether the file is not there yet.</summary>
        internal bool IsBusy
        {
            get { return _phase != Phase.Idle; }
        }

        /// <summary>Begins. A file that is there and not empty is left alone, whatever its length.</summary>
        internal void Begin(FileUse use, string path, int bytes)
        {
            _use = use;
            _path = path;
            _bytes = bytes;
            _phase = Phase.Look;
        }

        /// <summary>Begins a file of which the caller knows that it holds nothing, also when it is there already.</summary>
        internal void BeginOver(FileUse use, string path, int bytes)
        {
            Begin(use, path, bytes);
            _phase = Phase.Make;
        }

        /// <summary>The file, open, when it was there already. Whoever takes it closes it. Null when it was made.</summary>
        internal ICardFile Take()
        {
            ICardFile found = _found;
            _found = null;
            return found;
        }

        /// <summary>
        /// One card operation. Ok and no longer busy: the file is there. Anything but Ok ends it; Full: the card has no room for it, and
        /// nothing is left behind. Without a place for the file it is Ok and nothing is done.
        /// </summary>
        internal CardStatus Step()
        {
            CardStatus status;
            switch (_phase)
            {
                case Phase.Look:
                    status = Look();
                    break;
                case Phase.CloseEmpty:
                    status = CloseEmpty();
                    break;
                case Phase.Make:
                    status = Make();
                    break;
                default:
                    return CardStatus.Ok;
            }

            if (status != CardStatus.Ok)
            {
                Abandon();
            }

            return status;
        }

        /// <summary>Leaves the file as far as it was made.</summary>
        internal void Abandon()
        {
            if (_found != null)
            {
                _found.Close();
                _found = null;
            }

            if (_making != null)
            {
                _making.Abandon();
                _making = null;
            }

            _phase = Phase.Idle;
        }

        private CardStatus Look()
        {
            if (!_card.Exists(_path))
            {
                _phase = Phase.Make;
                return CardStatus.Ok;
            }

            _found = _files.Open(_use, _path);
            if (_found == null)
            {
                return _files.Status == CardStatus.Busy ? CardStatus.Ok : _files.Status;
            }

            // An empty file is what a cut left of it: its length stands in the directory only once it was closed. Any other content is not
            // ours to judge.
            _phase = _found.Length > 0 ? Phase.Idle : Phase.CloseEmpty;
            return CardStatus.Ok;
        }

        private CardStatus CloseEmpty()
        {
            _found.Close();
            _found = null;
            _phase = Phase.Make;
            return CardStatus.Ok;
        }

        private CardStatus Make()
        {
            // Whoever was put out of the place begins again: a file that is not whole is completed.
            if (_making == null || !_files.Has(_use))
            {
                _making = _files.Make(_use, _path, _bytes);
                if (_making == null)
                {
                    return CardStatus.Ok;
                }
            }

            CardStatus status = _making.Step();
            if (_making.IsDone)
            {
                _making = null;
                _phase = Phase.Idle;
            }

            return status;
        }
    }
}
