// SPDX-License-Identifier: MIT

using System;
using System.IO;

namespace Lapel.Hal.Virtual
{
    /// <summary>Damage to one direction of a line, from a seed.</summary>
    internal sealed class LineNoise
    {
        private readonly LineFaults _faults;
        private readonly Random _random;
        private readonly double _all;
        private readonly FaultGap _gap;

        public LineNoise(LineFaults faults, int seed)
        {
            _faults = faults;
            _random = new Random(seed);
            _all = faults.Flip + faults.Drop + faults.Insert;
            _gap = new FaultGap(_all, _random);
        }

        /// <summary>What arrives of what was sent.</summary>
        public byte[] Pass(ReadOnlySpan<byte> sent)
        {
            if (_gap.Left >= sent.Length)
            {
                _gap.Pass(sent.Length);
                return sent.ToArray();
            }

            var arrived = new MemoryStream(sent.Length + 4);
            int at = 0;
            while (at + _gap.Left < sent.Length)
            {
                int clean = (int)_gap.Left;
                arrived.Write(sent.Slice(at, clean));
                at += clean;
                Damage(arrived, sent[at++]);
                _gap.Fall();
            }

            arrived.Write(sent[at..]);
            _gap.Pass(sent.Length - at);
            return arrived.ToArray();
        }

        private void Damage(MemoryStream arrived, byte hit)
        {
            double kind = _random.NextDouble() * _all;
            if (kind < _faults.Flip)
            {
                arrived.WriteByte((byte)(hit ^ (1 << _random.Next(8))));
            }
            else if (kind >= _faults.Flip + _faults.Drop)
            {
                arrived.WriteByte((byte)_random.Next(256));
                arrived.WriteByte(hit);
            }
        }
    }
}
