// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Evidence
{
    /// <summary>
    /// Finds the close digest of a segment in the bytes that end with its close block. The signature is not checked: the digest says which
    /// close lies there, not that it is good.
    /// </summary>
    public static class CloseProbe
    {
        private const int BodyHead = 12;
        private const int ManifestAt = UserType.BoxHeader + BodyHead;

        /// <summary>The close digest; null when no close block ends there.</summary>
        /// <param name="digests">Hashes.</param>
        /// <param name="bytes">The bytes; a close block begins at a multiple of 512.</param>
        /// <param name="count">How many: the block ends there, a multiple of 512.</param>
        public static byte[] Digest(Digests digests, byte[] bytes, int count)
        {
            for (int at = count - Sector.Size; at >= 0; at -= Sector.Size)
            {
                if (!UserType.Is(bytes, at, UserType.SignedManifest))
                {
                    continue;
                }

                int length = BigEndian.Get32(bytes, at + UserType.BoxHeader + 4);
                if (length < 1 || length > count - at || at + Sector.RoundUp(ManifestAt + length + ManifestSigner.CoseBytes + 8) != count)
                {
                    return null;
                }

                var manifest = new byte[length];
                Array.Copy(bytes, at + ManifestAt, manifest, 0, length);
                return digests.Manifest(manifest);
            }

            return null;
        }
    }
}
