// SPDX-License-Identifier: MIT

namespace Lapel.Evidence
{
    /// <summary>The card's unit: every write is a whole multiple of it, at a multiple of it.</summary>
    public static class Sector
    {
        /// <summary>Bytes in a sector.</summary>
        public const int Size = 512;

        /// <summary>Rounds up to whole sectors.</summary>
        public static int RoundUp(int bytes)
        {
            return (bytes + Size - 1) & ~(Size - 1);
        }

        /// <summary>
        /// Rounds up to whole sectors such that the rest is 0 or holds a box header: a `free` box is at least 8 bytes (ISO/IEC 14496-12,
        /// 8.1.2).
        /// </summary>
        public static int RoundUpForFreeBox(int bytes)
        {
            int rounded = RoundUp(bytes);
            int rest = rounded - bytes;
            return rest == 0 || rest >= 8 ? rounded : rounded + Size;
        }
    }
}
