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

        internal MemoryFileMaking(MemoryCard card, string path, int length)
        {
            _card = card;
            _path = path;
            _length = length;
        }

        public bool IsDone { get; private set; }

        public CardStatus Step()
        {
            CardStatus status = _isCreated ? _card.Close(_path, _length) : _card.Create(_path, _length);
            IsDone = _isCreated && status == CardStatus.Ok;
            _isCreated = true;
            return status;
        }

        public void Abandon() { }
    }
}
