// SPDX-License-Identifier: MIT

using Lapel.Hal;

namespace Lapel.Evidence.Tests
{
    /// <summary>Internal storage in memory, with room for a few entries.</summary>
    public sealed class MemoryStore : IInternalStore
    {
        private readonly string[] _names = new string[4];
        private readonly byte[][] _contents = new byte[4][];

        // The runtime's fresh element of a string array is not null, and comparing it is its end: only those set are looked at.
        private int _count;

        public bool Broken;

        /// <summary>Entries cannot be read.</summary>
        public bool Unreadable;

        public StoreStatus Load(string name, out byte[] content)
        {
            content = null;
            if (Unreadable)
            {
                return StoreStatus.Unreadable;
            }

            int at = Find(name);
            content = at < _count ? _contents[at] : null;
            return content == null ? StoreStatus.Absent : StoreStatus.Ok;
        }

        public bool SaveInTurn(string name, byte[] content)
        {
            return Save(name, content);
        }

        public bool Save(string name, byte[] content)
        {
            if (Broken)
            {
                return false;
            }

            int at = Find(name);
            if (at == _count)
            {
                _count++;
            }

            _names[at] = name;
            _contents[at] = content;
            return true;
        }

        public void Forget(string name)
        {
            int at = Find(name);
            if (at < _count)
            {
                _contents[at] = null;
            }
        }

        private int Find(string name)
        {
            int at = 0;
            while (at < _count && _names[at] != name)
            {
                at++;
            }

            return at;
        }
    }
}
