// SPDX-License-Identifier: MIT

using System;
using Lapel.Hal;

namespace Lapel.Evidence
{
    /// <summary>The hashes of FORMAT.md section 1, on the native HMAC-SHA-256 under fixed public labels.</summary>
    /// <remarks>
    /// Natives take whole arrays, so a few buffers of fixed size are held here once; the class is not re-entrant and has no need to be (one
    /// loop, no threads).
    /// </remarks>
    public sealed class Digests
    {
        /// <summary>Bytes of every digest.</summary>
        public const int Size = 32;

        /// <summary>Largest block hashed at once.</summary>
        public const int MaxBlock = 16384;

        // Blocks are of six fixed lengths because natives take whole arrays: an array of the exact length would be an allocation for each.
        private const int SmallestBlock = 512;

        // Which buffer holds 1, 2, 3... sectors: the smallest of 1, 2, 4, 8, 16 and 32 that does.
        private static readonly byte[] BlockOfSectors =
        {
            0,
            1,
            2,
            2,
            3,
            3,
            3,
            3,
            4,
            4,
            4,
            4,
            4,
            4,
            4,
            4,
            5,
            5,
            5,
            5,
            5,
            5,
            5,
            5,
            5,
            5,
            5,
            5,
            5,
            5,
            5,
            5,
        };

        private static readonly byte[] ChainLabel = Label("LAPEL-CHAIN-1");
        private static readonly byte[] ManifestLabel = Label("LAPEL-MANIFEST-1");
        private static readonly byte[] KeyLabel = Label("LAPEL-KEY-1");
        private static readonly byte[] RecipientLabel = Label("LAPEL-RECIPIENT-1");
        private static readonly byte[] ConfigurationLabel = Label("LAPEL-CONFIG-1");

        private readonly INatives _natives;
        private readonly byte[][] _blocks;

        /// <summary>Allocates the block buffers (32 KB in all).</summary>
        public Digests(INatives natives)
        {
            _natives = natives;
            _blocks = new byte[6][];
            for (int i = 0; i < _blocks.Length; i++)
            {
                _blocks[i] = new byte[SmallestBlock << i];
            }
        }

        /// <summary>pad32 of FORMAT.md: ASCII text in 32 bytes.</summary>
        public static byte[] Label(string text)
        {
            var label = new byte[32];
            for (int i = 0; i < text.Length; i++)
            {
                label[i] = (byte)text[i];
            }

            return label;
        }

        /// <summary>H(x).</summary>
        public byte[] Hash(byte[] whole)
        {
            return _natives.HmacSha256(ChainLabel, whole);
        }

        /// <summary>D(manifest).</summary>
        public byte[] Manifest(byte[] manifest)
        {
            return _natives.HmacSha256(ManifestLabel, manifest);
        }

        /// <summary>Fingerprint of a public key.</summary>
        public byte[] Fingerprint(byte[] publicKey)
        {
            return _natives.HmacSha256(KeyLabel, publicKey);
        }

        /// <summary>Fingerprint of a recipient's X25519 public key.</summary>
        public byte[] RecipientFingerprint(byte[] publicKey)
        {
            return _natives.HmacSha256(RecipientLabel, publicKey);
        }

        /// <summary>Digest of a configuration's bytes.</summary>
        public byte[] Configuration(byte[] configuration)
        {
            return _natives.HmacSha256(ConfigurationLabel, configuration);
        }

        /// <summary>MAC under a secret key.</summary>
        public byte[] Mac(byte[] key, byte[] data)
        {
            return _natives.HmacSha256(key, data);
        }

        /// <summary>B(x) of 1 to 16,384 bytes of an array.</summary>
        public byte[] Block(byte[] source, int offset, int count)
        {
            byte[] block = BlockFor(count);
            Array.Copy(source, offset, block, 0, count);
            return FinishBlock(block, count);
        }

        /// <summary>The buffer that B uses for this many bytes: fill its start, then call <see cref="FinishBlock"/>.</summary>
        public byte[] BlockFor(int count)
        {
            return _blocks[BlockOfSectors[(count - 1) / SmallestBlock]];
        }

        /// <summary>Zero-pads the buffer of <see cref="BlockFor"/> and hashes it.</summary>
        public byte[] FinishBlock(byte[] block, int count)
        {
            if (count < block.Length)
            {
                // The rest is zero, not what the last block left there: the length is bound elsewhere, the padding is not.
                Array.Clear(block, count, block.Length - count);
            }

            return _natives.HmacSha256(ChainLabel, block);
        }
    }
}
