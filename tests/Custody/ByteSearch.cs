// SPDX-License-Identifier: MIT

namespace Lapel.Custody.Tests
{
    /// <summary>Compares and finds bytes.</summary>
    public static class ByteSearch
    {
        public static bool IsSame(byte[] a, byte[] b)
        {
            if (a.Length != b.Length)
            {
                return false;
            }

            for (int i = 0; i < a.Length; i++)
            {
                if (a[i] != b[i])
                {
                    return false;
                }
            }

            return true;
        }

        public static bool IsZero(byte[] bytes)
        {
            return IsSame(bytes, new byte[bytes.Length]);
        }

        /// <summary>Where some of the bytes of an array stand in another; -1 when they do not.</summary>
        public static int Find(byte[] where, byte[] what, int from, int count)
        {
            for (int i = 0; i + count <= where.Length; i++)
            {
                int same = 0;
                while (same < count && where[i + same] == what[from + same])
                {
                    same++;
                }

                if (same == count)
                {
                    return i;
                }
            }

            return -1;
        }

        public static byte[] Part(byte[] from, int offset, int count)
        {
            var part = new byte[count];
            System.Array.Copy(from, offset, part, 0, count);
            return part;
        }
    }
}
