// SPDX-License-Identifier: MIT

namespace Lapel.Crypto
{
    /// <summary>Decodes a public point (RFC 8032, 5.1.3) in slices.</summary>
    /// <remarks>
    /// Strict: y of p or more, and a zero x with the sign set, are refused. Not for secrets: it branches on what it reads.
    /// </remarks>
    internal sealed class PointDecoder
    {
        /// <summary>A square root of -1: 2^((p - 1) / 4).</summary>
        private static readonly long[] RootOfMinusOne =
        {
            168730800,
            124836154,
            200875569,
            103812442,
            494564084,
            5021437,
            472689972,
            269088827,
            2851620,
        };

        private readonly FieldPower _root = new FieldPower();
        private readonly long[] _numerator = new long[Field.Limbs];
        private readonly long[] _denominator = new long[Field.Limbs];
        private readonly long[] _candidate = new long[Field.Limbs];
        private readonly long[] _scratch = new long[Field.Limbs];
        private readonly byte[] _encoded = new byte[Field.EncodedLength];
        private int _sign;
        private bool _isRaised;

        /// <summary>The point, when <see cref="IsValid"/>.</summary>
        public EdwardsPoint Point { get; } = new EdwardsPoint();

        /// <summary>Whether the encoding is that of a point: false from Begin to the last slice, and after it when it is not.</summary>
        public bool IsValid { get; private set; }

        /// <summary>Starts with 32 bytes.</summary>
        /// <returns>False, with nothing left to do, when y is not canonical.</returns>
        public bool Begin(byte[] encoded, int offset)
        {
            IsValid = false;
            _sign = encoded[offset + Field.EncodedLength - 1] >> 7;
            Field.Load(Point.Y, encoded, offset);
            Field.Store(_encoded, 0, Point.Y);
            _encoded[Field.EncodedLength - 1] |= (byte)(_sign << 7);
            for (int i = 0; i < Field.EncodedLength; i++)
            {
                if (_encoded[i] != encoded[offset + i])
                {
                    return false;
                }
            }

            // x^2 = u / v, u = y^2 - 1, v = d y^2 + 1; the candidate is u v^3 (u v^7)^((p - 5) / 8).
            Field.Set(Point.Z, 1);
            Field.Square(_scratch, Point.Y, 1);
            Field.Multiply(_denominator, _scratch, EdwardsPoint.D);
            Field.Add(_denominator, _denominator, Point.Z);
            Field.Freeze(_denominator);
            Field.Subtract(_numerator, _scratch, Point.Z);
            Field.Freeze(_numerator);
            Field.Square(_scratch, _denominator, 1);
            Field.Multiply(_scratch, _scratch, _denominator);
            Field.Multiply(_candidate, _scratch, _numerator);
            Field.Square(_scratch, _scratch, 1);
            Field.Multiply(_scratch, _scratch, _denominator);
            Field.Multiply(_scratch, _scratch, _numerator);
            _root.BeginRoot(_scratch);
            _isRaised = false;
            return true;
        }

        /// <summary>One slice; true while more is needed.</summary>
        public bool Step()
        {
            if (!_isRaised)
            {
                _isRaised = !_root.Step();
                return true;
            }

            Field.Multiply(Point.X, _candidate, _root.Result);
            if (ChooseRoot())
            {
                ChooseSign();
            }

            return false;
        }

        /// <summary>X becomes a root of u / v, when there is one: v X^2 is u for it, or -u and another factor makes it one.</summary>
        private bool ChooseRoot()
        {
            Field.Square(_scratch, Point.X, 1);
            Field.Multiply(_candidate, _scratch, _denominator);
            Field.Subtract(_scratch, _candidate, _numerator);
            if (Field.IsZero(_scratch))
            {
                return true;
            }

            Field.Add(_scratch, _candidate, _numerator);
            if (!Field.IsZero(_scratch))
            {
                return false;
            }

            Field.Multiply(Point.X, Point.X, RootOfMinusOne);
            return true;
        }

        private void ChooseSign()
        {
            if (Field.IsZero(Point.X) && _sign != 0)
            {
                return;
            }

            // IsZero has left X canonical: its lowest bit is the sign of RFC 8032.
            if ((int)(Point.X[0] & 1) != _sign)
            {
                Field.Negate(Point.X);
            }

            Field.Multiply(Point.T, Point.X, Point.Y);
            IsValid = true;
        }
    }
}
