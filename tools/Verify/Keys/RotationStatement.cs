// SPDX-License-Identifier: MIT

using System;
using System.Globalization;

namespace Lapel.Verify
{
    /// <summary>
    /// A device's statement that its key changed, signed by the key before and by the one from then on (FORMAT.md section 11).
    /// </summary>
    public sealed class RotationStatement
    {
        /// <summary>Bytes of a statement, its padding included.</summary>
        public const int Size = 512;

        private const int ContentSize = 176,
            SignatureSize = 64,
            KnownVersion = 1;
        private const ulong LastUtc = 253_402_300_799_999;

        private RotationStatement(ReadOnlySpan<byte> sector)
        {
            Number = BoxBytes.U16(sector, 6);
            DeviceId = sector.Slice(8, 16).ToArray();
            FormerKey = TrustedKey.FromBytes(sector.Slice(24, 32));
            NextKey = TrustedKey.FromBytes(sector.Slice(56, 32));
            OrderDigest = sector.Slice(88, 32).ToArray();
            Boot = BoxBytes.U32(sector, 120);
            Recordings = BoxBytes.U32(sector, 124);
            ulong utc = BoxBytes.U64(sector, 128);
            Utc = utc is 0 or > LastUtc ? null : DateTime.UnixEpoch.AddMilliseconds(utc);
            HeadSequence = BoxBytes.U64(sector, 136);
            HeadDigest = sector.Slice(144, 32).ToArray();
        }

        /// <summary>1, 2, 3... over the device's life.</summary>
        public int Number { get; }
        public byte[] DeviceId { get; }

        /// <summary>The key before.</summary>
        public TrustedKey FormerKey { get; }

        /// <summary>The key from then on.</summary>
        public TrustedKey NextKey { get; }

        /// <summary>H of the payload of the authority's order.</summary>
        public byte[] OrderDigest { get; }

        /// <summary>The first boot under the new key: all that was signed in boots before it is the former key's.</summary>
        public uint Boot { get; }

        /// <summary>Number of the newest recording under the former key, 0 when there was none.</summary>
        public uint Recordings { get; }

        /// <summary>The device's clock; null while that was unset.</summary>
        public DateTime? Utc { get; }

        /// <summary>Sequence number of the audit log's last sector before; 0 when there was none.</summary>
        public ulong HeadSequence { get; }

        /// <summary>H of that sector.</summary>
        public byte[] HeadDigest { get; }

        /// <summary>
        /// Reads statement <paramref name="number"/>; throws <see cref="FormatException"/> with what is wrong. Both signatures hold in what
        /// it returns.
        /// </summary>
        public static RotationStatement Read(ReadOnlySpan<byte> sector, int number)
        {
            if (sector.Length != Size || !sector[..4].SequenceEqual("LPLR"u8))
            {
                throw new FormatException("it is no rotation statement");
            }

            if (BoxBytes.U16(sector, 4) != KnownVersion)
            {
                throw new FormatException(
                    "format version " + N(BoxBytes.U16(sector, 4)) + " is refused: this verifier knows version 1 only"
                );
            }

            if (!BoxBytes.AllZero(sector[(ContentSize + 2 * SignatureSize)..]))
            {
                throw new FormatException("what follows its signatures is not zero");
            }

            var statement = new RotationStatement(sector);
            if (statement.Number != number)
            {
                throw new FormatException("it says that it is statement " + N(statement.Number));
            }

            if (number == 1 && !statement.DeviceId.AsSpan().SequenceEqual(statement.FormerKey.DeviceId))
            {
                throw new FormatException("its device id is not that of the device's first key");
            }

            if (statement.FormerKey.Bytes.SequenceEqual(statement.NextKey.Bytes))
            {
                throw new FormatException("both its keys are the same");
            }

            byte[] digest = EvidenceHash.Rotation(sector[..ContentSize]);
            if (!SignedBlock.IsSignature(sector.Slice(ContentSize, SignatureSize), digest, statement.FormerKey))
            {
                throw new FormatException("the key before has not signed it");
            }

            if (!SignedBlock.IsSignature(sector.Slice(ContentSize + SignatureSize, SignatureSize), digest, statement.NextKey))
            {
                throw new FormatException("the key from then on has not signed it");
            }

            return statement;
        }

        private static string N(long value) => value.ToString(CultureInfo.InvariantCulture);
    }
}
