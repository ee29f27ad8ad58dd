// SPDX-License-Identifier: MIT

using System;
using Lapel.Hal;

namespace Lapel.Evidence.Tests
{
    /// <summary>A file of a <see cref="MemoryCard"/>; refuses what the contract of ICardFile forbids.</summary>
    public sealed class MemoryCardFile : ICardFile
    {
        private readonly MemoryCard _card;
        private readonly byte[] _content;
        private bool _isClosed;

        public MemoryCardFile(MemoryCard card, byte[] content)
        {
            _card = card;
            _content = content;
            card.Opened();
        }

        public long Length
        {
            get { return _content.Length; }
        }

        public CardStatus Write(long position, byte[] buffer, int offset, int count)
        {
            if ((position & 511) != 0 || (count & 511) != 0 || count == 0)
            {
                throw new ArgumentException("unaligned write");
            }

            if (position + count > _content.Length)
            {
                throw new ArgumentException("write beyond the file");
            }

            if (_card.Pulled)
            {
                return CardStatus.NoCard;
            }

            if (_card.RefusesWrites > 0)
            {
                _card.RefusesWrites--;
                return CardStatus.WriteError;
            }

            if (!_card.TakeWrite())
            {
                return CardStatus.WriteError;
            }

            Array.Copy(buffer, offset, _content, (int)position, count);
            if (_card.PulledAfterWrite)
            {
                _card.PulledAfterWrite = false;
                _card.Pulled = true;
                return CardStatus.NoCard;
            }

            return CardStatus.Ok;
        }

        public CardStatus Read(long position, byte[] buffer, int offset, int count)
        {
            if (_card.Pulled)
            {
                return CardStatus.NoCard;
            }

            if (position + count > _content.Length)
            {
                return CardStatus.ReadError;
            }

            Array.Copy(_content, (int)position, buffer, offset, count);
            return CardStatus.Ok;
        }

        public void Close()
        {
            if (!_isClosed)
            {
                _isClosed = true;
                _card.Closed();
            }
        }
    }
}
