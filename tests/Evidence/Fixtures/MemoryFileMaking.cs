// SPDX-License-Identifier: MIT

using Lapel.Hal;

namespace Lapel.Evidence.Tests
{
    /// <summary>Makes a file of a <see cref="MemoryCard"/> in two writes: its name, then its length.</summary>
    internal sealed class MemoryFileMaking : IFileMaking
    {
        private readonly MemoryCard _card;
        private readonly string _path;
        private readonly int _length;
        private bool _isCreated;
        private bool _isOpen;

        internal MemoryFileMaking(MemoryCard card, string path, int length)
        {
            _card = card;
            _path = path;
            _length = length;
        }

        public bool IsDone { get; private set; }

        public CardStatus Step()
        {
            if (!_isCreated)
            {
                _isCreated = true;
                _card.Opened();
                CardStatus created = _card.Create(_path, _length);
                _isOpen = true;
                if (created != CardStatus.Ok)
                {
                    Abandon();
                }

                return created;
            }

            CardStatus status = _card.Close(_path, _length);
            Abandon();
            IsDone = status == CardStatus.Ok;
            return status;
        }

        public void Abandon()
        {
            if (_isOpen)
            {
                _isOpen = false;
                _card.Closed();
            }
        }
    }
}
