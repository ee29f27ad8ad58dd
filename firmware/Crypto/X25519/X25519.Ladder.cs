// SPDX-License-Identifier: MIT

namespace Lapel.Crypto
{
    public sealed partial class X25519
    {
        /// <summary>
        /// So many steps of the Montgomery ladder (RFC 7748, 5), from bit <see cref="_bit"/> down, each about 4,850 instructions.
        /// </summary>
        /// <remarks>
        /// The conditional swap of the RFC is here a choice under a mask of which point is doubled: the sum of the two needs both products,
        /// and their order only changes a sign that is then squared. No branch depends on the scalar.
        /// </remarks>
        private void Climb(int steps)
        {
            long mask = Field.LimbMask;
            long least = Field.LeastBias;
            long fold = Field.Fold;
            long a24 = CurveConstant;
            long[] px = _u;
            long[] px2 = _x2;
            long[] pz2 = _z2;
            long[] px3 = _x3;
            long[] pz3 = _z3;
            long k0 = px[0];
            long k1 = px[1];
            long k2 = px[2];
            long k3 = px[3];
            long k4 = px[4];
            long k5 = px[5];
            long k6 = px[6];
            long k7 = px[7];
            long k8 = px[8];
            long x0 = px2[0];
            long x1 = px2[1];
            long x2 = px2[2];
            long x3 = px2[3];
            long x4 = px2[4];
            long x5 = px2[5];
            long x6 = px2[6];
            long x7 = px2[7];
            long x8 = px2[8];
            long z0 = pz2[0];
            long z1 = pz2[1];
            long z2 = pz2[2];
            long z3 = pz2[3];
            long z4 = pz2[4];
            long z5 = pz2[5];
            long z6 = pz2[6];
            long z7 = pz2[7];
            long z8 = pz2[8];
            long v0 = px3[0];
            long v1 = px3[1];
            long v2 = px3[2];
            long v3 = px3[3];
            long v4 = px3[4];
            long v5 = px3[5];
            long v6 = px3[6];
            long v7 = px3[7];
            long v8 = px3[8];
            long w0 = pz3[0];
            long w1 = pz3[1];
            long w2 = pz3[2];
            long w3 = pz3[3];
            long w4 = pz3[4];
            long w5 = pz3[5];
            long w6 = pz3[6];
            long w7 = pz3[7];
            long w8 = pz3[8];
            long n0,
                n1,
                n2,
                n3,
                n4,
                n5,
                n6,
                n7;
            long a0,
                a1,
                a2,
                a3,
                a4,
                a5,
                a6,
                a7,
                a8;
            long b0,
                b1,
                b2,
                b3,
                b4,
                b5,
                b6,
                b7,
                b8;
            long c0,
                c1,
                c2,
                c3,
                c4,
                c5,
                c6,
                c7,
                c8;
            long d0,
                d1,
                d2,
                d3,
                d4,
                d5,
                d6,
                d7,
                d8;
            long e0,
                e1,
                e2,
                e3,
                e4,
                e5,
                e6,
                e7,
                e8;
            long f0,
                f1,
                f2,
                f3,
                f4,
                f5,
                f6,
                f7,
                f8;
            long u0,
                u1,
                u2,
                u3,
                u4,
                u5,
                u6,
                u7,
                u8;
            long t;

            do
            {
                int bit = (_scalar[_bit >> 3] >> (_bit & 7)) & 1;
                long other = -(long)(bit ^ _previous);
                _previous = bit;
                _bit--;

                // A = x2 + z2, B = x2 - z2, C = x3 + z3, D = x3 - z3
                a0 = x0 + z0 - least;
                a1 = x1 + z1 - mask;
                a2 = x2 + z2 - mask;
                a3 = x3 + z3 - mask;
                a4 = x4 + z4 - mask;
                a5 = x5 + z5 - mask;
                a6 = x6 + z6 - mask;
                a7 = x7 + z7 - mask;
                a8 = x8 + z8 - mask;
                b0 = x0 - z0;
                b1 = x1 - z1;
                b2 = x2 - z2;
                b3 = x3 - z3;
                b4 = x4 - z4;
                b5 = x5 - z5;
                b6 = x6 - z6;
                b7 = x7 - z7;
                b8 = x8 - z8;
                c0 = v0 + w0 - least;
                c1 = v1 + w1 - mask;
                c2 = v2 + w2 - mask;
                c3 = v3 + w3 - mask;
                c4 = v4 + w4 - mask;
                c5 = v5 + w5 - mask;
                c6 = v6 + w6 - mask;
                c7 = v7 + w7 - mask;
                c8 = v8 + w8 - mask;
                d0 = v0 - w0;
                d1 = v1 - w1;
                d2 = v2 - w2;
                d3 = v3 - w3;
                d4 = v4 - w4;
                d5 = v5 - w5;
                d6 = v6 - w6;
                d7 = v7 - w7;
                d8 = v8 - w8;

                // D * A and C * B
                t = d1 * a8 + d2 * a7 + d3 * a6 + d4 * a5 + d5 * a4 + d6 * a3 + d7 * a2 + d8 * a1;
                u0 = (t & mask) * fold;
                t = (t >> 29) + d2 * a8 + d3 * a7 + d4 * a6 + d5 * a5 + d6 * a4 + d7 * a3 + d8 * a2;
                u1 = (t & mask) * fold;
                t = (t >> 29) + d3 * a8 + d4 * a7 + d5 * a6 + d6 * a5 + d7 * a4 + d8 * a3;
                u2 = (t & mask) * fold;
                t = (t >> 29) + d4 * a8 + d5 * a7 + d6 * a6 + d7 * a5 + d8 * a4;
                u3 = (t & mask) * fold;
                t = (t >> 29) + d5 * a8 + d6 * a7 + d7 * a6 + d8 * a5;
                u4 = (t & mask) * fold;
                t = (t >> 29) + d6 * a8 + d7 * a7 + d8 * a6;
                u5 = (t & mask) * fold;
                t = (t >> 29) + d7 * a8 + d8 * a7;
                u6 = (t & mask) * fold;
                t = (t >> 29) + d8 * a8;
                u7 = (t & mask) * fold;
                u8 = (t >> 29) * fold;
                t = d0 * a0 + u0;
                v0 = t & mask;
                t = (t >> 29) + d0 * a1 + d1 * a0 + u1;
                v1 = t & mask;
                t = (t >> 29) + d0 * a2 + d1 * a1 + d2 * a0 + u2;
                v2 = t & mask;
                t = (t >> 29) + d0 * a3 + d1 * a2 + d2 * a1 + d3 * a0 + u3;
                v3 = t & mask;
                t = (t >> 29) + d0 * a4 + d1 * a3 + d2 * a2 + d3 * a1 + d4 * a0 + u4;
                v4 = t & mask;
                t = (t >> 29) + d0 * a5 + d1 * a4 + d2 * a3 + d3 * a2 + d4 * a1 + d5 * a0 + u5;
                v5 = t & mask;
                t = (t >> 29) + d0 * a6 + d1 * a5 + d2 * a4 + d3 * a3 + d4 * a2 + d5 * a1 + d6 * a0 + u6;
                v6 = t & mask;
                t = (t >> 29) + d0 * a7 + d1 * a6 + d2 * a5 + d3 * a4 + d4 * a3 + d5 * a2 + d6 * a1 + d7 * a0 + u7;
                v7 = t & mask;
                t = (t >> 29) + d0 * a8 + d1 * a7 + d2 * a6 + d3 * a5 + d4 * a4 + d5 * a3 + d6 * a2 + d7 * a1 + d8 * a0 + u8;
                v8 = t & mask;
                t = (t >> 29) * fold + v0;
                v0 = t & mask;
                v1 += t >> 29;
                t = c1 * b8 + c2 * b7 + c3 * b6 + c4 * b5 + c5 * b4 + c6 * b3 + c7 * b2 + c8 * b1;
                u0 = (t & mask) * fold;
                t = (t >> 29) + c2 * b8 + c3 * b7 + c4 * b6 + c5 * b5 + c6 * b4 + c7 * b3 + c8 * b2;
                u1 = (t & mask) * fold;
                t = (t >> 29) + c3 * b8 + c4 * b7 + c5 * b6 + c6 * b5 + c7 * b4 + c8 * b3;
                u2 = (t & mask) * fold;
                t = (t >> 29) + c4 * b8 + c5 * b7 + c6 * b6 + c7 * b5 + c8 * b4;
                u3 = (t & mask) * fold;
                t = (t >> 29) + c5 * b8 + c6 * b7 + c7 * b6 + c8 * b5;
                u4 = (t & mask) * fold;
                t = (t >> 29) + c6 * b8 + c7 * b7 + c8 * b6;
                u5 = (t & mask) * fold;
                t = (t >> 29) + c7 * b8 + c8 * b7;
                u6 = (t & mask) * fold;
                t = (t >> 29) + c8 * b8;
                u7 = (t & mask) * fold;
                u8 = (t >> 29) * fold;
                t = c0 * b0 + u0;
                w0 = t & mask;
                t = (t >> 29) + c0 * b1 + c1 * b0 + u1;
                w1 = t & mask;
                t = (t >> 29) + c0 * b2 + c1 * b1 + c2 * b0 + u2;
                w2 = t & mask;
                t = (t >> 29) + c0 * b3 + c1 * b2 + c2 * b1 + c3 * b0 + u3;
                w3 = t & mask;
                t = (t >> 29) + c0 * b4 + c1 * b3 + c2 * b2 + c3 * b1 + c4 * b0 + u4;
                w4 = t & mask;
                t = (t >> 29) + c0 * b5 + c1 * b4 + c2 * b3 + c3 * b2 + c4 * b1 + c5 * b0 + u5;
                w5 = t & mask;
                t = (t >> 29) + c0 * b6 + c1 * b5 + c2 * b4 + c3 * b3 + c4 * b2 + c5 * b1 + c6 * b0 + u6;
                w6 = t & mask;
                t = (t >> 29) + c0 * b7 + c1 * b6 + c2 * b5 + c3 * b4 + c4 * b3 + c5 * b2 + c6 * b1 + c7 * b0 + u7;
                w7 = t & mask;
                t = (t >> 29) + c0 * b8 + c1 * b7 + c2 * b6 + c3 * b5 + c4 * b4 + c5 * b3 + c6 * b2 + c7 * b1 + c8 * b0 + u8;
                w8 = t & mask;
                t = (t >> 29) * fold + w0;
                w0 = t & mask;
                w1 += t >> 29;

                // The point to double: A and B of the other one when the bit has changed.
                a0 ^= other & (a0 ^ c0);
                a1 ^= other & (a1 ^ c1);
                a2 ^= other & (a2 ^ c2);
                a3 ^= other & (a3 ^ c3);
                a4 ^= other & (a4 ^ c4);
                a5 ^= other & (a5 ^ c5);
                a6 ^= other & (a6 ^ c6);
                a7 ^= other & (a7 ^ c7);
                a8 ^= other & (a8 ^ c8);
                b0 ^= other & (b0 ^ d0);
                b1 ^= other & (b1 ^ d1);
                b2 ^= other & (b2 ^ d2);
                b3 ^= other & (b3 ^ d3);
                b4 ^= other & (b4 ^ d4);
                b5 ^= other & (b5 ^ d5);
                b6 ^= other & (b6 ^ d6);
                b7 ^= other & (b7 ^ d7);
                b8 ^= other & (b8 ^ d8);

                // x3 = (DA + CB)^2
                c0 = v0 + w0 - least;
                c1 = v1 + w1 - mask;
                c2 = v2 + w2 - mask;
                c3 = v3 + w3 - mask;
                c4 = v4 + w4 - mask;
                c5 = v5 + w5 - mask;
                c6 = v6 + w6 - mask;
                c7 = v7 + w7 - mask;
                c8 = v8 + w8 - mask;
                d0 = v0 - w0;
                d1 = v1 - w1;
                d2 = v2 - w2;
                d3 = v3 - w3;
                d4 = v4 - w4;
                d5 = v5 - w5;
                d6 = v6 - w6;
                d7 = v7 - w7;
                d8 = v8 - w8;
                n0 = c0 << 1;
                n1 = c1 << 1;
                n2 = c2 << 1;
                n3 = c3 << 1;
                n4 = c4 << 1;
                n5 = c5 << 1;
                n6 = c6 << 1;
                n7 = c7 << 1;
                t = n1 * c8 + n2 * c7 + n3 * c6 + n4 * c5;
                u0 = (t & mask) * fold;
                t = (t >> 29) + n2 * c8 + n3 * c7 + n4 * c6 + c5 * c5;
                u1 = (t & mask) * fold;
                t = (t >> 29) + n3 * c8 + n4 * c7 + n5 * c6;
                u2 = (t & mask) * fold;
                t = (t >> 29) + n4 * c8 + n5 * c7 + c6 * c6;
                u3 = (t & mask) * fold;
                t = (t >> 29) + n5 * c8 + n6 * c7;
                u4 = (t & mask) * fold;
                t = (t >> 29) + n6 * c8 + c7 * c7;
                u5 = (t & mask) * fold;
                t = (t >> 29) + n7 * c8;
                u6 = (t & mask) * fold;
                t = (t >> 29) + c8 * c8;
                u7 = (t & mask) * fold;
                u8 = (t >> 29) * fold;
                t = c0 * c0 + u0;
                v0 = t & mask;
                t = (t >> 29) + n0 * c1 + u1;
                v1 = t & mask;
                t = (t >> 29) + n0 * c2 + c1 * c1 + u2;
                v2 = t & mask;
                t = (t >> 29) + n0 * c3 + n1 * c2 + u3;
                v3 = t & mask;
                t = (t >> 29) + n0 * c4 + n1 * c3 + c2 * c2 + u4;
                v4 = t & mask;
                t = (t >> 29) + n0 * c5 + n1 * c4 + n2 * c3 + u5;
                v5 = t & mask;
                t = (t >> 29) + n0 * c6 + n1 * c5 + n2 * c4 + c3 * c3 + u6;
                v6 = t & mask;
                t = (t >> 29) + n0 * c7 + n1 * c6 + n2 * c5 + n3 * c4 + u7;
                v7 = t & mask;
                t = (t >> 29) + n0 * c8 + n1 * c7 + n2 * c6 + n3 * c5 + c4 * c4 + u8;
                v8 = t & mask;
                t = (t >> 29) * fold + v0;
                v0 = t & mask;
                v1 += t >> 29;

                // z3 = x1 * (DA - CB)^2
                n0 = d0 << 1;
                n1 = d1 << 1;
                n2 = d2 << 1;
                n3 = d3 << 1;
                n4 = d4 << 1;
                n5 = d5 << 1;
                n6 = d6 << 1;
                n7 = d7 << 1;
                t = n1 * d8 + n2 * d7 + n3 * d6 + n4 * d5;
                u0 = (t & mask) * fold;
                t = (t >> 29) + n2 * d8 + n3 * d7 + n4 * d6 + d5 * d5;
                u1 = (t & mask) * fold;
                t = (t >> 29) + n3 * d8 + n4 * d7 + n5 * d6;
                u2 = (t & mask) * fold;
                t = (t >> 29) + n4 * d8 + n5 * d7 + d6 * d6;
                u3 = (t & mask) * fold;
                t = (t >> 29) + n5 * d8 + n6 * d7;
                u4 = (t & mask) * fold;
                t = (t >> 29) + n6 * d8 + d7 * d7;
                u5 = (t & mask) * fold;
                t = (t >> 29) + n7 * d8;
                u6 = (t & mask) * fold;
                t = (t >> 29) + d8 * d8;
                u7 = (t & mask) * fold;
                u8 = (t >> 29) * fold;
                t = d0 * d0 + u0;
                c0 = t & mask;
                t = (t >> 29) + n0 * d1 + u1;
                c1 = t & mask;
                t = (t >> 29) + n0 * d2 + d1 * d1 + u2;
                c2 = t & mask;
                t = (t >> 29) + n0 * d3 + n1 * d2 + u3;
                c3 = t & mask;
                t = (t >> 29) + n0 * d4 + n1 * d3 + d2 * d2 + u4;
                c4 = t & mask;
                t = (t >> 29) + n0 * d5 + n1 * d4 + n2 * d3 + u5;
                c5 = t & mask;
                t = (t >> 29) + n0 * d6 + n1 * d5 + n2 * d4 + d3 * d3 + u6;
                c6 = t & mask;
                t = (t >> 29) + n0 * d7 + n1 * d6 + n2 * d5 + n3 * d4 + u7;
                c7 = t & mask;
                t = (t >> 29) + n0 * d8 + n1 * d7 + n2 * d6 + n3 * d5 + d4 * d4 + u8;
                c8 = t & mask;
                t = (t >> 29) * fold + c0;
                c0 = t & mask;
                c1 += t >> 29;
                t = k1 * c8 + k2 * c7 + k3 * c6 + k4 * c5 + k5 * c4 + k6 * c3 + k7 * c2 + k8 * c1;
                u0 = (t & mask) * fold;
                t = (t >> 29) + k2 * c8 + k3 * c7 + k4 * c6 + k5 * c5 + k6 * c4 + k7 * c3 + k8 * c2;
                u1 = (t & mask) * fold;
                t = (t >> 29) + k3 * c8 + k4 * c7 + k5 * c6 + k6 * c5 + k7 * c4 + k8 * c3;
                u2 = (t & mask) * fold;
                t = (t >> 29) + k4 * c8 + k5 * c7 + k6 * c6 + k7 * c5 + k8 * c4;
                u3 = (t & mask) * fold;
                t = (t >> 29) + k5 * c8 + k6 * c7 + k7 * c6 + k8 * c5;
                u4 = (t & mask) * fold;
                t = (t >> 29) + k6 * c8 + k7 * c7 + k8 * c6;
                u5 = (t & mask) * fold;
                t = (t >> 29) + k7 * c8 + k8 * c7;
                u6 = (t & mask) * fold;
                t = (t >> 29) + k8 * c8;
                u7 = (t & mask) * fold;
                u8 = (t >> 29) * fold;
                t = k0 * c0 + u0;
                w0 = t & mask;
                t = (t >> 29) + k0 * c1 + k1 * c0 + u1;
                w1 = t & mask;
                t = (t >> 29) + k0 * c2 + k1 * c1 + k2 * c0 + u2;
                w2 = t & mask;
                t = (t >> 29) + k0 * c3 + k1 * c2 + k2 * c1 + k3 * c0 + u3;
                w3 = t & mask;
                t = (t >> 29) + k0 * c4 + k1 * c3 + k2 * c2 + k3 * c1 + k4 * c0 + u4;
                w4 = t & mask;
                t = (t >> 29) + k0 * c5 + k1 * c4 + k2 * c3 + k3 * c2 + k4 * c1 + k5 * c0 + u5;
                w5 = t & mask;
                t = (t >> 29) + k0 * c6 + k1 * c5 + k2 * c4 + k3 * c3 + k4 * c2 + k5 * c1 + k6 * c0 + u6;
                w6 = t & mask;
                t = (t >> 29) + k0 * c7 + k1 * c6 + k2 * c5 + k3 * c4 + k4 * c3 + k5 * c2 + k6 * c1 + k7 * c0 + u7;
                w7 = t & mask;
                t = (t >> 29) + k0 * c8 + k1 * c7 + k2 * c6 + k3 * c5 + k4 * c4 + k5 * c3 + k6 * c2 + k7 * c1 + k8 * c0 + u8;
                w8 = t & mask;
                t = (t >> 29) * fold + w0;
                w0 = t & mask;
                w1 += t >> 29;

                // AA = A^2, BB = B^2, E = AA - BB
                n0 = a0 << 1;
                n1 = a1 << 1;
                n2 = a2 << 1;
                n3 = a3 << 1;
                n4 = a4 << 1;
                n5 = a5 << 1;
                n6 = a6 << 1;
                n7 = a7 << 1;
                t = n1 * a8 + n2 * a7 + n3 * a6 + n4 * a5;
                u0 = (t & mask) * fold;
                t = (t >> 29) + n2 * a8 + n3 * a7 + n4 * a6 + a5 * a5;
                u1 = (t & mask) * fold;
                t = (t >> 29) + n3 * a8 + n4 * a7 + n5 * a6;
                u2 = (t & mask) * fold;
                t = (t >> 29) + n4 * a8 + n5 * a7 + a6 * a6;
                u3 = (t & mask) * fold;
                t = (t >> 29) + n5 * a8 + n6 * a7;
                u4 = (t & mask) * fold;
                t = (t >> 29) + n6 * a8 + a7 * a7;
                u5 = (t & mask) * fold;
                t = (t >> 29) + n7 * a8;
                u6 = (t & mask) * fold;
                t = (t >> 29) + a8 * a8;
                u7 = (t & mask) * fold;
                u8 = (t >> 29) * fold;
                t = a0 * a0 + u0;
                c0 = t & mask;
                t = (t >> 29) + n0 * a1 + u1;
                c1 = t & mask;
                t = (t >> 29) + n0 * a2 + a1 * a1 + u2;
                c2 = t & mask;
                t = (t >> 29) + n0 * a3 + n1 * a2 + u3;
                c3 = t & mask;
                t = (t >> 29) + n0 * a4 + n1 * a3 + a2 * a2 + u4;
                c4 = t & mask;
                t = (t >> 29) + n0 * a5 + n1 * a4 + n2 * a3 + u5;
                c5 = t & mask;
                t = (t >> 29) + n0 * a6 + n1 * a5 + n2 * a4 + a3 * a3 + u6;
                c6 = t & mask;
                t = (t >> 29) + n0 * a7 + n1 * a6 + n2 * a5 + n3 * a4 + u7;
                c7 = t & mask;
                t = (t >> 29) + n0 * a8 + n1 * a7 + n2 * a6 + n3 * a5 + a4 * a4 + u8;
                c8 = t & mask;
                t = (t >> 29) * fold + c0;
                c0 = t & mask;
                c1 += t >> 29;
                n0 = b0 << 1;
                n1 = b1 << 1;
                n2 = b2 << 1;
                n3 = b3 << 1;
                n4 = b4 << 1;
                n5 = b5 << 1;
                n6 = b6 << 1;
                n7 = b7 << 1;
                t = n1 * b8 + n2 * b7 + n3 * b6 + n4 * b5;
                u0 = (t & mask) * fold;
                t = (t >> 29) + n2 * b8 + n3 * b7 + n4 * b6 + b5 * b5;
                u1 = (t & mask) * fold;
                t = (t >> 29) + n3 * b8 + n4 * b7 + n5 * b6;
                u2 = (t & mask) * fold;
                t = (t >> 29) + n4 * b8 + n5 * b7 + b6 * b6;
                u3 = (t & mask) * fold;
                t = (t >> 29) + n5 * b8 + n6 * b7;
                u4 = (t & mask) * fold;
                t = (t >> 29) + n6 * b8 + b7 * b7;
                u5 = (t & mask) * fold;
                t = (t >> 29) + n7 * b8;
                u6 = (t & mask) * fold;
                t = (t >> 29) + b8 * b8;
                u7 = (t & mask) * fold;
                u8 = (t >> 29) * fold;
                t = b0 * b0 + u0;
                d0 = t & mask;
                t = (t >> 29) + n0 * b1 + u1;
                d1 = t & mask;
                t = (t >> 29) + n0 * b2 + b1 * b1 + u2;
                d2 = t & mask;
                t = (t >> 29) + n0 * b3 + n1 * b2 + u3;
                d3 = t & mask;
                t = (t >> 29) + n0 * b4 + n1 * b3 + b2 * b2 + u4;
                d4 = t & mask;
                t = (t >> 29) + n0 * b5 + n1 * b4 + n2 * b3 + u5;
                d5 = t & mask;
                t = (t >> 29) + n0 * b6 + n1 * b5 + n2 * b4 + b3 * b3 + u6;
                d6 = t & mask;
                t = (t >> 29) + n0 * b7 + n1 * b6 + n2 * b5 + n3 * b4 + u7;
                d7 = t & mask;
                t = (t >> 29) + n0 * b8 + n1 * b7 + n2 * b6 + n3 * b5 + b4 * b4 + u8;
                d8 = t & mask;
                t = (t >> 29) * fold + d0;
                d0 = t & mask;
                d1 += t >> 29;
                e0 = c0 - d0;
                e1 = c1 - d1;
                e2 = c2 - d2;
                e3 = c3 - d3;
                e4 = c4 - d4;
                e5 = c5 - d5;
                e6 = c6 - d6;
                e7 = c7 - d7;
                e8 = c8 - d8;

                // x2 = AA * BB
                t = c1 * d8 + c2 * d7 + c3 * d6 + c4 * d5 + c5 * d4 + c6 * d3 + c7 * d2 + c8 * d1;
                u0 = (t & mask) * fold;
                t = (t >> 29) + c2 * d8 + c3 * d7 + c4 * d6 + c5 * d5 + c6 * d4 + c7 * d3 + c8 * d2;
                u1 = (t & mask) * fold;
                t = (t >> 29) + c3 * d8 + c4 * d7 + c5 * d6 + c6 * d5 + c7 * d4 + c8 * d3;
                u2 = (t & mask) * fold;
                t = (t >> 29) + c4 * d8 + c5 * d7 + c6 * d6 + c7 * d5 + c8 * d4;
                u3 = (t & mask) * fold;
                t = (t >> 29) + c5 * d8 + c6 * d7 + c7 * d6 + c8 * d5;
                u4 = (t & mask) * fold;
                t = (t >> 29) + c6 * d8 + c7 * d7 + c8 * d6;
                u5 = (t & mask) * fold;
                t = (t >> 29) + c7 * d8 + c8 * d7;
                u6 = (t & mask) * fold;
                t = (t >> 29) + c8 * d8;
                u7 = (t & mask) * fold;
                u8 = (t >> 29) * fold;
                t = c0 * d0 + u0;
                x0 = t & mask;
                t = (t >> 29) + c0 * d1 + c1 * d0 + u1;
                x1 = t & mask;
                t = (t >> 29) + c0 * d2 + c1 * d1 + c2 * d0 + u2;
                x2 = t & mask;
                t = (t >> 29) + c0 * d3 + c1 * d2 + c2 * d1 + c3 * d0 + u3;
                x3 = t & mask;
                t = (t >> 29) + c0 * d4 + c1 * d3 + c2 * d2 + c3 * d1 + c4 * d0 + u4;
                x4 = t & mask;
                t = (t >> 29) + c0 * d5 + c1 * d4 + c2 * d3 + c3 * d2 + c4 * d1 + c5 * d0 + u5;
                x5 = t & mask;
                t = (t >> 29) + c0 * d6 + c1 * d5 + c2 * d4 + c3 * d3 + c4 * d2 + c5 * d1 + c6 * d0 + u6;
                x6 = t & mask;
                t = (t >> 29) + c0 * d7 + c1 * d6 + c2 * d5 + c3 * d4 + c4 * d3 + c5 * d2 + c6 * d1 + c7 * d0 + u7;
                x7 = t & mask;
                t = (t >> 29) + c0 * d8 + c1 * d7 + c2 * d6 + c3 * d5 + c4 * d4 + c5 * d3 + c6 * d2 + c7 * d1 + c8 * d0 + u8;
                x8 = t & mask;
                t = (t >> 29) * fold + x0;
                x0 = t & mask;
                x1 += t >> 29;

                // z2 = E * (AA + 121665 * E)
                t = e0 * a24 + c0;
                f0 = t & mask;
                t = (t >> 29) + e1 * a24 + c1;
                f1 = t & mask;
                t = (t >> 29) + e2 * a24 + c2;
                f2 = t & mask;
                t = (t >> 29) + e3 * a24 + c3;
                f3 = t & mask;
                t = (t >> 29) + e4 * a24 + c4;
                f4 = t & mask;
                t = (t >> 29) + e5 * a24 + c5;
                f5 = t & mask;
                t = (t >> 29) + e6 * a24 + c6;
                f6 = t & mask;
                t = (t >> 29) + e7 * a24 + c7;
                f7 = t & mask;
                t = (t >> 29) + e8 * a24 + c8;
                f8 = t & mask;
                f0 += (t >> 29) * fold;
                t = e1 * f8 + e2 * f7 + e3 * f6 + e4 * f5 + e5 * f4 + e6 * f3 + e7 * f2 + e8 * f1;
                u0 = (t & mask) * fold;
                t = (t >> 29) + e2 * f8 + e3 * f7 + e4 * f6 + e5 * f5 + e6 * f4 + e7 * f3 + e8 * f2;
                u1 = (t & mask) * fold;
                t = (t >> 29) + e3 * f8 + e4 * f7 + e5 * f6 + e6 * f5 + e7 * f4 + e8 * f3;
                u2 = (t & mask) * fold;
                t = (t >> 29) + e4 * f8 + e5 * f7 + e6 * f6 + e7 * f5 + e8 * f4;
                u3 = (t & mask) * fold;
                t = (t >> 29) + e5 * f8 + e6 * f7 + e7 * f6 + e8 * f5;
                u4 = (t & mask) * fold;
                t = (t >> 29) + e6 * f8 + e7 * f7 + e8 * f6;
                u5 = (t & mask) * fold;
                t = (t >> 29) + e7 * f8 + e8 * f7;
                u6 = (t & mask) * fold;
                t = (t >> 29) + e8 * f8;
                u7 = (t & mask) * fold;
                u8 = (t >> 29) * fold;
                t = e0 * f0 + u0;
                z0 = t & mask;
                t = (t >> 29) + e0 * f1 + e1 * f0 + u1;
                z1 = t & mask;
                t = (t >> 29) + e0 * f2 + e1 * f1 + e2 * f0 + u2;
                z2 = t & mask;
                t = (t >> 29) + e0 * f3 + e1 * f2 + e2 * f1 + e3 * f0 + u3;
                z3 = t & mask;
                t = (t >> 29) + e0 * f4 + e1 * f3 + e2 * f2 + e3 * f1 + e4 * f0 + u4;
                z4 = t & mask;
                t = (t >> 29) + e0 * f5 + e1 * f4 + e2 * f3 + e3 * f2 + e4 * f1 + e5 * f0 + u5;
                z5 = t & mask;
                t = (t >> 29) + e0 * f6 + e1 * f5 + e2 * f4 + e3 * f3 + e4 * f2 + e5 * f1 + e6 * f0 + u6;
                z6 = t & mask;
                t = (t >> 29) + e0 * f7 + e1 * f6 + e2 * f5 + e3 * f4 + e4 * f3 + e5 * f2 + e6 * f1 + e7 * f0 + u7;
                z7 = t & mask;
                t = (t >> 29) + e0 * f8 + e1 * f7 + e2 * f6 + e3 * f5 + e4 * f4 + e5 * f3 + e6 * f2 + e7 * f1 + e8 * f0 + u8;
                z8 = t & mask;
                t = (t >> 29) * fold + z0;
                z0 = t & mask;
                z1 += t >> 29;
            } while (--steps != 0);

            px2[0] = x0;
            px2[1] = x1;
            px2[2] = x2;
            px2[3] = x3;
            px2[4] = x4;
            px2[5] = x5;
            px2[6] = x6;
            px2[7] = x7;
            px2[8] = x8;
            pz2[0] = z0;
            pz2[1] = z1;
            pz2[2] = z2;
            pz2[3] = z3;
            pz2[4] = z4;
            pz2[5] = z5;
            pz2[6] = z6;
            pz2[7] = z7;
            pz2[8] = z8;
            px3[0] = v0;
            px3[1] = v1;
            px3[2] = v2;
            px3[3] = v3;
            px3[4] = v4;
            px3[5] = v5;
            px3[6] = v6;
            px3[7] = v7;
            px3[8] = v8;
            pz3[0] = w0;
            pz3[1] = w1;
            pz3[2] = w2;
            pz3[3] = w3;
            pz3[4] = w4;
            pz3[5] = w5;
            pz3[6] = w6;
            pz3[7] = w7;
            pz3[8] = w8;
        }
    }
}
