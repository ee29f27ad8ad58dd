// SPDX-License-Identifier: MIT

namespace Lapel.Shift.Tests
{
    /// <summary>A receipt of the archive.</summary>
    internal sealed record TrueReceipt(uint Recording, uint Segment, byte[] Digest, long AtUs);
}
