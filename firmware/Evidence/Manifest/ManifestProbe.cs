// SPDX-License-Identifier: MIT

namespace Lapel.Evidence
{
    /// <summary>Finds a value in a manifest that this device wrote: definite lengths, keys ascending. Anything else is not found.</summary>
    public static class ManifestProbe
    {
        private const int DeepestNesting = 4;

        /// <summary>Offset of a key's value, or -1.</summary>
        /// <param name="bytes">The array that holds the manifest.</param>
        /// <param name="offset">Where it begins.</param>
        /// <param name="count">Its bytes.</param>
        /// <param name="key">The key, 1 to 255.</param>
        public static int Find(byte[] bytes, int offset, int count, int key)
        {
            int end = offset + count;
            int at = Next(bytes, offset, end);
            if (at < 0 || bytes[offset] >> 5 != 5)
            {
                return -1;
            }

            int pairs = Value(bytes, offset, at);
            for (int i = 0; i < pairs; i++)
            {
                int value = Next(bytes, at, end);
                if (value < 0 || bytes[at] >> 5 != 0)
                {
                    return -1;
                }

                int found = Value(bytes, at, value);
                if (found == key)
                {
                    return value;
                }

                if (found > key)
                {
                    return -1;
                }

                at = Skip(bytes, value, end, 0);
                if (at < 0)
                {
                    return -1;
                }
            }

            return -1;
        }

        /// <summary>Whether the item at an offset is a byte string with this content.</summary>
        /// <param name="bytes">The array that holds the manifest.</param>
        /// <param name="at">Offset of the item, as <see cref="Find"/> gave it; -1 is no item.</param>
        /// <param name="end">Offset behind the manifest.</param>
        /// <param name="expected">The content.</param>
        public static bool IsBytes(byte[] bytes, int at, int end, byte[] expected)
        {
            if (at < 0 || end - at < expected.Length + 2)
            {
                return false;
            }

            int content = Next(bytes, at, end);
            return content > 0
                && bytes[at] >> 5 == 2
                && Value(bytes, at, content) == expected.Length
                && end - content >= expected.Length
                && SegmentHead.Same(bytes, content, expected);
        }

        /// <summary>The unsigned integer at an offset.</summary>
        /// <param name="bytes">The array that holds the manifest.</param>
        /// <param name="at">Offset of the item, as <see cref="Find"/> gave it; -1 is no item.</param>
        /// <param name="end">Offset behind the manifest.</param>
        /// <returns>It, or -1 when there is none or it is over 31 bits.</returns>
        public static int Int(byte[] bytes, int at, int end)
        {
            if (at < 0)
            {
                return -1;
            }

            int next = Next(bytes, at, end);
            return next > 0 && bytes[at] >> 5 == 0 ? Value(bytes, at, next) : -1;
        }

        // The offset after an item's head, or -1.
        private static int Next(byte[] bytes, int at, int end)
        {
            if (at >= end)
            {
                return -1;
            }

            int info = bytes[at] & 31;
            int size =
                info < 24 ? 1
                : info == 24 ? 2
                : info == 25 ? 3
                : info == 26 ? 5
                : info == 27 ? 9
                : -1;
            return size < 0 || end - at < size ? -1 : at + size;
        }

        private static int Value(byte[] bytes, int at, int next)
        {
            if (next == at + 1)
            {
                return bytes[at] & 31;
            }

            if (next == at + 9)
            {
                return -1;
            }

            int value = 0;
            for (int i = at + 1; i < next; i++)
            {
                value = (value << 8) | bytes[i];
            }

            return value < 0 ? -1 : value;
        }

        private static int Skip(byte[] bytes, int at, int end, int depth)
        {
            int next = Next(bytes, at, end);
            if (next < 0 || depth > DeepestNesting)
            {
                return -1;
            }

            int major = bytes[at] >> 5;
            if (major < 2 || major == 7)
            {
                return next;
            }

            int value = Value(bytes, at, next);
            if (major == 5 || major == 6 || value < 0)
            {
                return -1;
            }

            if (major == 2 || major == 3)
            {
                return value > end - next ? -1 : next + value;
            }

            for (int i = 0; i < value && next > 0; i++)
            {
                next = Skip(bytes, next, end, depth + 1);
            }

            return next;
        }
    }
}
