// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Crypto
{
    /// <summary>What of a signature can be computed before its message is known. For one signature only.</summary>
    internal sealed class PreparedNonce
    {
        /// <summary>The secret r, canonical.</summary>
        public long[] Nonce { get; } = new long[Scalar.Limbs];

        /// <summary>R, the encoded product of r and the base point.</summary>
        public byte[] Commitment { get; } = new byte[Field.EncodedLength];

        /// <summary>SHA-512 after its first block: R, the public key and the 64 bytes that every message begins with.</summary>
        public ulong[] HashState { get; } = new ulong[Sha512.StateWords];

        /// <summary>Overwrites the secret: nothing here can sign again.</summary>
        public void Wipe()
        {
            Scalar.Wipe(Nonce);
            Array.Clear(Commitment, 0, Commitment.Length);
            Array.Clear(HashState, 0, Sha512.StateWords);
        }
    }
}
