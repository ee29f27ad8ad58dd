// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Formats.Cbor;
using System.Linq;

namespace Lapel.Verify.Tests
{
    /// <summary>
    /// The parts of a sealed segment (FORMAT.md section 8) as far as a verifier without a key sees them: lengths, places and marks. What is
    /// cipher text in a real one is any bytes here.
    /// </summary>
    internal static class SealForge
    {
        private static readonly byte[] KeyId = [.. Enumerable.Repeat((byte)0x4B, 16)],
            Recipient = [.. Enumerable.Repeat((byte)0x52, 32)];

        /// <summary>Envelope box and sealed private box.</summary>
        public static byte[] Boxes() =>
            [
                .. Uuid(5, [0, 1, 0, 1, .. KeyId, .. Any(32, 1), .. Recipient, .. Any(16, 2), .. Any(32, 3)]),
                .. Uuid(6, Any(272, 4)),
            ];

        /// <summary>What stands behind `tfdt` for sealed frames.</summary>
        public static IEnumerable<byte[]> Samples(int n, uint offset, uint duration, byte[][] frames)
        {
            IEnumerable<byte> entries = frames.SelectMany(f => SegmentForge.U32(duration).Concat(SegmentForge.U32((uint)f.Length)));
            byte[] head = [.. SegmentForge.U32(0x301), .. SegmentForge.U32((uint)n), .. SegmentForge.U32(offset)];
            yield return SegmentForge.Box("trun", head, [.. entries]);
            yield return SegmentForge.Box("saiz", SegmentForge.U32(0), [16], SegmentForge.U32((uint)n));
            // From `moof`: mfhd 24, traf 8, tfhd and tfdt 32, trun, saiz, saio, and the head of senc.
            uint vectors = 8 + 16 + 8 + 32 + 20 + 8 * (uint)n + 17 + 20 + 16;
            yield return SegmentForge.Box("saio", SegmentForge.U32(0), SegmentForge.U32(1), SegmentForge.U32(vectors));
            yield return SegmentForge.Box("senc", SegmentForge.U32(0), SegmentForge.U32((uint)n), Any(16 * n, (int)offset));
        }

        /// <summary>Key 21.</summary>
        public static void Stated(CborWriter to)
        {
            to.WriteStartArray(3);
            to.WriteInt32(1);
            to.WriteByteString(KeyId);
            to.WriteStartArray(1);
            to.WriteByteString(Recipient);
            to.WriteEndArray();
            to.WriteEndArray();
        }

        private static byte[] Uuid(byte kind, byte[] body) =>
            SegmentForge.Box("uuid", [.. Convert.FromHexString("8f3a6d1e5b7c4e219a406c6170656c"), kind], body);

        private static byte[] Any(int count, int seed)
        {
            var bytes = new byte[count];
            new Random(seed).NextBytes(bytes);
            return bytes;
        }
    }
}
