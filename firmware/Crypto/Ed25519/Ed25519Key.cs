// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Crypto
{
    /// <summary>
    /// An Ed25519 secret key (RFC 8032, 5.1.5), expanded in slices: about 302,000 instructions in 32 slices of at most 13,300.
    /// </summary>
    public sealed class Ed25519Key
    {
        /// <summary>Bytes of a seed, the secret key of RFC 8032.</summary>
        public const int SeedLength = 32;

        /// <summary>Bytes of a public key.</summary>
        public const int PublicKeyLength = 32;

        private readonly byte[] _seed = new byte[SeedLength];
        private BasePointProduct _product;

        /// <summary>Copies the seed; <see cref="Step"/> does the work.</summary>
        /// <exception cref="ArgumentException">The seed is not 32 bytes.</exception>
        public Ed25519Key(byte[] seed32)
        {
            if (seed32 == null || seed32.Length != SeedLength)
            {
                throw new ArgumentException("an Ed25519 seed is 32 bytes");
            }

            Array.Copy(seed32, 0, _seed, 0, SeedLength);
        }

        /// <summary>Whether the expansion has ended.</summary>
        public bool IsReady { get; private set; }

        /// <summary>The public key, 32 bytes, when ready; null before.</summary>
        public byte[] PublicKey { get; private set; }

        /// <summary>The secret scalar, canonical, when ready.</summary>
        internal long[] SecretScalar { get; } = new long[Scalar.Limbs];

        /// <summary>The second half of the hash of the seed, the "prefix" of RFC 8032: the secret from which nonces are derived.</summary>
        internal byte[] NonceKey { get; } = new byte[SeedLength];

        /// <summary>One slice; true while more is needed.</summary>
        public bool Step()
        {
            if (IsReady)
            {
                return false;
            }

            if (_product == null)
            {
                Expand();
                return true;
            }

            if (_product.Step())
            {
                return true;
            }

            PublicKey = new byte[PublicKeyLength];
            Array.Copy(_product.Encoded, 0, PublicKey, 0, PublicKeyLength);
            _product = null;
            IsReady = true;
            return false;
        }

        private void Expand()
        {
            byte[] hash = new byte[Sha512.DigestLength];
            var sha = new Sha512();
            sha.Update(_seed, 0, SeedLength);
            sha.Finish(hash, 0);
            Array.Copy(hash, SeedLength, NonceKey, 0, SeedLength);

            // RFC 8032, 5.1.5, step 2. Taken mod L, the scalar gives the same public key and the same signatures, and is shorter.
            hash[0] &= 0xF8;
            hash[31] &= 0x7F;
            hash[31] |= 0x40;

            // The upper half has been taken; Load reads 64 bytes, and here they are a scalar of 32.
            Array.Clear(hash, SeedLength, SeedLength);
            long[] wide = new long[Scalar.WideLimbs];
            Scalar.Load(SecretScalar, hash, 0, wide);
            Scalar.Wipe(wide);
            Array.Clear(hash, 0, hash.Length);

            // What the seed is needed for is done: scalar and nonce key say all that signing needs.
            Array.Clear(_seed, 0, SeedLength);
            _product = new BasePointProduct();
            _product.Begin(SecretScalar);
        }
    }
}
