// SPDX-License-Identifier: MIT

namespace Lapel.Crypto
{
    internal sealed partial class EdwardsPoint
    {
        /// <summary>
        /// Adds the first <paramref name="count"/> operands (see <see cref="PointOperand"/>), all affine or all projective.
        /// </summary>
        /// <remarks>
        /// Complete: right for every pair of points, equal, opposite or neutral ones included (Hisil, Wong, Carter, Dawson 2008, 3.1, a =
        /// -1). Needs X, Y, Z and T; T of the sum is made only when <paramref name="extended"/>, because a doubling does not read it.
        /// Written out over locals, without a call or an array inside: each field multiplication is then some 520 instructions of the
        /// interpreter.
        /// </remarks>
        public void Add(int[][] operands, int count, bool projective, bool extended)
        {
            long mask = Field.LimbMask;
            long least = Field.LeastBias;
            long fold = Field.Fold;
            long[] pointX = X;
            long[] pointY = Y;
            long[] pointZ = Z;
            long[] pointT = T;
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
            long w0 = pointT[0];
            long w1 = pointT[1];
            long w2 = pointT[2];
            long w3 = pointT[3];
            long w4 = pointT[4];
            long w5 = pointT[5];
            long w6 = pointT[6];
            long w7 = pointT[7];
            long w8 = pointT[8];
            long p0,
                p1,
                p2,
                p3,
                p4,
                p5,
                p6,
                p7,
                p8;
            long q0,
                q1,
                q2,
                q3,
                q4,
                q5,
                q6,
                q7,
                q8;
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

            for (int i = 0; i < count; i++)
            {
                int[] operand = operands[i];

                // A = (Y - X) * (y - x)
                p0 = y0 - x0;
                p1 = y1 - x1;
                p2 = y2 - x2;
                p3 = y3 - x3;
                p4 = y4 - x4;
                p5 = y5 - x5;
                p6 = y6 - x6;
                p7 = y7 - x7;
                p8 = y8 - x8;
                q0 = operand[9];
                q1 = operand[10];
                q2 = operand[11];
                q3 = operand[12];
                q4 = operand[13];
                q5 = operand[14];
                q6 = operand[15];
                q7 = operand[16];
                q8 = operand[17];
                t = p1 * q8 + p2 * q7 + p3 * q6 + p4 * q5 + p5 * q4 + p6 * q3 + p7 * q2 + p8 * q1;
                u0 = (t & mask) * fold;
                t = (t >> 29) + p2 * q8 + p3 * q7 + p4 * q6 + p5 * q5 + p6 * q4 + p7 * q3 + p8 * q2;
                u1 = (t & mask) * fold;
                t = (t >> 29) + p3 * q8 + p4 * q7 + p5 * q6 + p6 * q5 + p7 * q4 + p8 * q3;
                u2 = (t & mask) * fold;
                t = (t >> 29) + p4 * q8 + p5 * q7 + p6 * q6 + p7 * q5 + p8 * q4;
                u3 = (t & mask) * fold;
                t = (t >> 29) + p5 * q8 + p6 * q7 + p7 * q6 + p8 * q5;
                u4 = (t & mask) * fold;
                t = (t >> 29) + p6 * q8 + p7 * q7 + p8 * q6;
                u5 = (t & mask) * fold;
                t = (t >> 29) + p7 * q8 + p8 * q7;
                u6 = (t & mask) * fold;
                t = (t >> 29) + p8 * q8;
                u7 = (t & mask) * fold;
                u8 = (t >> 29) * fold;
                t = p0 * q0 + u0;
                a0 = t & mask;
                t = (t >> 29) + p0 * q1 + p1 * q0 + u1;
                a1 = t & mask;
                t = (t >> 29) + p0 * q2 + p1 * q1 + p2 * q0 + u2;
                a2 = t & mask;
                t = (t >> 29) + p0 * q3 + p1 * q2 + p2 * q1 + p3 * q0 + u3;
                a3 = t & mask;
                t = (t >> 29) + p0 * q4 + p1 * q3 + p2 * q2 + p3 * q1 + p4 * q0 + u4;
                a4 = t & mask;
                t = (t >> 29) + p0 * q5 + p1 * q4 + p2 * q3 + p3 * q2 + p4 * q1 + p5 * q0 + u5;
                a5 = t & mask;
                t = (t >> 29) + p0 * q6 + p1 * q5 + p2 * q4 + p3 * q3 + p4 * q2 + p5 * q1 + p6 * q0 + u6;
                a6 = t & mask;
                t = (t >> 29) + p0 * q7 + p1 * q6 + p2 * q5 + p3 * q4 + p4 * q3 + p5 * q2 + p6 * q1 + p7 * q0 + u7;
                a7 = t & mask;
                t = (t >> 29) + p0 * q8 + p1 * q7 + p2 * q6 + p3 * q5 + p4 * q4 + p5 * q3 + p6 * q2 + p7 * q1 + p8 * q0 + u8;
                a8 = t & mask;
                t = (t >> 29) * fold + a0;
                a0 = t & mask;
                a1 += t >> 29;

                // B = (Y + X) * (y + x)
                p0 = y0 + x0;
                p1 = y1 + x1;
                p2 = y2 + x2;
                p3 = y3 + x3;
                p4 = y4 + x4;
                p5 = y5 + x5;
                p6 = y6 + x6;
                p7 = y7 + x7;
                p8 = y8 + x8;
                q0 = operand[0];
                q1 = operand[1];
                q2 = operand[2];
                q3 = operand[3];
                q4 = operand[4];
                q5 = operand[5];
                q6 = operand[6];
                q7 = operand[7];
                q8 = operand[8];
                t = p1 * q8 + p2 * q7 + p3 * q6 + p4 * q5 + p5 * q4 + p6 * q3 + p7 * q2 + p8 * q1;
                u0 = (t & mask) * fold;
                t = (t >> 29) + p2 * q8 + p3 * q7 + p4 * q6 + p5 * q5 + p6 * q4 + p7 * q3 + p8 * q2;
                u1 = (t & mask) * fold;
                t = (t >> 29) + p3 * q8 + p4 * q7 + p5 * q6 + p6 * q5 + p7 * q4 + p8 * q3;
                u2 = (t & mask) * fold;
                t = (t >> 29) + p4 * q8 + p5 * q7 + p6 * q6 + p7 * q5 + p8 * q4;
                u3 = (t & mask) * fold;
                t = (t >> 29) + p5 * q8 + p6 * q7 + p7 * q6 + p8 * q5;
                u4 = (t & mask) * fold;
                t = (t >> 29) + p6 * q8 + p7 * q7 + p8 * q6;
                u5 = (t & mask) * fold;
                t = (t >> 29) + p7 * q8 + p8 * q7;
                u6 = (t & mask) * fold;
                t = (t >> 29) + p8 * q8;
                u7 = (t & mask) * fold;
                u8 = (t >> 29) * fold;
                t = p0 * q0 + u0;
                b0 = t & mask;
                t = (t >> 29) + p0 * q1 + p1 * q0 + u1;
                b1 = t & mask;
                t = (t >> 29) + p0 * q2 + p1 * q1 + p2 * q0 + u2;
                b2 = t & mask;
                t = (t >> 29) + p0 * q3 + p1 * q2 + p2 * q1 + p3 * q0 + u3;
                b3 = t & mask;
                t = (t >> 29) + p0 * q4 + p1 * q3 + p2 * q2 + p3 * q1 + p4 * q0 + u4;
                b4 = t & mask;
                t = (t >> 29) + p0 * q5 + p1 * q4 + p2 * q3 + p3 * q2 + p4 * q1 + p5 * q0 + u5;
                b5 = t & mask;
                t = (t >> 29) + p0 * q6 + p1 * q5 + p2 * q4 + p3 * q3 + p4 * q2 + p5 * q1 + p6 * q0 + u6;
                b6 = t & mask;
                t = (t >> 29) + p0 * q7 + p1 * q6 + p2 * q5 + p3 * q4 + p4 * q3 + p5 * q2 + p6 * q1 + p7 * q0 + u7;
                b7 = t & mask;
                t = (t >> 29) + p0 * q8 + p1 * q7 + p2 * q6 + p3 * q5 + p4 * q4 + p5 * q3 + p6 * q2 + p7 * q1 + p8 * q0 + u8;
                b8 = t & mask;
                t = (t >> 29) * fold + b0;
                b0 = t & mask;
                b1 += t >> 29;

                // C = T * 2dt, with the sign of the operand: a mask of all zeros or all ones
                int sign = operand[PointOperand.Sign];
                q0 = (operand[18] ^ sign) - sign;
                q1 = (operand[19] ^ sign) - sign;
                q2 = (operand[20] ^ sign) - sign;
                q3 = (operand[21] ^ sign) - sign;
                q4 = (operand[22] ^ sign) - sign;
                q5 = (operand[23] ^ sign) - sign;
                q6 = (operand[24] ^ sign) - sign;
                q7 = (operand[25] ^ sign) - sign;
                q8 = (operand[26] ^ sign) - sign;
                t = w1 * q8 + w2 * q7 + w3 * q6 + w4 * q5 + w5 * q4 + w6 * q3 + w7 * q2 + w8 * q1;
                u0 = (t & mask) * fold;
                t = (t >> 29) + w2 * q8 + w3 * q7 + w4 * q6 + w5 * q5 + w6 * q4 + w7 * q3 + w8 * q2;
                u1 = (t & mask) * fold;
                t = (t >> 29) + w3 * q8 + w4 * q7 + w5 * q6 + w6 * q5 + w7 * q4 + w8 * q3;
                u2 = (t & mask) * fold;
                t = (t >> 29) + w4 * q8 + w5 * q7 + w6 * q6 + w7 * q5 + w8 * q4;
                u3 = (t & mask) * fold;
                t = (t >> 29) + w5 * q8 + w6 * q7 + w7 * q6 + w8 * q5;
                u4 = (t & mask) * fold;
                t = (t >> 29) + w6 * q8 + w7 * q7 + w8 * q6;
                u5 = (t & mask) * fold;
                t = (t >> 29) + w7 * q8 + w8 * q7;
                u6 = (t & mask) * fold;
                t = (t >> 29) + w8 * q8;
                u7 = (t & mask) * fold;
                u8 = (t >> 29) * fold;
                t = w0 * q0 + u0;
                c0 = t & mask;
                t = (t >> 29) + w0 * q1 + w1 * q0 + u1;
                c1 = t & mask;
                t = (t >> 29) + w0 * q2 + w1 * q1 + w2 * q0 + u2;
                c2 = t & mask;
                t = (t >> 29) + w0 * q3 + w1 * q2 + w2 * q1 + w3 * q0 + u3;
                c3 = t & mask;
                t = (t >> 29) + w0 * q4 + w1 * q3 + w2 * q2 + w3 * q1 + w4 * q0 + u4;
                c4 = t & mask;
                t = (t >> 29) + w0 * q5 + w1 * q4 + w2 * q3 + w3 * q2 + w4 * q1 + w5 * q0 + u5;
                c5 = t & mask;
                t = (t >> 29) + w0 * q6 + w1 * q5 + w2 * q4 + w3 * q3 + w4 * q2 + w5 * q1 + w6 * q0 + u6;
                c6 = t & mask;
                t = (t >> 29) + w0 * q7 + w1 * q6 + w2 * q5 + w3 * q4 + w4 * q3 + w5 * q2 + w6 * q1 + w7 * q0 + u7;
                c7 = t & mask;
                t = (t >> 29) + w0 * q8 + w1 * q7 + w2 * q6 + w3 * q5 + w4 * q4 + w5 * q3 + w6 * q2 + w7 * q1 + w8 * q0 + u8;
                c8 = t & mask;
                t = (t >> 29) * fold + c0;
                c0 = t & mask;
                c1 += t >> 29;

                // D = Z * 2z: an affine operand is scaled by one half, so that D is Z
                if (projective)
                {
                    q0 = operand[27];
                    q1 = operand[28];
                    q2 = operand[29];
                    q3 = operand[30];
                    q4 = operand[31];
                    q5 = operand[32];
                    q6 = operand[33];
                    q7 = operand[34];
                    q8 = operand[35];
                    t = z1 * q8 + z2 * q7 + z3 * q6 + z4 * q5 + z5 * q4 + z6 * q3 + z7 * q2 + z8 * q1;
                    u0 = (t & mask) * fold;
                    t = (t >> 29) + z2 * q8 + z3 * q7 + z4 * q6 + z5 * q5 + z6 * q4 + z7 * q3 + z8 * q2;
                    u1 = (t & mask) * fold;
                    t = (t >> 29) + z3 * q8 + z4 * q7 + z5 * q6 + z6 * q5 + z7 * q4 + z8 * q3;
                    u2 = (t & mask) * fold;
                    t = (t >> 29) + z4 * q8 + z5 * q7 + z6 * q6 + z7 * q5 + z8 * q4;
                    u3 = (t & mask) * fold;
                    t = (t >> 29) + z5 * q8 + z6 * q7 + z7 * q6 + z8 * q5;
                    u4 = (t & mask) * fold;
                    t = (t >> 29) + z6 * q8 + z7 * q7 + z8 * q6;
                    u5 = (t & mask) * fold;
                    t = (t >> 29) + z7 * q8 + z8 * q7;
                    u6 = (t & mask) * fold;
                    t = (t >> 29) + z8 * q8;
                    u7 = (t & mask) * fold;
                    u8 = (t >> 29) * fold;
                    t = z0 * q0 + u0;
                    p0 = t & mask;
                    t = (t >> 29) + z0 * q1 + z1 * q0 + u1;
                    p1 = t & mask;
                    t = (t >> 29) + z0 * q2 + z1 * q1 + z2 * q0 + u2;
                    p2 = t & mask;
                    t = (t >> 29) + z0 * q3 + z1 * q2 + z2 * q1 + z3 * q0 + u3;
                    p3 = t & mask;
                    t = (t >> 29) + z0 * q4 + z1 * q3 + z2 * q2 + z3 * q1 + z4 * q0 + u4;
                    p4 = t & mask;
                    t = (t >> 29) + z0 * q5 + z1 * q4 + z2 * q3 + z3 * q2 + z4 * q1 + z5 * q0 + u5;
                    p5 = t & mask;
                    t = (t >> 29) + z0 * q6 + z1 * q5 + z2 * q4 + z3 * q3 + z4 * q2 + z5 * q1 + z6 * q0 + u6;
                    p6 = t & mask;
                    t = (t >> 29) + z0 * q7 + z1 * q6 + z2 * q5 + z3 * q4 + z4 * q3 + z5 * q2 + z6 * q1 + z7 * q0 + u7;
                    p7 = t & mask;
                    t = (t >> 29) + z0 * q8 + z1 * q7 + z2 * q6 + z3 * q5 + z4 * q4 + z5 * q3 + z6 * q2 + z7 * q1 + z8 * q0 + u8;
                    p8 = t & mask;
                    t = (t >> 29) * fold + p0;
                    p0 = t & mask;
                    p1 += t >> 29;
                    z0 = p0;
                    z1 = p1;
                    z2 = p2;
                    z3 = p3;
                    z4 = p4;
                    z5 = p5;
                    z6 = p6;
                    z7 = p7;
                    z8 = p8;
                }

                // E = B - A, H = B + A, F = D - C, G = D + C
                e0 = b0 - a0;
                e1 = b1 - a1;
                e2 = b2 - a2;
                e3 = b3 - a3;
                e4 = b4 - a4;
                e5 = b5 - a5;
                e6 = b6 - a6;
                e7 = b7 - a7;
                e8 = b8 - a8;
                h0 = b0 + a0 - least;
                h1 = b1 + a1 - mask;
                h2 = b2 + a2 - mask;
                h3 = b3 + a3 - mask;
                h4 = b4 + a4 - mask;
                h5 = b5 + a5 - mask;
                h6 = b6 + a6 - mask;
                h7 = b7 + a7 - mask;
                h8 = b8 + a8 - mask;
                f0 = z0 - c0;
                f1 = z1 - c1;
                f2 = z2 - c2;
                f3 = z3 - c3;
                f4 = z4 - c4;
                f5 = z5 - c5;
                f6 = z6 - c6;
                f7 = z7 - c7;
                f8 = z8 - c8;
                g0 = z0 + c0;
                g1 = z1 + c1;
                g2 = z2 + c2;
                g3 = z3 + c3;
                g4 = z4 + c4;
                g5 = z5 + c5;
                g6 = z6 + c6;
                g7 = z7 + c7;
                g8 = z8 + c8;

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

                // T = E * H
                if (extended || i + 1 != count)
                {
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
                    w0 = t & mask;
                    t = (t >> 29) + e0 * h1 + e1 * h0 + u1;
                    w1 = t & mask;
                    t = (t >> 29) + e0 * h2 + e1 * h1 + e2 * h0 + u2;
                    w2 = t & mask;
                    t = (t >> 29) + e0 * h3 + e1 * h2 + e2 * h1 + e3 * h0 + u3;
                    w3 = t & mask;
                    t = (t >> 29) + e0 * h4 + e1 * h3 + e2 * h2 + e3 * h1 + e4 * h0 + u4;
                    w4 = t & mask;
                    t = (t >> 29) + e0 * h5 + e1 * h4 + e2 * h3 + e3 * h2 + e4 * h1 + e5 * h0 + u5;
                    w5 = t & mask;
                    t = (t >> 29) + e0 * h6 + e1 * h5 + e2 * h4 + e3 * h3 + e4 * h2 + e5 * h1 + e6 * h0 + u6;
                    w6 = t & mask;
                    t = (t >> 29) + e0 * h7 + e1 * h6 + e2 * h5 + e3 * h4 + e4 * h3 + e5 * h2 + e6 * h1 + e7 * h0 + u7;
                    w7 = t & mask;
                    t = (t >> 29) + e0 * h8 + e1 * h7 + e2 * h6 + e3 * h5 + e4 * h4 + e5 * h3 + e6 * h2 + e7 * h1 + e8 * h0 + u8;
                    w8 = t & mask;
                    t = (t >> 29) * fold + w0;
                    w0 = t & mask;
                    w1 += t >> 29;
                }
            }

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
            pointT[0] = w0;
            pointT[1] = w1;
            pointT[2] = w2;
            pointT[3] = w3;
            pointT[4] = w4;
            pointT[5] = w5;
            pointT[6] = w6;
            pointT[7] = w7;
            pointT[8] = w8;
        }
    }
}
