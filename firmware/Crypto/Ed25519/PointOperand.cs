// SPDX-License-Identifier: MIT

namespace Lapel.Crypto
{
    /// <summary>The layout of what <see cref="EdwardsPoint.Add"/> adds: an array of 37 words.</summary>
    /// <remarks>
    /// Affine (from <see cref="BasePointTable"/>): (y + x)/2 at 0, (y - x)/2 at 9, d x y at 18. Projective: Y + X at 0, Y - X at 9, 2d T at
    /// 18, 2 Z at 27. The opposite point is the first two exchanged and the third negated: the exchange is made when the operand is, the
    /// negation by the mask at 36, which is 0 or -1.
    /// </remarks>
    internal static class PointOperand
    {
        /// <summary>Words of an operand.</summary>
        public const int Length = 37;

        /// <summary>Place of the product of x and y.</summary>
        public const int Product = 18;

        /// <summary>Place of 2 Z.</summary>
        public const int Denominator = 27;

        /// <summary>Place of the sign's mask.</summary>
        public const int Sign = 36;
    }
}
