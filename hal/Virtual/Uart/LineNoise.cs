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
        private long _untilNext;

        public LineNoise(LineFaults faults, int seed)
        {
            _faults = faults;
            _random = new Random(seed);
            _all = faults.Flip + faults.Drop + faults.Insert;
            _untilNext = Gap();
        }

        /// <summary>What arrives of what was sent.</summary>
        public byte[] Pass(ReadOnlySpan<byte> sent)
        {
            if (_untilNext >= sent.Length)
            {
                _untilNext -= sent.Length;
                return sent.ToArray();
            }

            var arrived = new MemoryStream(sent.Length + 4);
            int at = 0;
            while (at + _untilNext < sent.Length)
            {
                arrived.Write(sent.Slice(at, (int)_untilNext));
                at += (int)_untilNext;
                Damage(arrived, sent[at++]);
                _untilNext = Gap();
            }

            arrived.Write(sent[at..]);
            _untilNext -= sent.Length - at;
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

        // Exponential gaps: faults fall independently of each other.
        private long Gap() => _all <= 0 ? long.MaxValue / 2 : (long)(-Math.Log(1 - _random.NextDouble()) * LineFaults.Per / _all);
    }
}
