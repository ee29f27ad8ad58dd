// SPDX-License-Identifier: MIT

namespace Lapel.Crypto
{
    /// <summary>
    /// A point of edwards25519 (RFC 8032, 5.1), the curve -x^2 + y^2 = 1 + d x^2 y^2, in extended coordinates: x = X/Z, y = Y/Z, x y = T/Z.
    /// </summary>
    /// <remarks>Add and Double leave limbs of at most 1 unit (see <see cref="Field"/>) and need them.</remarks>
    internal sealed partial class EdwardsPoint
    {
        /// <summary>d = -121665/121666.</summary>
        public static readonly long[] D = { 324630691, 257584720, 276179677, 1350274, 512327687, 3980220, 432943901, 499478015, 5374828 };

        /// <summary>2d.</summary>
        public static readonly long[] TwiceD =
        {
            112390489,
            515169441,
            15488442,
            2700549,
            487784462,
            7960441,
            329016890,
            462085119,
            2361049,
        };

        /// <summary>X = x Z.</summary>
        public long[] X { get; } = new long[Field.Limbs];

        /// <summary>Y = y Z.</summary>
        public long[] Y { get; } = new long[Field.Limbs];

        /// <summary>The denominator.</summary>
        public long[] Z { get; } = new long[Field.Limbs];

        /// <summary>T = x y Z.</summary>
        public long[] T { get; } = new long[Field.Limbs];

        /// <summary>Becomes the neutral point (0, 1).</summary>
        public void SetNeutral()
        {
            Field.Set(X, 0);
            Field.Set(Y, 1);
            Field.Set(Z, 1);
            Field.Set(T, 0);
        }

        /// <summary>Becomes another point.</summary>
        public void Set(EdwardsPoint point)
        {
            Field.Copy(X, point.X);
            Field.Copy(Y, point.Y);
            Field.Copy(Z, point.Z);
            Field.Copy(T, point.T);
        }

        /// <summary>Becomes its opposite.</summary>
        public void Negate()
        {
            Field.Negate(X);
            Field.Negate(T);
        }
    }
}
