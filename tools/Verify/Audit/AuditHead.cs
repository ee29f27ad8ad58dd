// SPDX-License-Identifier: MIT

namespace Lapel.Verify
{
    /// <summary>The last sector of the audit log when a manifest was signed.</summary>
    /// <param name="Sequence">Its sequence number.</param>
    /// <param name="Digest">H of it.</param>
    public sealed record AuditHead(ulong Sequence, byte[] Digest);
}
