// SPDX-License-Identifier: MIT

namespace Lapel.Crypto
{
    internal sealed partial class EdwardsPoint
    {
        /// <summary>
        /// Doubles the point <paramref name="times"/> times (Hisil, Wong, Carter, Dawson 2008, 3.3, a = -1, all four factors negated).
        /// </summary>
        /// <remarks>
        /// Needs X, Y and Z; T is made only when <paramref name="extended"/>, because only an addition reads it. 2XY is multiplied out
        /// rather than taken from (X + Y)^2: it keeps every factor within the bounds of <see cref="Field"/> without another carry.
        /// </remarks>
        public void Double(int times, bool extended)
        {
            long mask = Field.LimbMask;
            long least = Field.LeastBias;
            long fold = Field.Fold;
            long[] pointX = X;
            long[] pointY = Y;
            long[] pointZ = Z;
            long x0 = pointX[0];
            long x1 = pointX[1];
            long x2 = pointX[2];
            long x3 = pointX[3];
            long x4 = pointX[4];
            long x5 = pointX[5];
            long x6 = pointX[6];
            long x7 = pointX[7];
            long x8 = pointX[8];
            long y0 = pointY[0];
            long y1 = pointY[1];
            long y2 = pointY[2];
            long y3 = pointY[3];
            long y4 = pointY[4];
            long y5 = pointY[5];
            long y6 = pointY[6];
            long y7 = pointY[7];
            long y8 = pointY[8];
            long z0 = pointZ[0];
            long z1 = pointZ[1];
            long z2 = pointZ[2];
            long z3 = pointZ[3];
            long z4 = pointZ[4];
            long z5 = pointZ[5];
            long z6 = pointZ[6];
            long z7 = pointZ[7];
            long z8 = pointZ[8];
            long s0,
                s1,
                s2,
                s3,
                s4,
                s5,
                s6,
                s7;
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
            long g0,
                g1,
                g2,
                g3,
                g4,
                g5,
                g6,
                g7,
                g8;
            long h0,
                h1,
                h2,
                h3,
                h4,
                h5,
                h6,
                h7,
                h8;
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
                // A = X^2
                s0 = x0 << 1;
                s1 = x1 << 1;
                s2 = x2 << 1;
                s3 = x3 << 1;
                s4 = x4 << 1;
                s5 = x5 << 1;
                s6 = x6 << 1;
                s7 = x7 << 1;
                t = s1 * x8 + s2 * x7 + s3 * x6 + s4 * x5;
                u0 = (t & mask) * fold;
                t = (t >> 29) + s2 * x8 + s3 * x7 + s4 * x6 + x5 * x5;
                u1 = (t & mask) * fold;
                t = (t >> 29) + s3 * x8 + s4 * x7 + s5 * x6;
                u2 = (t & mask) * fold;
                t = (t >> 29) + s4 * x8 + s5 * x7 + x6 * x6;
                u3 = (t & mask) * fold;
                t = (t >> 29) + s5 * x8 + s6 * x7;
                u4 = (t & mask) * fold;
                t = (t >> 29) + s6 * x8 + x7 * x7;
                u5 = (t & mask) * fold;
                t = (t >> 29) + s7 * x8;
                u6 = (t & mask) * fold;
                t = (t >> 29) + x8 * x8;
                u7 = (t & mask) * fold;
                u8 = (t >> 29) * fold;
                t = x0 * x0 + u0;
                a0 = t & mask;
                t = (t >> 29) + s0 * x1 + u1;
                a1 = t & mask;
                t = (t >> 29) + s0 * x2 + x1 * x1 + u2;
                a2 = t & mask;
                t = (t >> 29) + s0 * x3 + s1 * x2 + u3;
                a3 = t & mask;
                t = (t >> 29) + s0 * x4 + s1 * x3 + x2 * x2 + u4;
                a4 = t & mask;
                t = (t >> 29) + s0 * x5 + s1 * x4 + s2 * x3 + u5;
                a5 = t & mask;
                t = (t >> 29) + s0 * x6 + s1 * x5 + s2 * x4 + x3 * x3 + u6;
                a6 = t & mask;
                t = (t >> 29) + s0 * x7 + s1 * x6 + s2 * x5 + s3 * x4 + u7;
                a7 = t & mask;
                t = (t >> 29) + s0 * x8 + s1 * x7 + s2 * x6 + s3 * x5 + x4 * x4 + u8;
                a8 = t & mask;
                t = (t >> 29) * fold + a0;
                a0 = t & mask;
                a1 += t >> 29;

                // XY
                t = x1 * y8 + x2 * y7 + x3 * y6 + x4 * y5 + x5 * y4 + x6 * y3 + x7 * y2 + x8 * y1;
                u0 = (t & mask) * fold;
                t = (t >> 29) + x2 * y8 + x3 * y7 + x4 * y6 + x5 * y5 + x6 * y4 + x7 * y3 + x8 * y2;
                u1 = (t & mask) * fold;
                t = (t >> 29) + x3 * y8 + x4 * y7 + x5 * y6 + x6 * y5 + x7 * y4 + x8 * y3;
                u2 = (t & mask) * fold;
                t = (t >> 29) + x4 * y8 + x5 * y7 + x6 * y6 + x7 * y5 + x8 * y4;
                u3 = (t & mask) * fold;
                t = (t >> 29) + x5 * y8 + x6 * y7 + x7 * y6 + x8 * y5;
                u4 = (t & mask) * fold;
                t = (t >> 29) + x6 * y8 + x7 * y7 + x8 * y6;
                u5 = (t & mask) * fold;
                t = (t >> 29) + x7 * y8 + x8 * y7;
                u6 = (t & mask) * fold;
                t = (t >> 29) + x8 * y8;
                u7 = (t & mask) * fold;
                u8 = (t >> 29) * fold;
                t = x0 * y0 + u0;
                e0 = t & mask;
                t = (t >> 29) + x0 * y1 + x1 * y0 + u1;
                e1 = t & mask;
                t = (t >> 29) + x0 * y2 + x1 * y1 + x2 * y0 + u2;
                e2 = t & mask;
                t = (t >> 29) + x0 * y3 + x1 * y2 + x2 * y1 + x3 * y0 + u3;
                e3 = t & mask;
                t = (t >> 29) + x0 * y4 + x1 * y3 + x2 * y2 + x3 * y1 + x4 * y0 + u4;
                e4 = t & mask;
                t = (t >> 29) + x0 * y5 + x1 * y4 + x2 * y3 + x3 * y2 + x4 * y1 + x5 * y0 + u5;
                e5 = t & mask;
                t = (t >> 29) + x0 * y6 + x1 * y5 + x2 * y4 + x3 * y3 + x4 * y2 + x5 * y1 + x6 * y0 + u6;
                e6 = t & mask;
                t = (t >> 29) + x0 * y7 + x1 * y6 + x2 * y5 + x3 * y4 + x4 * y3 + x5 * y2 + x6 * y1 + x7 * y0 + u7;
                e7 = t & mask;
                t = (t >> 29) + x0 * y8 + x1 * y7 + x2 * y6 + x3 * y5 + x4 * y4 + x5 * y3 + x6 * y2 + x7 * y1 + x8 * y0 + u8;
                e8 = t & mask;
                t = (t >> 29) * fold + e0;
                e0 = t & mask;
                e1 += t >> 29;

                // B = Y^2
                s0 = y0 << 1;
                s1 = y1 << 1;
                s2 = y2 << 1;
                s3 = y3 << 1;
                s4 = y4 << 1;
                s5 = y5 << 1;
                s6 = y6 << 1;
                s7 = y7 << 1;
                t = s1 * y8 + s2 * y7 + s3 * y6 + s4 * y5;
                u0 = (t & mask) * fold;
                t = (t >> 29) + s2 * y8 + s3 * y7 + s4 * y6 + y5 * y5;
                u1 = (t & mask) * fold;
                t = (t >> 29) + s3 * y8 + s4 * y7 + s5 * y6;
                u2 = (t & mask) * fold;
                t = (t >> 29) + s4 * y8 + s5 * y7 + y6 * y6;
                u3 = (t & mask) * fold;
                t = (t >> 29) + s5 * y8 + s6 * y7;
                u4 = (t & mask) * fold;
                t = (t >> 29) + s6 * y8 + y7 * y7;
                u5 = (t & mask) * fold;
                t = (t >> 29) + s7 * y8;
                u6 = (t & mask) * fold;
                t = (t >> 29) + y8 * y8;
                u7 = (t & mask) * fold;
                u8 = (t >> 29) * fold;
                t = y0 * y0 + u0;
                b0 = t & mask;
                t = (t >> 29) + s0 * y1 + u1;
                b1 = t & mask;
                t = (t >> 29) + s0 * y2 + y1 * y1 + u2;
                b2 = t & mask;
                t = (t >> 29) + s0 * y3 + s1 * y2 + u3;
                b3 = t & mask;
                t = (t >> 29) + s0 * y4 + s1 * y3 + y2 * y2 + u4;
                b4 = t & mask;
                t = (t >> 29) + s0 * y5 + s1 * y4 + s2 * y3 + u5;
                b5 = t & mask;
                t = (t >> 29) + s0 * y6 + s1 * y5 + s2 * y4 + y3 * y3 + u6;
                b6 = t & mask;
                t = (t >> 29) + s0 * y7 + s1 * y6 + s2 * y5 + s3 * y4 + u7;
                b7 = t & mask;
                t = (t >> 29) + s0 * y8 + s1 * y7 + s2 * y6 + s3 * y5 + y4 * y4 + u8;
                b8 = t & mask;
                t = (t >> 29) * fold + b0;
                b0 = t & mask;
                b1 += t >> 29;

                // Z^2
                s0 = z0 << 1;
                s1 = z1 << 1;
                s2 = z2 << 1;
                s3 = z3 << 1;
                s4 = z4 << 1;
                s5 = z5 << 1;
                s6 = z6 << 1;
                s7 = z7 << 1;
                t = s1 * z8 + s2 * z7 + s3 * z6 + s4 * z5;
                u0 = (t & mask) * fold;
                t = (t >> 29) + s2 * z8 + s3 * z7 + s4 * z6 + z5 * z5;
                u1 = (t & mask) * fold;
                t = (t >> 29) + s3 * z8 + s4 * z7 + s5 * z6;
                u2 = (t & mask) * fold;
                t = (t >> 29) + s4 * z8 + s5 * z7 + z6 * z6;
                u3 = (t & mask) * fold;
                t = (t >> 29) + s5 * z8 + s6 * z7;
                u4 = (t & mask) * fold;
                t = (t >> 29) + s6 * z8 + z7 * z7;
                u5 = (t & mask) * fold;
                t = (t >> 29) + s7 * z8;
                u6 = (t & mask) * fold;
                t = (t >> 29) + z8 * z8;
                u7 = (t & mask) * fold;
                u8 = (t >> 29) * fold;
                t = z0 * z0 + u0;
                c0 = t & mask;
                t = (t >> 29) + s0 * z1 + u1;
                c1 = t & mask;
                t = (t >> 29) + s0 * z2 + z1 * z1 + u2;
                c2 = t & mask;
                t = (t >> 29) + s0 * z3 + s1 * z2 + u3;
                c3 = t & mask;
                t = (t >> 29) + s0 * z4 + s1 * z3 + z2 * z2 + u4;
                c4 = t & mask;
                t = (t >> 29) + s0 * z5 + s1 * z4 + s2 * z3 + u5;
                c5 = t & mask;
                t = (t >> 29) + s0 * z6 + s1 * z5 + s2 * z4 + z3 * z3 + u6;
                c6 = t & mask;
                t = (t >> 29) + s0 * z7 + s1 * z6 + s2 * z5 + s3 * z4 + u7;
                c7 = t & mask;
                t = (t >> 29) + s0 * z8 + s1 * z7 + s2 * z6 + s3 * z5 + z4 * z4 + u8;
                c8 = t & mask;
                t = (t >> 29) * fold + c0;
                c0 = t & mask;
                c1 += t >> 29;

                // E = -2XY, G = A - B, H = A + B, F = 2Z^2 + G
                e0 = least - (e0 << 1);
                e1 = mask - (e1 << 1);
                e2 = mask - (e2 << 1);
                e3 = mask - (e3 << 1);
                e4 = mask - (e4 << 1);
                e5 = mask - (e5 << 1);
                e6 = mask - (e6 << 1);
                e7 = mask - (e7 << 1);
                e8 = mask - (e8 << 1);
                g0 = a0 - b0;
                g1 = a1 - b1;
                g2 = a2 - b2;
                g3 = a3 - b3;
                g4 = a4 - b4;
                g5 = a5 - b5;
                g6 = a6 - b6;
                g7 = a7 - b7;
                g8 = a8 - b8;
                h0 = a0 + b0 - least;
                h1 = a1 + b1 - mask;
                h2 = a2 + b2 - mask;
                h3 = a3 + b3 - mask;
                h4 = a4 + b4 - mask;
                h5 = a5 + b5 - mask;
                h6 = a6 + b6 - mask;
                h7 = a7 + b7 - mask;
                h8 = a8 + b8 - mask;
                f0 = (c0 << 1) + g0 - least;
                f1 = (c1 << 1) + g1 - mask;
                f2 = (c2 << 1) + g2 - mask;
                f3 = (c3 << 1) + g3 - mask;
                f4 = (c4 << 1) + g4 - mask;
                f5 = (c5 << 1) + g5 - mask;
                f6 = (c6 << 1) + g6 - mask;
                f7 = (c7 << 1) + g7 - mask;
                f8 = (c8 << 1) + g8 - mask;

                // X = E * F
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
                x0 = t & mask;
                t = (t >> 29) + e0 * f1 + e1 * f0 + u1;
                x1 = t & mask;
                t = (t >> 29) + e0 * f2 + e1 * f1 + e2 * f0 + u2;
                x2 = t & mask;
                t = (t >> 29) + e0 * f3 + e1 * f2 + e2 * f1 + e3 * f0 + u3;
                x3 = t & mask;
                t = (t >> 29) + e0 * f4 + e1 * f3 + e2 * f2 + e3 * f1 + e4 * f0 + u4;
                x4 = t & mask;
                t = (t >> 29) + e0 * f5 + e1 * f4 + e2 * f3 + e3 * f2 + e4 * f1 + e5 * f0 + u5;
                x5 = t & mask;
                t = (t >> 29) + e0 * f6 + e1 * f5 + e2 * f4 + e3 * f3 + e4 * f2 + e5 * f1 + e6 * f0 + u6;
                x6 = t & mask;
                t = (t >> 29) + e0 * f7 + e1 * f6 + e2 * f5 + e3 * f4 + e4 * f3 + e5 * f2 + e6 * f1 + e7 * f0 + u7;
                x7 = t & mask;
                t = (t >> 29) + e0 * f8 + e1 * f7 + e2 * f6 + e3 * f5 + e4 * f4 + e5 * f3 + e6 * f2 + e7 * f1 + e8 * f0 + u8;
                x8 = t & mask;
                t = (t >> 29) * fold + x0;
                x0 = t & mask;
                x1 += t >> 29;

                // Y = G * H
                t = g1 * h8 + g2 * h7 + g3 * h6 + g4 * h5 + g5 * h4 + g6 * h3 + g7 * h2 + g8 * h1;
                u0 = (t & mask) * fold;
                t = (t >> 29) + g2 * h8 + g3 * h7 + g4 * h6 + g5 * h5 + g6 * h4 + g7 * h3 + g8 * h2;
                u1 = (t & mask) * fold;
                t = (t >> 29) + g3 * h8 + g4 * h7 + g5 * h6 + g6 * h5 + g7 * h4 + g8 * h3;
                u2 = (t & mask) * fold;
                t = (t >> 29) + g4 * h8 + g5 * h7 + g6 * h6 + g7 * h5 + g8 * h4;
                u3 = (t & mask) * fold;
                t = (t >> 29) + g5 * h8 + g6 * h7 + g7 * h6 + g8 * h5;
                u4 = (t & mask) * fold;
                t = (t >> 29) + g6 * h8 + g7 * h7 + g8 * h6;
                u5 = (t & mask) * fold;
                t = (t >> 29) + g7 * h8 + g8 * h7;
                u6 = (t & mask) * fold;
                t = (t >> 29) + g8 * h8;
                u7 = (t & mask) * fold;
                u8 = (t >> 29) * fold;
                t = g0 * h0 + u0;
                y0 = t & mask;
                t = (t >> 29) + g0 * h1 + g1 * h0 + u1;
                y1 = t & mask;
                t = (t >> 29) + g0 * h2 + g1 * h1 + g2 * h0 + u2;
                y2 = t & mask;
                t = (t >> 29) + g0 * h3 + g1 * h2 + g2 * h1 + g3 * h0 + u3;
                y3 = t & mask;
                t = (t >> 29) + g0 * h4 + g1 * h3 + g2 * h2 + g3 * h1 + g4 * h0 + u4;
                y4 = t & mask;
                t = (t >> 29) + g0 * h5 + g1 * h4 + g2 * h3 + g3 * h2 + g4 * h1 + g5 * h0 + u5;
                y5 = t & mask;
                t = (t >> 29) + g0 * h6 + g1 * h5 + g2 * h4 + g3 * h3 + g4 * h2 + g5 * h1 + g6 * h0 + u6;
                y6 = t & mask;
                t = (t >> 29) + g0 * h7 + g1 * h6 + g2 * h5 + g3 * h4 + g4 * h3 + g5 * h2 + g6 * h1 + g7 * h0 + u7;
                y7 = t & mask;
                t = (t >> 29) + g0 * h8 + g1 * h7 + g2 * h6 + g3 * h5 + g4 * h4 + g5 * h3 + g6 * h2 + g7 * h1 + g8 * h0 + u8;
                y8 = t & mask;
                t = (t >> 29) * fold + y0;
                y0 = t & mask;
                y1 += t >> 29;

                // Z = F * G
                t = f1 * g8 + f2 * g7 + f3 * g6 + f4 * g5 + f5 * g4 + f6 * g3 + f7 * g2 + f8 * g1;
                u0 = (t & mask) * fold;
                t = (t >> 29) + f2 * g8 + f3 * g7 + f4 * g6 + f5 * g5 + f6 * g4 + f7 * g3 + f8 * g2;
                u1 = (t & mask) * fold;
                t = (t >> 29) + f3 * g8 + f4 * g7 + f5 * g6 + f6 * g5 + f7 * g4 + f8 * g3;
                u2 = (t & mask) * fold;
                t = (t >> 29) + f4 * g8 + f5 * g7 + f6 * g6 + f7 * g5 + f8 * g4;
                u3 = (t & mask) * fold;
                t = (t >> 29) + f5 * g8 + f6 * g7 + f7 * g6 + f8 * g5;
                u4 = (t & mask) * fold;
                t = (t >> 29) + f6 * g8 + f7 * g7 + f8 * g6;
                u5 = (t & mask) * fold;
                t = (t >> 29) + f7 * g8 + f8 * g7;
                u6 = (t & mask) * fold;
                t = (t >> 29) + f8 * g8;
                u7 = (t & mask) * fold;
                u8 = (t >> 29) * fold;
                t = f0 * g0 + u0;
                z0 = t & mask;
                t = (t >> 29) + f0 * g1 + f1 * g0 + u1;
                z1 = t & mask;
                t = (t >> 29) + f0 * g2 + f1 * g1 + f2 * g0 + u2;
                z2 = t & mask;
                t = (t >> 29) + f0 * g3 + f1 * g2 + f2 * g1 + f3 * g0 + u3;
                z3 = t & mask;
                t = (t >> 29) + f0 * g4 + f1 * g3 + f2 * g2 + f3 * g1 + f4 * g0 + u4;
                z4 = t & mask;
                t = (t >> 29) + f0 * g5 + f1 * g4 + f2 * g3 + f3 * g2 + f4 * g1 + f5 * g0 + u5;
                z5 = t & mask;
                t = (t >> 29) + f0 * g6 + f1 * g5 + f2 * g4 + f3 * g3 + f4 * g2 + f5 * g1 + f6 * g0 + u6;
                z6 = t & mask;
                t = (t >> 29) + f0 * g7 + f1 * g6 + f2 * g5 + f3 * g4 + f4 * g3 + f5 * g2 + f6 * g1 + f7 * g0 + u7;
                z7 = t & mask;
                t = (t >> 29) + f0 * g8 + f1 * g7 + f2 * g6 + f3 * g5 + f4 * g4 + f5 * g3 + f6 * g2 + f7 * g1 + f8 * g0 + u8;
                z8 = t & mask;
                t = (t >> 29) * fold + z0;
                z0 = t & mask;
                z1 += t >> 29;
            } while (--times != 0);

            pointX[0] = x0;
            pointX[1] = x1;
            pointX[2] = x2;
            pointX[3] = x3;
            pointX[4] = x4;
            pointX[5] = x5;
            pointX[6] = x6;
            pointX[7] = x7;
            pointX[8] = x8;
            pointY[0] = y0;
            pointY[1] = y1;
            pointY[2] = y2;
            pointY[3] = y3;
            pointY[4] = y4;
            pointY[5] = y5;
            pointY[6] = y6;
            pointY[7] = y7;
            pointY[8] = y8;
            pointZ[0] = z0;
            pointZ[1] = z1;
            pointZ[2] = z2;
            pointZ[3] = z3;
            pointZ[4] = z4;
            pointZ[5] = z5;
            pointZ[6] = z6;
            pointZ[7] = z7;
            pointZ[8] = z8;

            if (extended)
            {
                // T = E * H
                t = e1 * h8 + e2 * h7 + e3 * h6 + e4 * h5 + e5 * h4 + e6 * h3 + e7 * h2 + e8 * h1;
                u0 = (t & mask) * fold;
                t = (t >> 29) + e2 * h8 + e3 * h7 + e4 * h6 + e5 * h5 + e6 * h4 + e7 * h3 + e8 * h2;
                u1 = (t & mask) * fold;
                t = (t >> 29) + e3 * h8 + e4 * h7 + e5 * h6 + e6 * h5 + e7 * h4 + e8 * h3;
                u2 = (t & mask) * fold;
                t = (t >> 29) + e4 * h8 + e5 * h7 + e6 * h6 + e7 * h5 + e8 * h4;
                u3 = (t & mask) * fold;
                t = (t >> 29) + e5 * h8 + e6 * h7 + e7 * h6 + e8 * h5;
                u4 = (t & mask) * fold;
                t = (t >> 29) + e6 * h8 + e7 * h7 + e8 * h6;
                u5 = (t & mask) * fold;
                t = (t >> 29) + e7 * h8 + e8 * h7;
                u6 = (t & mask) * fold;
                t = (t >> 29) + e8 * h8;
                u7 = (t & mask) * fold;
                u8 = (t >> 29) * fold;
                t = e0 * h0 + u0;
                a0 = t & mask;
                t = (t >> 29) + e0 * h1 + e1 * h0 + u1;
                a1 = t & mask;
                t = (t >> 29) + e0 * h2 + e1 * h1 + e2 * h0 + u2;
                a2 = t & mask;
                t = (t >> 29) + e0 * h3 + e1 * h2 + e2 * h1 + e3 * h0 + u3;
                a3 = t & mask;
                t = (t >> 29) + e0 * h4 + e1 * h3 + e2 * h2 + e3 * h1 + e4 * h0 + u4;
                a4 = t & mask;
                t = (t >> 29) + e0 * h5 + e1 * h4 + e2 * h3 + e3 * h2 + e4 * h1 + e5 * h0 + u5;
                a5 = t & mask;
                t = (t >> 29) + e0 * h6 + e1 * h5 + e2 * h4 + e3 * h3 + e4 * h2 + e5 * h1 + e6 * h0 + u6;
                a6 = t & mask;
                t = (t >> 29) + e0 * h7 + e1 * h6 + e2 * h5 + e3 * h4 + e4 * h3 + e5 * h2 + e6 * h1 + e7 * h0 + u7;
                a7 = t & mask;
                t = (t >> 29) + e0 * h8 + e1 * h7 + e2 * h6 + e3 * h5 + e4 * h4 + e5 * h3 + e6 * h2 + e7 * h1 + e8 * h0 + u8;
                a8 = t & mask;
                t = (t >> 29) * fold + a0;
                a0 = t & mask;
                a1 += t >> 29;
                long[] pointT = T;
                pointT[0] = a0;
                pointT[1] = a1;
                pointT[2] = a2;
                pointT[3] = a3;
                pointT[4] = a4;
                pointT[5] = a5;
                pointT[6] = a6;
                pointT[7] = a7;
                pointT[8] = a8;
            }
        }
    }
}
