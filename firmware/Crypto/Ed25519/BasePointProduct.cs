// SPDX-License-Identifier: MIT

namespace Lapel.Crypto
{
    /// <summary>
    /// The encoded product of the base point and a secret scalar, in 31 slices of at most 12,900 instructions, 290,000 in all. The same
    /// instructions run for every scalar.
    /// </summary>
    internal sealed class BasePointProduct
    {
        private readonly BaseComb _comb = new BaseComb();
        private readonly EdwardsPoint _point = new EdwardsPoint();
        private readonly PointEncoder _encoder = new PointEncoder();
        private long[] _scalar;
        private int _offset;
        private bool _upper;

        /// <summary>The encoded product, once <see cref="Step"/> has returned false.</summary>
        public byte[] Encoded
        {
            get { return _encoder.Encoded; }
        }

        /// <summary>Starts with a canonical scalar, which stays as it is until the first slice is done.</summary>
        public void Begin(long[] scalar)
        {
            _scalar = scalar;
            _offset = BaseComb.Offsets - 1;
            _upper = true;
        }

        /// <summary>One slice; true while more is needed. After the last, nothing of the scalar is left here.</summary>
        public bool Step()
        {
            if (_scalar != null)
            {
                _comb.Load(_scalar);
                _point.SetNeutral();
                _scalar = null;
                return true;
            }

            if (_offset >= 0)
            {
                StepComb();
                return true;
            }

            if (_encoder.Step())
            {
                return true;
            }

            // The projective coordinates would tell something of the scalar: only the encoding stays.
            _encoder.Wipe();
            _comb.Wipe();
            _point.SetNeutral();
            return false;
        }

        private void StepComb()
        {
            if (_upper && _offset != BaseComb.Offsets - 1)
            {
                _point.Double(1, true);
            }

            _comb.AddHalf(_point, _offset, _upper);
            if (!_upper)
            {
                _offset--;
            }

            _upper = !_upper;
            if (_offset < 0)
            {
                _encoder.Begin(_point);
            }
        }
    }
}
