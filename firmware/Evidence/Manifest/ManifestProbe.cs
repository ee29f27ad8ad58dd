// SPDX-License-Identifier: MIT

namespace Lapel.Evidence
{
    /// <summary>
    /// Finds single values in a manifest that this device wrote (FORMAT.md 3.4). What is not deterministic, or not a map with ascending
    /// keys, is not found: a block that says otherwise was not written here.
    /// </summary>
    public sealed class ManifestProbe
    {
        private readonly CborCursor _cursor = new CborCursor(CborPolicy.Signed);

        /// <summary>The unsigned integer of a key; -1 when there is none or it is over 31 bits.</summary>
        /// <param name="bytes">The array that holds the manifest.</param>
        /// <param name="offset">Where it begins.</param>
        /// <param name="count">Its bytes.</param>
        /// <param name="key">The key, 1 and up.</param>
        public int Int(byte[] bytes, int offset, int count, int key)
        {
            bool found = Find(bytes, offset, count, key) && _cursor.Head(CborMajor.Unsigned);
            return found && _cursor.Value <= int.MaxValue ? (int)_cursor.Value : -1;
        }

        /// <summary>Whether a key's value is a byte string with this content.</summary>
        /// <param name="bytes">The array that holds the manifest.</param>
        /// <param name="offset">Where it begins.</param>
        /// <param name="count">Its bytes.</param>
        /// <param name="key">The key, 1 and up.</param>
        /// <param name="expected">The content.</param>
        public bool IsBytes(byte[] bytes, int offset, int count, int key, byte[] expected)
        {
            return Find(bytes, offset, count, key)
                && _cursor.String(CborMajor.Bytes)
                && _cursor.Value == expected.Length
                && SegmentHead.Same(bytes, _cursor.Position - expected.Length, expected);
        }

        // Leaves the cursor before the key's value. Keys ascend, so the search ends at the first higher one.
        private bool Find(byte[] bytes, int offset, int count, int key)
        {
            _cursor.Begin(bytes, offset, offset + count);
            if (!_cursor.Head(CborMajor.Map))
            {
                return false;
            }

            long pairs = _cursor.Value;
            long before = -1;
            for (long i = 0; i < pairs && _cursor.Head(CborMajor.Unsigned); i++)
            {
                long found = _cursor.Value;
                if (found >= key || found <= before)
                {
                    return found == key && key > before;
                }

                before = found;
                _cursor.Skip();
            }

            return false;
        }
    }
}
