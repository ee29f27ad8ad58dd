// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Hal.Virtual
{
    /// <summary>Where faults of one kind fall among the bytes that pass: independently of each other, so at exponential gaps.</summary>
    internal sealed class FaultGap
    {
        private readonly Random _random;
        private readonly double _rate;
        private long _left;

        /// <param name="rate">Faults per <see cref="LineFaults.Per"/> bytes.</param>
        /// <param name="random">Their seed's generator.</param>
        public FaultGap(double rate, Random random)
        {
            _random = random;
            _rate = rate;
            _left = Next();
        }

        /// <summary>Bytes until the next fault, itself not counted.</summary>
        public long Left => _left;

        /// <summary>Bytes pass without a fault.</summary>
        public void Pass(long bytes) => _left -= bytes;

        /// <summary>The fault falls.</summary>
        public void Fall() => _left = Next();

        /// <summary>Bytes pass; whether at least one fault fell among them.</summary>
        public bool FallsWithin(long bytes)
        {
            if (_left >= bytes)
            {
                _left -= bytes;
                return false;
            }

            _left = Next();
            return true;
        }

        private long Next() => _rate <= 0 ? long.MaxValue / 2 : (long)(-Math.Log(1 - _random.NextDouble()) * LineFaults.Per / _rate);
    }
}
