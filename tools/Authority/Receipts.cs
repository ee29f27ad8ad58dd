// SPDX-License-Identifier: MIT

using System;
using System.Formats.Cbor;

namespace Lapel.Authority
{
    /// <summary>Receipts: that an archive has a segment in its keeping (CUSTODY.md section 5).</summary>
    public static class Receipts
    {
        /// <summary>Signs one.</summary>
        /// <param name="archive">The archive's key.</param>
        /// <param name="deviceId16">The camera.</param>
        /// <param name="recordingId16">The recording.</param>
        /// <param name="recording">Its number.</param>
        /// <param name="segment">The segment's number.</param>
        /// <param name="closeDigest32">Digest of the segment's signed close.</param>
        /// <param name="utc">Now.</param>
        public static byte[] Make(
            SigningKey archive,
            byte[] deviceId16,
            byte[] recordingId16,
            uint recording,
            uint segment,
            byte[] closeDigest32,
            DateTime utc
        )
        {
            if (archive.Kind != KeyKind.Archive)
            {
                throw new ArgumentException("a receipt takes an archive's key");
            }

            if (deviceId16.Length != 16 || recordingId16.Length != 16 || closeDigest32.Length != 32)
            {
                throw new ArgumentException("ids have 16 bytes, a close digest 32");
            }

            var writer = new CborWriter(CborConformanceMode.Canonical);
            writer.WriteStartMap(8);
            writer.WriteInt32(1);
            writer.WriteInt32((int)DocumentKind.Receipt);
            writer.WriteInt32(2);
            writer.WriteInt32(1);
            writer.WriteInt32(3);
            writer.WriteByteString(deviceId16);
            writer.WriteInt32(4);
            writer.WriteByteString(recordingId16);
            writer.WriteInt32(5);
            writer.WriteUInt32(recording);
            writer.WriteInt32(6);
            writer.WriteUInt32(segment);
            writer.WriteInt32(7);
            writer.WriteByteString(closeDigest32);
            writer.WriteInt32(8);
            writer.WriteInt64(new DateTimeOffset(utc.ToUniversalTime()).ToUnixTimeMilliseconds());
            writer.WriteEndMap();
            return SignedDocument.Sign(archive, writer.Encode());
        }
    }
}
