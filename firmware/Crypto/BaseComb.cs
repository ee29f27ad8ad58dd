using System;

namespace Lapel.Crypto
{
    /// <summary>
    /// Multiplies the base point by a secret scalar with a comb of eight teeth, 32 bits apart, over four blocks of eight columns
    /// (<see cref="BasePointTable"/>): for column offsets 7 to 0, double once and add one point of each block, 32 additions and 7
    /// doublings in all, the same for every scalar.
    /// <para>
    /// Recoding: an even scalar has L added, which changes nothing (L times the base point is neutral). The odd number is then the sum
    /// over 256 bits of plus or minus 2^i, the signs being the bits of (s + 2^256 - 1)/2 (Hamburg 2012, 3.3). No digit is zero, so no
    /// addition is ever left out.
    /// </para>
    /// <para>
    /// The point is read at an index that depends on the secret; reading all 128 points of a block under masks instead would cost
    /// fourteen times the whole multiplication. There is no branch on a secret and no count that depends on one. What remains is
    /// whether the table's line is in the cache before PSRAM: some microseconds in the 100 ms of background work that precede a
    /// signature, on a device that runs no other party's code. The threat model says so.
    /// </para>
    /// </summary>
    internal sealed class BaseComb
    {
        /// <summary>Column offsets in a block; the caller doubles between two of them.</summary>
        public const int Offsets = 8;

        private const int Teeth = 8;
        private const int PointsAtOnce = 2;

        private readonly uint[] _teeth = new uint[Teeth];
        private readonly int[][] _operands = { new int[PointOperand.Length], new int[PointOperand.Length] };

        /// <summary>Takes a canonical scalar (see <see cref="Scalar"/>).</summary>
        public void Load(long[] scalar)
        {
            Scalar.RecodeSigned(_teeth, scalar);
        }

        /// <summary>
        /// Adds the points of two blocks at a column offset: blocks 2 and 3 for the upper half, 0 and 1 for the lower. About 8,700
        /// instructions.
        /// </summary>
        public void AddHalf(EdwardsPoint point, int offset, bool upper)
        {
            int block = upper ? 2 : 0;
            Fetch(_operands[0], block, offset);
            Fetch(_operands[1], block + 1, offset);
            point.Add(_operands, PointsAtOnce, false);
        }

        /// <summary>Overwrites everything.</summary>
        public void Wipe()
        {
            Array.Clear(_teeth, 0, Teeth);
            Array.Clear(_operands[0], 0, PointOperand.Length);
            Array.Clear(_operands[1], 0, PointOperand.Length);
        }

        /// <summary>
        /// The seven lower teeth choose the point when the eighth is set; when not, their complement chooses the opposite of the point to
        /// add: y + x and y - x are then read into each other's places and the sign's mask is all ones.
        /// </summary>
        private void Fetch(int[] operand, int block, int offset)
        {
            uint[] teeth = _teeth;
            int column = block * Offsets + offset;
            int bits = 0;
            for (int tooth = Teeth - 1; tooth >= 0; tooth--)
            {
                bits = (bits << 1) | (int)((teeth[tooth] >> column) & 1);
            }

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
