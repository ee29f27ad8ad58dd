// SPDX-License-Identifier: MIT

using System;
using System.Buffers.Binary;
using System.Formats.Cbor;

namespace Lapel.Verify.Tests
{
    /// <summary>Forges a rotation statement from FORMAT.md section 11.</summary>
    internal sealed class RotationForge
    {
        public required ForgeDevice Former { get; init; }
        public required ForgeDevice Next { get; init; }
        public ushort Number { get; init; } = 1;
        public byte[]? DeviceId { get; init; }
        public uint Boot { get; init; } = 20;
        public uint Recordings { get; init; } = 7;
        public ulong HeadSequence { get; init; }
        public byte[] HeadDigest { get; init; } = new byte[32];

        /// <summary>Sign in place of the two keys when set.</summary>
        public ForgeDevice? FormerSigner { get; init; }
        public ForgeDevice? NextSigner { get; init; }

        public byte[] Sector()
        {
            var sector = new byte[512];
            "LPLR"u8.CopyTo(sector);
            BinaryPrimitives.WriteUInt16BigEndian(sector.AsSpan(4), 1);
            BinaryPrimitives.WriteUInt16BigEndian(sector.AsSpan(6), Number);
            (DeviceId ?? Former.DeviceId).CopyTo(sector, 8);
            Former.PublicKey.CopyTo(sector, 24);
            Next.PublicKey.CopyTo(sector, 56);
            BinaryPrimitives.WriteUInt32BigEndian(sector.AsSpan(120), Boot);
            BinaryPrimitives.WriteUInt32BigEndian(sector.AsSpan(124), Recordings);
            BinaryPrimitives.WriteUInt64BigEndian(sector.AsSpan(136), HeadSequence);
            HeadDigest.CopyTo(sector, 144);
            byte[] digest = ForgeDevice.Mac("LAPEL-ROTATION-1", sector[..176]);
            Sign(FormerSigner ?? Former, Former, digest).CopyTo(sector, 176);
            Sign(NextSigner ?? Next, Next, digest).CopyTo(sector, 240);
            return sector;
        }

        private static byte[] Sign(ForgeDevice signer, ForgeDevice named, byte[] digest)
        {
            var head = new CborWriter(CborConformanceMode.Canonical);
            head.WriteStartMap(4);
            head.WriteInt32(1);
            head.WriteInt32(-8);
            head.WriteInt32(4);
            head.WriteByteString(named.Fingerprint);
            head.WriteInt32(258);
            head.WriteInt32(-65537);
            head.WriteInt32(259);
            head.WriteTextString("application/cbor");
            head.WriteEndMap();
            var structure = new CborWriter(CborConformanceMode.Canonical);
            structure.WriteStartArray(4);
            structure.WriteTextString("Signature1");
            structure.WriteByteString(head.Encode());
            structure.WriteByteString([]);
            structure.WriteByteString(digest);
            structure.WriteEndArray();
            return signer.Sign(structure.Encode());
        }
    }
}
