// SPDX-License-Identifier: MIT

using System;
using System.Buffers.Binary;
using System.IO.Hashing;

namespace Lapel.Intake
{
    /// <summary>What of an audit log's sector says where it belongs (FORMAT.md 9).</summary>
    /// <param name="LogId">The log.</param>
    /// <param name="Place">Its place in it.</param>
    internal readonly record struct AuditSector(ulong LogId, long Place)
    {
        /// <summary>Bytes of a sector.</summary>
        public const int Bytes = 512;

        /// <summary>A whole sector; null when it is empty or torn.</summary>
        public static AuditSector? Read(ReadOnlySpan<byte> sector)
        {
            if (!sector.StartsWith("LPLA"u8) || Crc32.HashToUInt32(sector[..508]) != BinaryPrimitives.ReadUInt32BigEndian(sector[508..]))
            {
                return null;
            }

            long place = BinaryPrimitives.ReadInt64BigEndian(sector[32..]);
            return place < 0 ? null : new AuditSector(BinaryPrimitives.ReadUInt64BigEndian(sector[24..]), place);
        }
    }
}
