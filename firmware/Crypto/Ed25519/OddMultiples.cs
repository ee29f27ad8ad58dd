// SPDX-License-Identifier: MIT

namespace Lapel.Crypto
{
    /// <summary>
    /// The odd multiples 1, 3, ... 15 of a public point, in slices, as operands for additions of signed five-bit digits. Not for secrets.
    /// </summary>
    internal sealed class OddMultiples
    {
        private const int Count = 8;

        private readonly int[][] _operands = new int[Count][];
        private readonly int[][] _chosen = { new int[PointOperand.Length] };
        private readonly int[][] _twice = { new int[PointOperand.Length] };
        private readonly EdwardsPoint _point = new EdwardsPoint();
        private readonly EdwardsPoint _sum = new EdwardsPoint();
        private readonly long[] _scratch = new long[Field.Limbs];
        private int _made;

        /// <summary>Room for the multiples.</summary>
        public OddMultiples()
        {
            for (int i = 0; i < Count; i++)
            {
                _operands[i] = new int[PointOperand.Length];
            }
        }

        /// <summary>Starts with a point, of which a copy is taken.</summary>
        public void Begin(EdwardsPoint point)
        {
            _point.Set(point);
            _made = 0;
        }

        /// <summary>One slice, one multiple, about 7,000 instructions; true while more is needed.</summary>
        public bool Step()
        {
            if (_made == 0)
            {
                Write(_operands[0], _point);
                _sum.Set(_point);
                _point.Double(1, true);
                Write(_twice[0], _point);
            }
            else
            {
                _sum.Add(_twice, 1, true, true);
                Write(_operands[_made], _sum);
            }

            _made++;
            return _made < Count;
        }

        /// <summary>Adds digit times the point. The digit is odd, -15 to 15. T is made only when extended.</summary>
        public void AddTo(EdwardsPoint sum, int digit, bool extended)
        {
            int[] source = _operands[(digit < 0 ? -digit : digit) >> 1];
            int[] chosen = _chosen[0];
            int swap = digit < 0 ? Field.Limbs : 0;
            System.Array.Copy(source, 0, chosen, swap, Field.Limbs);
            System.Array.Copy(source, Field.Limbs, chosen, Field.Limbs - swap, Field.Limbs);
            System.Array.Copy(source, PointOperand.Product, chosen, PointOperand.Product, PointOperand.Sign - PointOperand.Product);
            chosen[PointOperand.Sign] = digit >> 31;
            sum.Add(_chosen, 1, true, extended);
        }

        private void Write(int[] operand, EdwardsPoint point)
        {
            long[] x = point.X;
            long[] y = point.Y;
            long[] z = point.Z;
            Field.Multiply(_scratch, point.T, EdwardsPoint.TwiceD);
            for (int i = 0; i < Field.Limbs; i++)
            {
                // Y + X is brought back to 1 unit by 64 p; 2 Z may have limbs of 2.
                long bias = i == 0 ? Field.LeastBias : Field.LimbMask;
                operand[i] = (int)(y[i] + x[i] - bias);
                operand[Field.Limbs + i] = (int)(y[i] - x[i]);
                operand[PointOperand.Product + i] = (int)_scratch[i];
                operand[PointOperand.Denominator + i] = (int)(z[i] << 1);
            }
        }
    }
}
