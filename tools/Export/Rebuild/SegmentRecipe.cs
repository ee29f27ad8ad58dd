// SPDX-License-Identifier: MIT

using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using Lapel.Verify;

namespace Lapel.Export
{
    /// <summary>
    /// How a segment comes back from the movie that was made of it (FORMAT.md 8.8): where in the movie each picture stands, and whatever of
    /// the segment is no picture.
    /// </summary>
    internal sealed class SegmentRecipe : IDisposable
    {
        /// <summary>What a step does.</summary>
        public const byte Literal = 0,
            Picture = 1,
            SealedPicture = 2,
            Zeros = 3;

        /// <summary>Bytes of a sealed picture's vector.</summary>
        public const int VectorBytes = 16;

        private readonly SegmentUnits _segment;
        private readonly MemoryStream _packed = new();
        private readonly BrotliStream _steps;
        private long _at;

        /// <param name="segment">The segment.</param>
        public SegmentRecipe(SegmentUnits segment)
        {
            _segment = segment;
            _steps = new BrotliStream(_packed, CompressionLevel.Optimal, leaveOpen: true);
        }

        /// <summary>A fragment was written into the movie.</summary>
        /// <param name="unit">The fragment.</param>
        /// <param name="frames">Its pictures as they stand in the movie.</param>
        /// <param name="movieAt">Where the first one begins there; the others follow.</param>
        /// <param name="key">The content key; null when it was not sealed.</param>
        public void Fragment(SegmentUnit unit, List<byte[]> frames, long movieAt, ContentKey? key)
        {
            FragmentBlock fragment = unit.Fragment!;
            long at = unit.At + fragment.HeaderBytes;
            for (int i = 0; i < frames.Count; i++)
            {
                int stored = (int)fragment.Sizes[i];
                byte[] vector = fragment.IsSealed ? fragment.Vectors[(VectorBytes * i)..(VectorBytes * (i + 1))] : [];

                // A picture that does not come back the same, whatever the reason, is kept as it is.
                if (!fragment.IsSealed || key!.Seal(frames[i], stored, vector).AsSpan().SequenceEqual(_segment.Bytes(at, stored)))
                {
                    Copy(at);
                    Step(fragment.IsSealed ? SealedPicture : Picture, frames[i].Length);
                    Number(movieAt);
                    if (fragment.IsSealed)
                    {
                        Number(stored);
                        _steps.Write(vector);
                    }

                    _at = at + stored;
                }

                at += BoxBytes.RoundUp(stored);
                movieAt += frames[i].Length;
            }
        }

        /// <summary>The whole recipe.</summary>
        public byte[] End()
        {
            long index = _segment.Length - SegmentUnits.Init;
            Copy(Math.Min(_segment.End, _segment.Length));
            if (_segment.IsClosed && index >= _at)
            {
                // Between the close and the index lies what the card held before: no part of the segment.
                Step(Zeros, index - _at);
                _at = index;
                Copy(_segment.Length);
            }
            else
            {
                Step(Zeros, _segment.Length - _at);
            }

            _steps.Dispose();
            return _packed.ToArray();
        }

        public void Dispose()
        {
            _steps.Dispose();
            _packed.Dispose();
        }

        private void Copy(long to)
        {
            const int most = 1 << 20;
            while (_at < to)
            {
                int count = (int)Math.Min(most, to - _at);
                Step(Literal, count);
                _steps.Write(_segment.Bytes(_at, count));
                _at += count;
            }
        }

        private void Step(byte what, long bytes)
        {
            _steps.WriteByte(what);
            Number(bytes);
        }

        private void Number(long value)
        {
            Span<byte> bytes = stackalloc byte[8];
            BinaryPrimitives.WriteInt64BigEndian(bytes, value);
            _steps.Write(bytes);
        }
    }
}
