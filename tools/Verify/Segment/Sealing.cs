// SPDX-License-Identifier: MIT

using System.Collections.Generic;

namespace Lapel.Verify
{
    /// <summary>Key 21 of a sealed segment's manifest (FORMAT.md 8.4).</summary>
    /// <param name="KeyId">Key id.</param>
    /// <param name="Recipients">The recipients' fingerprints.</param>
    public sealed record Sealing(byte[] KeyId, IReadOnlyList<byte[]> Recipients);
}
