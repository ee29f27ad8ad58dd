using Lapel.Hal;

namespace Lapel.Evidence.Tests
{
    /// <summary>Internal storage in memory, with room for a few entries.</summary>
    public sealed class MemoryStore : IInternalStore
    {
        private readonly string[] _names = new string[4];
        private readonly byte[][] _contents = new byte[4][];

        public bool Broken;

        public byte[] Load(string name)
        {
            for (int i = 0; i < _names.Length; i++)
            {
                if (_names[i] == name) return _contents[i];
            }

            return null;
        }

        public bool Save(string name, byte[] content)
        {
            if (Broken) return false;
            int at = 0;
            while (_names[at] != null && _names[at] != name) at++;
            _names[at] = name;
            _contents[at] = content;
            return true;
        }

        public void Forget(string name)
        {
            for (int i = 0; i < _names.Length; i++)
            {
                if (_names[i] == name) _contents[i] = null;
            }
        }
    }
}
