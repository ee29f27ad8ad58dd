// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Evidence
{
    /// <summary>
    /// What the device says when its signing key changes (FORMAT.md section 11): which key came before, which one holds from now on, signed
    /// by both. One sector each.
    /// </summary>
    public static class RotationStatement
    {
        /// <summary>Bytes that are signed.</summary>
        public const int ContentBytes = 176;

        private const int Magic = 0x4C504C52;
        private const int NumberAt = 6;
        private const int DeviceIdAt = 8;
        private const int FormerKeyAt = 24;
        private const int NextKeyAt = 56;
        private const int OrderAt = 88;
        private const int BootAt = 120;
        private const int RecordingAt = 124;
        private const int UtcAt = 128;
        private const int HeadAt = 136;
        private const int SignatureBytes = 64;

        private static readonly byte[] Label = Digests.Label("LAPEL-ROTATION-1");

        /// <summary>Its content, <see cref="ContentBytes"/> bytes.</summary>
        /// <param name="deviceId">Device id, 16 bytes.</param>
        /// <param name="formerKey">Public key before.</param>
        /// <param name="nextKey">Public key from now on.</param>
        /// <param name="next">What was ordered.</param>
        /// <param name="bootNumber">The first boot under the new key.</param>
        /// <param name="utcMs">The device's clock, milliseconds since 1970; 0 when unset.</param>
        /// <param name="head">The audit log's last sector; sequence number 0 when there is none.</param>
        public static byte[] Content(
            byte[] deviceId,
            byte[] formerKey,
            byte[] nextKey,
            NextSecret next,
            int bootNumber,
            long utcMs,
            AuditHead head
        )
        {
            var content = new byte[ContentBytes];
            BigEndian.Put32(content, 0, Magic);
            BigEndian.Put16(content, 4, FormatVersion.Current);
            BigEndian.Put16(content, NumberAt, next.Number);
            Array.Copy(deviceId, 0, content, DeviceIdAt, deviceId.Length);
            Array.Copy(formerKey, 0, content, FormerKeyAt, formerKey.Length);
            Array.Copy(nextKey, 0, content, NextKeyAt, nextKey.Length);
            Array.Copy(next.OrderDigest, 0, content, OrderAt, Digests.Size);
            BigEndian.Put32(content, BootAt, bootNumber);
            BigEndian.Put32(content, RecordingAt, next.Recordings);
            BigEndian.Put64(content, UtcAt, utcMs);
            BigEndian.Put64(content, HeadAt, head.Sequence);
            if (head.Sequence != 0)
            {
                Array.Copy(head.Digest, 0, content, HeadAt + 8, Digests.Size);
            }

            return content;
        }

        /// <summary>What both keys sign in place of a manifest's digest.</summary>
        public static byte[] Digest(Digests digests, byte[] content)
        {
            return digests.Mac(Label, content);
        }

        /// <summary>Puts a statement together in a sector of zeros.</summary>
        /// <param name="sectors">The statements so far, and room for this one.</param>
        /// <param name="offset">Where its sector begins.</param>
        /// <param name="content">Its content.</param>
        /// <param name="byFormer">COSE_Sign1 by the key before.</param>
        /// <param name="byNext">COSE_Sign1 by the key from now on.</param>
        public static void Put(byte[] sectors, int offset, byte[] content, byte[] byFormer, byte[] byNext)
        {
            Array.Copy(content, 0, sectors, offset, ContentBytes);
            Array.Copy(byFormer, ManifestSigner.SignatureAt, sectors, offset + ContentBytes, SignatureBytes);
            Array.Copy(byNext, ManifestSigner.SignatureAt, sectors, offset + ContentBytes + SignatureBytes, SignatureBytes);
        }

        /// <summary>Whether a sector begins as statement n of a device.</summary>
        public static bool Is(byte[] sectors, int offset, byte[] deviceId, int number)
        {
            return BigEndian.Get32(sectors, offset) == Magic
                && BigEndian.Get16(sectors, offset + 4) == FormatVersion.Current
                && BigEndian.Get16(sectors, offset + NumberAt) == number
                && SegmentHead.Same(sectors, offset + DeviceIdAt, deviceId);
        }

        /// <summary>Whether it was made for the order with this H.</summary>
        public static bool IsOrderedBy(byte[] sectors, int offset, byte[] orderDigest)
        {
            return SegmentHead.Same(sectors, offset + OrderAt, orderDigest);
        }

        /// <summary>Device id, as an array of its own.</summary>
        public static byte[] DeviceId(byte[] sectors, int offset)
        {
            return Part(sectors, offset + DeviceIdAt, 16);
        }

        /// <summary>The public key before, as an array of its own.</summary>
        public static byte[] FormerKey(byte[] sectors, int offset)
        {
            return Part(sectors, offset + FormerKeyAt, Digests.Size);
        }

        /// <summary>The first boot under the new key.</summary>
        public static int BootNumber(byte[] sectors, int offset)
        {
            return BigEndian.Get32(sectors, offset + BootAt);
        }

        /// <summary>Number of the newest recording before.</summary>
        public static int Recordings(byte[] sectors, int offset)
        {
            return BigEndian.Get32(sectors, offset + RecordingAt);
        }

        private static byte[] Part(byte[] from, int offset, int count)
        {
            var part = new byte[count];
            Array.Copy(from, offset, part, 0, count);
            return part;
        }
    }
}
