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

        public byte[] Load(string name)
        {
            int i = Find(name);
            if (i < 0)
            {
                return null;
            }

            byte[] copy = new byte[_contents[i].Length];
            Array.Copy(_contents[i], 0, copy, 0, copy.Length);
            return copy;
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
            _contents[i] = new byte[content.Length];
            Array.Copy(content, 0, _contents[i], 0, content.Length);
            return true;
        }

        /// <summary>Takes an entry away, as a worn-out flash does.</summary>
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
