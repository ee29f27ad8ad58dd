// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Crypto
{
    /// <summary>
    /// X25519 (RFC 7748, 5): the shared secret of a private scalar and a public u-coordinate, by the Montgomery ladder, in slices of at
    /// most 12,700 instructions, about 1.4 million in all.
    /// </summary>
    /// <remarks>The same instructions run for every scalar; the base point u = 9 gives a public key.</remarks>
    public sealed partial class X25519
    {
        /// <summary>Bytes of a scalar, of a u-coordinate and of the result.</summary>
        public const int Length = 32;

        /// <summary>(486662 - 2) / 4, the a24 of RFC 7748.</summary>
        private const long CurveConstant = 121665;

        /// <summary>The most significant bit of every scalar (RFC 7748, 5, decodeScalar25519).</summary>
        private const int TopBit = 254;

        /// <summary>Ladder steps in one slice.</summary>
        private const int SliceSteps = 2;

        private readonly byte[] _scalar = new byte[Length];
        private readonly long[] _u = new long[Field.Limbs];
        private readonly long[] _x2 = new long[Field.Limbs];
        private readonly long[] _z2 = new long[Field.Limbs];
        private readonly long[] _x3 = new long[Field.Limbs];
        private readonly long[] _z3 = new long[Field.Limbs];
        private readonly FieldPower _inverse = new FieldPower();
        private Stage _stage = Stage.Done;
        private int _bit;
        private int _previous;

        private enum Stage
        {
            Climb,
            Invert,
            End,
            Done,
        }

        /// <summary>The 32 bytes, once <see cref="Step"/> has returned false.</summary>
        public byte[] Result { get; } = new byte[Length];

        /// <summary>
        /// Whether the result is all zeros, because the u-coordinate was of a point of small order: whoever sent it then knows the secret,
        /// and it must not be used (RFC 7748, 6.1).
        /// </summary>
        public bool IsZero { get; private set; }

        /// <summary>Starts. Both arrays are copied; the scalar is clamped and the top bit of u ignored, as the RFC says.</summary>
        /// <exception cref="ArgumentException">The scalar or the u-coordinate is not 32 bytes.</exception>
        public void Begin(byte[] scalar32, byte[] u32)
        {
            if (scalar32 == null || scalar32.Length != Length)
            {
                throw new ArgumentException("an X25519 scalar is 32 bytes");
            }

            if (u32 == null || u32.Length != Length)
            {
                throw new ArgumentException("an X25519 u-coordinate is 32 bytes");
            }

            Array.Copy(scalar32, 0, _scalar, 0, Length);

            // Clamped (RFC 7748, 5): a multiple of the cofactor, so that a point of small order gives zero, and of fixed length, so that
            // the ladder has the same steps for all.
            _scalar[0] &= 0xF8;
            _scalar[31] &= 0x7F;
            _scalar[31] |= 0x40;

            // Coordinates of p and more are taken, reduced, as the RFC says: refusing them would protect nobody.
            Field.Load(_u, u32, 0);
            Field.Set(_x2, 1);
            Field.Set(_z2, 0);
            Field.Copy(_x3, _u);
            Field.Set(_z3, 1);
            _bit = TopBit;
            _previous = 0;
            _stage = Stage.Climb;
        }

        /// <summary>One slice; true while more is needed. After the last, nothing secret is left here but the result.</summary>
        public bool Step()
        {
            switch (_stage)
            {
                case Stage.Climb:
                    Climb(_bit == 0 ? 1 : SliceSteps);
                    if (_bit < 0)
                    {
                        // The lowest bit of a clamped scalar is zero: the result stands in x2 and z2, without the RFC's last swap.
                        _inverse.BeginInverse(_z2);
                        _stage = Stage.Invert;
                    }

                    break;
                case Stage.Invert:
                    if (!_inverse.Step())
                    {
                        _stage = Stage.End;
                    }

                    break;
                case Stage.End:
                    End();
                    _stage = Stage.Done;
                    break;
                default:
                    break;
            }

            return _stage != Stage.Done;
        }

        private void End()
        {
            Field.Multiply(_x2, _x2, _inverse.Result);
            Field.Store(Result, 0, _x2);
            int any = 0;
            for (int i = 0; i < Length; i++)
            {
                // Over all bytes and without a branch: where the first byte that is not zero stands is nobody's business.
                any |= Result[i];
            }

            IsZero = any == 0;
            _inverse.Wipe();

            // Everything that the secret was in; the result is the caller's to wipe.
            Array.Clear(_scalar, 0, Length);
            Field.Wipe(_x2);
            Field.Wipe(_z2);
            Field.Wipe(_x3);
            Field.Wipe(_z3);
        }
    }
}
