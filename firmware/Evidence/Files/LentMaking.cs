// SPDX-License-Identifier: MIT

using Lapel.Hal;

namespace Lapel.Evidence
{
    /// <summary>
    /// A file that is being made in a place of <see cref="CardFiles"/>: the place is given back when the file is done, has failed, or is
    /// left.
    /// </summary>
    internal sealed class LentMaking : Lent, IFileMaking
    {
        private readonly CardFiles _files;
        private readonly IFileMaking _making;
        private bool _isOver;

        internal LentMaking(CardFiles files, FileUse use, IFileMaking making)
        {
            _files = files;
            _making = making;
            Use = use;
        }

        /// <inheritdoc/>
        public bool IsDone
        {
            get { return _making.IsDone; }
        }

        /// <inheritdoc/>
        public CardStatus Step()
        {
            // Whoever was put out and goes on all the same opens nothing.
            if (_isOver)
            {
                return _making.IsDone ? CardStatus.Ok : CardStatus.WriteError;
            }

            CardStatus status = _making.Step();
            if (status != CardStatus.Ok || _making.IsDone)
            {
                GiveBack();
            }

            return status;
        }

        /// <inheritdoc/>
        public void Abandon()
        {
            Close();
        }

        /// <inheritdoc/>
        public override void Close()
        {
            if (!_isOver)
            {
                _making.Abandon();
                GiveBack();
            }
        }

        private void GiveBack()
        {
            _isOver = true;
            _files.Closed(this);
        }
    }
}
