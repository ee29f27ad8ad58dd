// SPDX-License-Identifier: MIT

namespace Lapel.Link
{
    /// <summary>What can be fetched under one id.</summary>
    /// <param name="Id">The id.</param>
    /// <param name="Length">Bytes.</param>
    /// <param name="BlockBytes">Payload of a frame that suits the rate in force.</param>
    /// <param name="CloseDigest">Close digest of a segment, 32 bytes; null when the camera does not tell it.</param>
    public sealed record ItemFacts(int Id, long Length, int BlockBytes, byte[]? CloseDigest = null)
    {
        /// <summary>The audit log.</summary>
        public const int AuditLog = 0x10000;
    }
}
