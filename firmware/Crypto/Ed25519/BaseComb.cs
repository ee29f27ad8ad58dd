// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Crypto
{
    /// <summary>
    /// Multiplies the base point by a secret scalar with a comb of eight teeth, 32 bits apart, over four blocks of eight columns
    /// (<see cref="BasePointTable"/>): for column offsets 7 to 0, double once and add one point of each block, 32 additions and 7 doublings
    /// in all, the same for every scalar.
    /// </summary>
    /// <remarks>
    /// <para>
    /// Recoding: an even scalar has L added, which changes nothing (L times the base point is neutral). The odd number is then the sum over
    /// 256 bits of plus or minus 2^i, the signs being the bits of (s + 2^256 - 1)/2 (Hamburg 2012, 3.3). No digit is zero, so no addition
    /// is ever left out.
    /// </para>
    /// <para>
    /// The point is read at an index that depends on the secret; reading all 128 points of a block under masks instead would cost some ten
    /// times the whole multiplication. There is no branch on a secret and no count that depends on one. What remains is whether the table's
    /// line is in the cache before PSRAM: some microseconds in the 100 ms of background work that precede a signature, on a device that
    /// runs no other party's code.
    /// </para>
    /// </remarks>
    internal sealed class BaseComb
    {
        /// <summary>Column offsets in a block; the caller doubles between two of them.</summary>
        public const int Offsets = 8;

        private const int Teeth = 8;
        private const int PointsAtOnce = 2;

        private const int Blocks = 4;

        private readonly uint[] _teeth = new uint[Teeth];

        /// <summary>For each block eight bytes, one for each column offset: bit i is the sign of tooth i.</summary>
        private readonly ulong[] _columns = new ulong[Blocks];
        private readonly int[][] _operands = { new int[PointOperand.Length], new int[PointOperand.Length] };

        /// <summary>Takes a canonical scalar (see <see cref="Scalar"/>).</summary>
        public void Load(long[] scalar)
        {
            Scalar.RecodeSigned(_teeth, scalar);
            for (int block = 0; block < Blocks; block++)
            {
                ulong bits = 0;
                for (int tooth = Teeth - 1; tooth >= 0; tooth--)
                {
                    // Transposed once here, so that Fetch has the eight signs of a column in one byte.
                    bits = (bits << 8) | ((_teeth[tooth] >> (Offsets * block)) & 0xFF);
                }

                _columns[block] = Transpose(bits);
            }
        }

        /// <summary>
        /// Adds the points of two blocks at a column offset: blocks 2 and 3 for the upper half, 0 and 1 for the lower, behind which the sum
        /// has no T: a doubling follows. About 8,600 instructions.
        /// </summary>
        public void AddHalf(EdwardsPoint point, int offset, bool upper)
        {
            int block = upper ? 2 : 0;
            Fetch(_operands[0], block, offset);
            Fetch(_operands[1], block + 1, offset);
            point.Add(_operands, PointsAtOnce, false, upper);
        }

        /// <summary>Overwrites everything.</summary>
        public void Wipe()
        {
            Array.Clear(_teeth, 0, Teeth);
            Array.Clear(_columns, 0, Blocks);
            Array.Clear(_operands[0], 0, PointOperand.Length);
            Array.Clear(_operands[1], 0, PointOperand.Length);
        }

        /// <summary>Bit j of byte i becomes bit i of byte j (Warren, Hacker's Delight, 7-3).</summary>
        private static ulong Transpose(ulong bits)
        {
            ulong swap = (bits ^ (bits >> 7)) & 0x00AA00AA00AA00AA;
            bits ^= swap ^ (swap << 7);
            swap = (bits ^ (bits >> 14)) & 0x0000CCCC0000CCCC;
            bits ^= swap ^ (swap << 14);
            swap = (bits ^ (bits >> 28)) & 0x00000000F0F0F0F0;
            return bits ^ swap ^ (swap << 28);
        }

        /// <summary>
        /// The seven lower teeth choose the point when the eighth is set; when not, their complement chooses the opposite of the point to
        /// add: y + x and y - x are then read into each other's places and the sign's mask is all ones.
        /// </summary>
        private void Fetch(int[] operand, int block, int offset)
        {
            int bits = (int)(_columns[block] >> (8 * offset)) & 0xFF;

            // 0 or 1, and used as a factor and a mask: the sign of the column is secret, so nothing branches on it.
            int negative = 1 - (bits >> (Teeth - 1));
            int index = (bits ^ -negative) & (BasePointTable.BlockPoints - 1);
            int source = (block * BasePointTable.BlockPoints + index) * BasePointTable.PointLimbs;
            Array.Copy(BasePointTable.Limbs, source + Field.Limbs * negative, operand, 0, Field.Limbs);
            Array.Copy(BasePointTable.Limbs, source + Field.Limbs - Field.Limbs * negative, operand, Field.Limbs, Field.Limbs);
            Array.Copy(BasePointTable.Limbs, source + PointOperand.Product, operand, PointOperand.Product, Field.Limbs);
            operand[PointOperand.Sign] = -negative;
        }
    }
}
