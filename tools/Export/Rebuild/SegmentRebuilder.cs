// SPDX-License-Identifier: MIT

using System;
using System.Buffers.Binary;
using System.IO;
using System.IO.Compression;
using Lapel.Verify;

namespace Lapel.Export
{
    /// <summary>Carries out the steps of a <see cref="SegmentRecipe"/>; they come from a file that anybody may have written.</summary>
    /// <param name="movie">The export.</param>
    /// <param name="to">Receives the segment.</param>
    /// <param name="agency">An agency's key; null: none.</param>
    internal sealed class SegmentRebuilder(IByteSource movie, FileStream to, AgencyKey? agency)
    {
        /// <summary>A slot is smaller (FORMAT.md 2.2).</summary>
        private const long MostBytes = 1L << 30;

        /// <summary>A literal is at most so long, and a picture is shorter.</summary>
        private const int MostAtATime = 1 << 20;

        private ContentKey? _key;

        /// <summary>Rebuilds the segment.</summary>
        public void Run(byte[] packed)
        {
            using var steps = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress);
            try
            {
                while (steps.ReadByte() is var step and not -1)
                {
                    long bytes = Number(steps);
                    if (bytes < 0 || bytes > MostBytes - to.Position)
                    {
                        throw Damaged();
                    }

                    if (step == SegmentRecipe.Zeros)
                    {
                        to.SetLength(to.Position + bytes);
                        to.Position += bytes;
                    }
                    else if (bytes > MostAtATime)
                    {
                        throw Damaged();
                    }
                    else
                    {
                        to.Write(Bytes((byte)step, (int)bytes, steps));
                    }
                }
            }
            catch (Exception error) when (error is InvalidOperationException or EndOfStreamException)
            {
                throw Damaged();
            }
        }

        private byte[] Bytes(byte step, int count, Stream steps)
        {
            if (step == SegmentRecipe.Literal)
            {
                return Exactly(steps, count);
            }

            if (step is not (SegmentRecipe.Picture or SegmentRecipe.SealedPicture))
            {
                throw Damaged();
            }

            long at = Number(steps);
            var picture = new byte[count];
            if (at < 0 || at > movie.Length - count || movie.Read(at, picture) != count)
            {
                throw new InvalidDataException("it is shorter than when it was exported");
            }

            if (step == SegmentRecipe.Picture)
            {
                return picture;
            }

            long stored = Number(steps);
            byte[] vector = Exactly(steps, SegmentRecipe.VectorBytes);
            return stored < count || stored > MostAtATime || stored % SegmentRecipe.VectorBytes != 0
                ? throw Damaged()
                : Key().Seal(picture, (int)stored, vector);
        }

        /// <summary>The content key, from the envelope that stands in the part of the segment that is there already.</summary>
        private ContentKey Key()
        {
            if (_key != null)
            {
                return _key;
            }

            if (agency == null)
            {
                throw new SealException("it was sealed: closing it again takes an agency's secret key", isOtherKey: true);
            }

            long at = to.Position;
            var init = new byte[(int)Math.Min(SegmentUnits.Init, at)];
            to.Position = 0;
            to.ReadExactly(init);
            to.Position = at;
            Seal seal =
                Seal.Read(init.AsSpan(Math.Min(SegmentUnits.AfterHeader, init.Length)), out _)
                ?? throw new InvalidDataException("its envelope is damaged");
            return _key = ContentKey.Open(seal, agency);
        }

        private static long Number(Stream steps) => BinaryPrimitives.ReadInt64BigEndian(Exactly(steps, 8));

        private static byte[] Exactly(Stream steps, int count)
        {
            var bytes = new byte[count];
            steps.ReadExactly(bytes);
            return bytes;
        }

        private static InvalidDataException Damaged() => new("what the file beside it says of its segments is malformed");
    }
}
