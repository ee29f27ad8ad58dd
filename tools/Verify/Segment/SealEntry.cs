// SPDX-License-Identifier: MIT

namespace Lapel.Verify
{
    /// <summary>One recipient's entry in the envelope box (FORMAT.md 8.2).</summary>
    /// <param name="Fingerprint">Of the recipient's X25519 public key.</param>
    /// <param name="Wrapped">The content key, wrapped.</param>
    /// <param name="Tag">MAC under the recipient's tag key.</param>
    public sealed record SealEntry(byte[] Fingerprint, byte[] Wrapped, byte[] Tag);
}
