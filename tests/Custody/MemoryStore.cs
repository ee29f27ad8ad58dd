// SPDX-License-Identifier: MIT

using System;
using Lapel.Hal;

namespace Lapel.Custody.Tests
{
    /// <summary>Internal storage in memory: an entry is the old or the new one, and saves can stop to work.</summary>
    public sealed class MemoryStore : IInternalStore
    {
        private const int Room = 32;

        private readonly string[] _names = new string[Room];
        private readonly byte[][] _contents = new byte[Room][];
        private readonly bool[] _isUnreadable = new bool[Room];
        private int _count;

        /// <summary>Saves that still succeed.</summary>
        public int SavesLeft = int.MaxValue;

        public int Saves;

        /// <summary>Entries there are.</summary>
        public int Count
        {
            get { return _count; }
        }

        public byte[] Content(int index)
        {
            return _contents[index];
        }

        public string Name(int index)
        {
            return _names[index];
        }

        /// <summary>The content of an entry; null when it is not there or cannot be read.</summary>
        public byte[] Load(string name)
        {
            byte[] content;
            Load(name, out content);
            return content;
        }

        public StoreStatus Load(string name, out byte[] content)
        {
            content = null;
            int i = Find(name);
            if (i < 0)
            {
                return StoreStatus.Absent;
            }

            if (_isUnreadable[i])
            {
                return StoreStatus.Unreadable;
            }

            content = new byte[_contents[i].Length];
            Array.Copy(_contents[i], 0, content, 0, content.Length);
            return StoreStatus.Ok;
        }

        public bool SaveInTurn(string name, byte[] content)
        {
            return Save(name, content);
        }

        /// <summary>Neither copy of an entry can be read, as long as this is so.</summary>
        public void SetUnreadable(string name, bool isUnreadable)
        {
            _isUnreadable[Find(name)] = isUnreadable;
        }

        /// <summary>An entry is not there any more.</summary>
        public void Remove(string name)
        {
            int i = Find(name);
            _count--;
            _names[i] = _names[_count];
            _contents[i] = _contents[_count];
            _isUnreadable[i] = _isUnreadable[_count];
        }

        public bool Save(string name, byte[] content)
        {
            if (content.Length > 4096)
            {
                throw new ArgumentException("an entry has at most 4,096 bytes");
            }

            if (SavesLeft <= 0)
            {
                return false;
            }

            SavesLeft--;
            Saves++;
            int i = Find(name);
            if (i < 0)
            {
                i = _count++;
            }

            _names[i] = name;
            _isUnreadable[i] = false;
            _contents[i] = new byte[content.Length];
            Array.Copy(content, 0, _contents[i], 0, content.Length);
            return true;
        }

        /// <summary>Changes an entry's content under a checksum that is right: only a MAC shows it.</summary>
        public void Damage(string name)
        {
            _contents[Find(name)][5] ^= 1;
        }

        private int Find(string name)
        {
            for (int i = 0; i < _count; i++)
            {
                if (_names[i] == name)
                {
                    return i;
                }
            }

            return -1;
        }
    }
}
