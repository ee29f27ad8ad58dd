// SPDX-License-Identifier: MIT

namespace Lapel.Crypto
{
    /// <summary>
    /// Encodes a point (RFC 8032, 5.1.2) in slices; the inversion of Z takes nearly all of it, about 120,000 instructions.
    /// </summary>
    internal sealed class PointEncoder
    {
        private readonly FieldPower _inverse = new FieldPower();
        private readonly long[] _affine = new long[Field.Limbs];
        private readonly byte[] _x = new byte[Field.EncodedLength];
        private EdwardsPoint _point;
        private bool _isInverted;

        /// <summary>The encoding, once <see cref="Step"/> has returned false.</summary>
        public byte[] Encoded { get; } = new byte[Field.EncodedLength];

        /// <summary>Starts with a point that stays as it is until the end.</summary>
        public void Begin(EdwardsPoint point)
        {
            _point = point;
            _isInverted = false;
            _inverse.BeginInverse(point.Z);
        }

        /// <summary>One slice; true while more is needed.</summary>
        public bool Step()
        {
            if (!_isInverted)
            {
                _isInverted = !_inverse.Step();
                return true;
            }

            // One inversion for both coordinates: it is nearly all of the cost.
            Field.Multiply(_affine, _point.X, _inverse.Result);
            Field.Store(_x, 0, _affine);
            Field.Multiply(_affine, _point.Y, _inverse.Result);
            Field.Store(Encoded, 0, _affine);

            // The sign of x in the topmost bit, which y never uses (RFC 8032, 5.1.2).
            Encoded[Field.EncodedLength - 1] |= (byte)((_x[0] & 1) << 7);
            return false;
        }

        /// <summary>Overwrites the intermediate values; the encoding stays.</summary>
        public void Wipe()
        {
            _inverse.Wipe();
            Field.Wipe(_affine);
        }
    }
}
