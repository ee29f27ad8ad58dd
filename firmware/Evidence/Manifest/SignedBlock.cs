// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Evidence
{
    /// <summary>A checkpoint or close block: manifest and signature in a `uuid` box, then `free` (FORMAT.md 3.4).</summary>
    public sealed class SignedBlock
    {
        private const int BodyHead = 12;

        private readonly Digests _digests;
        private readonly ManifestSigner _signer;
        private readonly byte[] _block = new byte[SegmentBudget.ManifestBlockBytes + Sector.Size];
        private int _length;
        private byte[] _digest;

        /// <summary>Blocks signed by this signer.</summary>
        /// <param name="digests">D of FORMAT.md 3.4.</param>
        /// <param name="signer">Has a nonce ready, or computes one at each block.</param>
        public SignedBlock(Digests digests, ManifestSigner signer)
        {
            _digests = digests;
            _signer = signer;
        }

        /// <summary>The block; <see cref="Length"/> bytes of it count, and a sector of room for the terminator follows.</summary>
        public byte[] Block
        {
            get { return _block; }
        }

        /// <summary>Bytes of the block, a multiple of 512.</summary>
        public int Length
        {
            get { return _length; }
        }

        /// <summary>D(manifest) of the last block: for a close, the close digest.</summary>
        public byte[] Digest
        {
            get { return _digest; }
        }

        /// <summary>Builds a checkpoint block.</summary>
        /// <param name="manifest">The manifest, at most 12,288 bytes; this writer's are under 3,000.</param>
        public void BuildCheckpoint(byte[] manifest)
        {
            int box = Build(manifest, ManifestKind.Checkpoint);
            FreeBox.PutHeader(_block, box, _length - box);
        }

        /// <summary>Builds a close block.</summary>
        /// <param name="manifest">The manifest.</param>
        /// <param name="bytesToIndex">Bytes from the start of this block to the index block, over which the `free` box runs.</param>
        public void BuildClose(byte[] manifest, int bytesToIndex)
        {
            int box = Build(manifest, ManifestKind.Close);
            FreeBox.PutHeader(_block, box, bytesToIndex - box);
        }

        /// <summary>Builds the close block that recovery writes.</summary>
        /// <param name="manifest">The manifest.</param>
        /// <param name="bytesToIndex">Bytes from the start of this block to the index block.</param>
        public void BuildRecovery(byte[] manifest, int bytesToIndex)
        {
            int box = Build(manifest, ManifestKind.Recovery);
            FreeBox.PutHeader(_block, box, bytesToIndex - box);
        }

        private int Build(byte[] manifest, ManifestKind kind)
        {
            int box = UserType.BoxHeader + BodyHead + manifest.Length + ManifestSigner.CoseBytes;
            // The `free` header always follows, unlike in an init: where the box ends less than 8 bytes before a boundary, or on it, the
            // block takes one more sector (FORMAT.md 3.4).
            _length = Sector.RoundUp(box + 8);
            Array.Clear(_block, 0, _length);
            UserType.PutHeader(_block, 0, box, UserType.SignedManifest);
            int body = UserType.BoxHeader;
            BigEndian.Put16(_block, body, (int)kind);
            BigEndian.Put32(_block, body + 4, manifest.Length);
            BigEndian.Put32(_block, body + 8, ManifestSigner.CoseBytes);
            Array.Copy(manifest, 0, _block, body + BodyHead, manifest.Length);
            _digest = _digests.Manifest(manifest);
            _signer.Sign(_digest, _block, body + BodyHead + manifest.Length);
            return box;
        }
    }
}
