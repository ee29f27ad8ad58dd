// SPDX-License-Identifier: MIT

using System;
using Lapel.Hal;

namespace Lapel.Evidence.Tests
{
    /// <summary>
    /// A card in memory that can be full, pulled, or cut off after so many writes. Fresh files hold stale content, as on a real card.
    /// </summary>
    public sealed class MemoryCard : ICard
    {
        private const byte Stale = 0x5A;

        private readonly string[] _names;
        private readonly byte[][] _files;
        private readonly int _capacity;
        private int _count;
        private int _used;
        private MemoryCard _former;

        public MemoryCard(int maxFiles, int capacity)
        {
            _names = new string[maxFiles];
            _files = new byte[maxFiles][];
            _capacity = capacity;
            WritesLeft = int.MaxValue;
        }

        /// <summary>Writes that still succeed; after them the card is gone.</summary>
        public int WritesLeft;

        public int Writes;

        public bool Pulled;

        /// <summary>The next write reaches the card, and then the card is pulled before it answers.</summary>
        public bool PulledAfterWrite;

        /// <summary>Writes that are refused before the card takes one again.</summary>
        public int RefusesWrites;

        /// <summary>Files open now, or being made.</summary>
        public int OpenFiles;

        /// <summary>Lends this card's files; then it is counted how often a file was opened without a place.</summary>
        public CardFiles Lender;

        /// <summary>Files opened for which the lender had given no place.</summary>
        public int Unlent;

        public bool IsPresent
        {
            get { return !Pulled; }
        }

        public CardStatus LastStatus { get; private set; }

        public CardStatus Mount()
        {
            return Pulled ? CardStatus.NoCard : CardStatus.Ok;
        }

        public bool Exists(string path)
        {
            return Find(path) >= 0;
        }

        public CardStatus CreateFolder(string path)
        {
            return Mount();
        }

        public CardStatus Preallocate(string path, long length)
        {
            int there = Find(path);
            if (there >= 0 && _files[there].Length > 0)
            {
                return CardStatus.WriteError;
            }

            var making = new MemoryFileMaking(this, path, (int)length);
            CardStatus status = CardStatus.Ok;
            while (status == CardStatus.Ok && !making.IsDone)
            {
                status = making.Step();
            }

            return status;
        }

        public IFileMaking BeginFile(string path, long length)
        {
            return new MemoryFileMaking(this, path, (int)length);
        }

        /// <summary>The directory gets the name; the length comes with the close.</summary>
        internal CardStatus Create(string path, int length)
        {
            if (Pulled)
            {
                return CardStatus.NoCard;
            }

            int there = Find(path);
            int has = there < 0 ? 0 : _files[there].Length;
            if (_used + length - has > _capacity || (there < 0 && _count == _names.Length))
            {
                return CardStatus.Full;
            }

            if (!TakeWrite())
            {
                return CardStatus.WriteError;
            }

            if (there < 0)
            {
                _names[_count] = path;
                _files[_count++] = new byte[0];
            }

            return CardStatus.Ok;
        }

        /// <summary>The length, stale content, and a first sector that was cleared before.</summary>
        internal CardStatus Close(string path, int length)
        {
            if (!TakeWrite())
            {
                return CardStatus.WriteError;
            }

            int at = Find(path);
            byte[] content = _files[at];
            if (content.Length < length)
            {
                content = new byte[length];
                for (int i = 0; i < content.Length; i += 64)
                {
                    content[i] = Stale;
                }

                if (_former != null && _former.Exists(path))
                {
                    CopyStart(_former.Content(path), content);
                }

                _used += length - _files[at].Length;
                _files[at] = content;
            }

            Array.Clear(content, 0, 512);
            return CardStatus.Ok;
        }

        public ICardFile Open(string path)
        {
            int i = Find(path);
            LastStatus =
                Pulled ? CardStatus.NoCard
                : i < 0 ? CardStatus.NotFound
                : CardStatus.Ok;
            return LastStatus == CardStatus.Ok ? new MemoryCardFile(this, _files[i]) : null;
        }

        /// <summary>Fresh files hold what files of the same name held on another card: it was formatted again, quickly.</summary>
        public void Recycle(MemoryCard former)
        {
            _former = former;
        }

        /// <summary>As if the file had never been made.</summary>
        public void Remove(string path)
        {
            int i = Find(path);
            _names[i] = null;
            _used -= _files[i].Length;
        }

        /// <summary>The bytes of a file, to look at and to damage.</summary>
        public byte[] Content(string path)
        {
            return _files[Find(path)];
        }

        internal void Opened()
        {
            OpenFiles++;
            if (Lender != null && OpenFiles > Lender.Taken)
            {
                Unlent++;
            }
        }

        internal void Closed()
        {
            OpenFiles--;
        }

        internal bool TakeWrite()
        {
            if (WritesLeft <= 0)
            {
                return false;
            }

            WritesLeft--;
            Writes++;
            return true;
        }

        private static void CopyStart(byte[] from, byte[] to)
        {
            Array.Copy(from, 0, to, 0, from.Length < to.Length ? from.Length : to.Length);
        }

        private int Find(string path)
        {
            for (int i = 0; i < _count; i++)
            {
                if (_names[i] == path)
                {
                    return i;
                }
            }

            return -1;
        }
    }
}
