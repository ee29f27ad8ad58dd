// SPDX-License-Identifier: MIT

using System;
using System.Buffers.Binary;
using System.IO;
using System.Text;

namespace Lapel.Export
{
    /// <summary>
    /// Makes the `moov` of a sealed segment that of a clear one: `encv` becomes `jpeg` again, its `sinf` goes, the sizes around it shrink.
    /// </summary>
    internal static class MovieBox
    {
        /// <summary>Bytes of a `jpeg` sample entry.</summary>
        private const int SampleEntry = 86;

        /// <summary>Version, flags and number of entries of `stsd`.</summary>
        private const int DescriptionHead = 8;

        private static readonly string[] Parents = ["moov", "trak", "mdia", "minf", "stbl"];

        /// <summary>The clear box; a clear one comes back as it is.</summary>
        public static byte[] Clear(ReadOnlySpan<byte> moov)
        {
            var into = new MemoryStream();
            Boxes(moov, into);
            return into.ToArray();
        }

        private static void Boxes(ReadOnlySpan<byte> bytes, MemoryStream into)
        {
            while (!bytes.IsEmpty)
            {
                if (bytes.Length < 8 || BinaryPrimitives.ReadUInt32BigEndian(bytes) is var size && (size < 8 || size > bytes.Length))
                {
                    throw new InvalidDataException("its moov box is damaged");
                }

                Box(bytes[..(int)size], into);
                bytes = bytes[(int)size..];
            }
        }

        private static void Box(ReadOnlySpan<byte> box, MemoryStream into)
        {
            string type = Encoding.Latin1.GetString(box.Slice(4, 4));
            if (type == "encv" && box.Length >= SampleEntry)
            {
                Write("jpeg", box[8..SampleEntry], [], into);
            }
            else if (type == "stsd" && box.Length >= 8 + DescriptionHead)
            {
                Write(type, box.Slice(8, DescriptionHead), box[(8 + DescriptionHead)..], into);
            }
            else if (Array.IndexOf(Parents, type) >= 0)
            {
                Write(type, [], box[8..], into);
            }
            else
            {
                into.Write(box);
            }
        }

        private static void Write(string type, ReadOnlySpan<byte> head, ReadOnlySpan<byte> children, MemoryStream into)
        {
            var inside = new MemoryStream();
            inside.Write(head);
            Boxes(children, inside);
            Span<byte> header = stackalloc byte[8];
            BinaryPrimitives.WriteUInt32BigEndian(header, (uint)inside.Length + 8);
            Encoding.ASCII.GetBytes(type, header[4..]);
            into.Write(header);
            into.Write(inside.GetBuffer().AsSpan(0, (int)inside.Length));
        }
    }
}
