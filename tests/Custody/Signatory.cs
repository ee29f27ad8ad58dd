// SPDX-License-Identifier: MIT

using System;
using Lapel.Crypto;
using Lapel.Evidence;
using Lapel.Hal;

namespace Lapel.Custody.Tests
{
    /// <summary>Somebody around a camera who signs: an Ed25519 key whose seed is a number and 31 zero bytes.</summary>
    public sealed class Signatory
    {
        private readonly INatives _natives = new DeviceNatives();
        private readonly Ed25519Key _key;

        public Signatory(byte number)
        {
            var seed = new byte[32];
            seed[0] = number;
            _key = new Ed25519Key(seed);
            while (_key.Step()) { }

            Fingerprint = new Digests(_natives).Fingerprint(_key.PublicKey);
        }

        public byte[] PublicKey
        {
            get { return _key.PublicKey; }
        }

        public byte[] Fingerprint { get; private set; }

        /// <summary>Signs a message of 64 bytes or more. Its nonce comes from the message, as in RFC 8032.</summary>
        public byte[] Sign(byte[] message)
        {
            var prefix = new byte[Ed25519Signer.PrefixLength];
            Array.Copy(message, 0, prefix, 0, prefix.Length);
            var signer = new Ed25519Signer(_key, _natives, prefix, new Digests(_natives).Hash(message));
            var signature = new byte[Ed25519Signer.SignatureLength];
            signer.Sign(message, 0, message.Length, signature, 0);
            return signature;
        }
    }
}
