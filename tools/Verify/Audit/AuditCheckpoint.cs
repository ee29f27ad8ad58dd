// SPDX-License-Identifier: MIT

using System;
using System.Formats.Cbor;

namespace Lapel.Verify
{
    /// <summary>The signed checkpoint in a sector of an audit log (FORMAT.md 9.3).</summary>
    internal static class AuditCheckpoint
    {
        private const int Version = 1,
            Kind = 4;

        /// <summary>What is wrong with it; null when the key signed what the sector says.</summary>
        public static string? Check(AuditSector sector, TrustedKey key)
        {
            int m = BoxBytes.U16(sector.Body, 0);
            if (m < 1 || sector.Used != 2 + m + SignedBlock.EnvelopeSize)
            {
                return "the checkpoint's lengths are impossible";
            }

            byte[] manifest = sector.Body.Slice(2, m).ToArray();
            if (!SignedBlock.IsSigned(sector.Body.Slice(2 + m, SignedBlock.EnvelopeSize), EvidenceHash.Manifest(manifest), key))
            {
                return "the checkpoint's signature is not by the trusted key over what it says";
            }

            try
            {
                var cbor = new CborReader(manifest, CborConformanceMode.Canonical);
                string? wrong = Agrees(cbor, sector);
                return wrong ?? (cbor.BytesRemaining != 0 ? "bytes follow the checkpoint's manifest" : null);
            }
            catch (Exception error) when (error is CborContentException or InvalidOperationException or OverflowException)
            {
                return "the checkpoint's manifest is refused: " + error.Message;
            }
        }

        private static string? Agrees(CborReader cbor, AuditSector sector)
        {
            const string Differs = "the signed checkpoint speaks of another sector than the one that it stands in";
            if (
                cbor.ReadStartMap() != 7
                || cbor.ReadInt32() != 1
                || cbor.ReadInt32() != Version
                || cbor.ReadInt32() != 2
                || cbor.ReadInt32() != Kind
            )
            {
                return "the checkpoint's manifest is not one of an audit log of version 1";
            }

            if (cbor.ReadInt32() != 3 || !cbor.ReadByteString().AsSpan().SequenceEqual(sector.DeviceId))
            {
                return Differs;
            }

            if (
                cbor.ReadInt32() != 25
                || cbor.ReadStartArray() != 2
                || cbor.ReadInt64() != sector.Before
                || !cbor.ReadByteString().AsSpan().SequenceEqual(sector.BeforeDigest)
            )
            {
                return Differs;
            }

            cbor.ReadEndArray();
            if (cbor.ReadInt32() != 32 || cbor.ReadStartArray() != 3)
            {
                return Differs;
            }

            byte[] log = cbor.ReadByteString();
            if (
                log.Length != 8
                || (long)BoxBytes.U64(log, 0) != sector.Log
                || cbor.ReadInt64() != sector.Place
                || cbor.ReadInt64() != sector.Sequence
            )
            {
                return Differs;
            }

            cbor.ReadEndArray();
            if (cbor.ReadInt32() != 33 || cbor.ReadStartArray() != 5 || cbor.ReadUInt32() != sector.Boot)
            {
                return Differs;
            }

            cbor.ReadUInt64();
            NumberOrNull(cbor);
            NumberOrNull(cbor);
            if (cbor.ReadUInt32() > 2)
            {
                return "the checkpoint's clock source is unknown";
            }

            cbor.ReadEndArray();
            if (cbor.ReadInt32() != 34 || cbor.ReadUInt32() is < 1 or > 4)
            {
                return "the checkpoint's reason is unknown";
            }

            cbor.ReadEndMap();
            return null;
        }

        private static void NumberOrNull(CborReader cbor)
        {
            if (cbor.PeekState() == CborReaderState.Null)
            {
                cbor.ReadNull();
            }
            else
            {
                cbor.ReadUInt64();
            }
        }
    }
}
