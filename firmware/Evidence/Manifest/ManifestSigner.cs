// SPDX-License-Identifier: MIT

using System;
using Lapel.Crypto;

namespace Lapel.Evidence
{
    /// <summary>
    /// Signs manifests: COSE_Sign1 over the manifest's digest (FORMAT.md 3.4). Everything before the payload is constant, so the first
    /// SHA-512 block of a signature is compressed together with the nonce, ahead of time.
    /// </summary>
    public sealed class ManifestSigner
    {
        /// <summary>Bytes of a COSE_Sign1 as written here.</summary>
        public const int CoseBytes = 2 + 2 + ProtectedBytes + 1 + 2 + Digests.Size + 2 + SignatureBytes;

        private const int ProtectedBytes = 66;
        private const int SignatureBytes = 64;
        private const int PrefixBytes = 64;

        // Tag and array, head of the protected header's byte string, and six bytes of its map.
        private const int EnvelopeFingerprintAt = 10;

        // array(4), "Signature1", bstr(66): RFC 9052 section 4.4.
        private static readonly byte[] StructureHead =
        {
            0x84,
            0x6A,
            0x53,
            0x69,
            0x67,
            0x6E,
            0x61,
            0x74,
            0x75,
            0x72,
            0x65,
            0x31,
            0x58,
            ProtectedBytes,
        };

        // {1: -8, 4: bstr(32) ...
        private static readonly byte[] ProtectedHead = { 0xA4, 0x01, 0x27, 0x04, 0x58, 0x20 };

        // ... 258: -65537, 259: "application/cbor"}
        private static readonly byte[] ProtectedTail =
        {
            0x19,
            0x01,
            0x02,
            0x3A,
            0x00,
            0x01,
            0x00,
            0x00,
            0x19,
            0x01,
            0x03,
            0x70,
            0x61,
            0x70,
            0x70,
            0x6C,
            0x69,
            0x63,
            0x61,
            0x74,
            0x69,
            0x6F,
            0x6E,
            0x2F,
            0x63,
            0x62,
            0x6F,
            0x72,
        };

        private readonly Ed25519Signer _signer;
        private readonly byte[] _structure;
        private readonly int _payloadAt;
        private readonly byte[] _signature = new byte[SignatureBytes];

        /// <summary>A signer for the device key.</summary>
        /// <param name="key">The device key, ready.</param>
        /// <param name="fingerprint">Its fingerprint.</param>
        /// <param name="natives">Native operations.</param>
        /// <param name="nonceSeed">Boot number and fresh entropy; never the same twice.</param>
        public ManifestSigner(Ed25519Key key, byte[] fingerprint, Hal.INatives natives, byte[] nonceSeed)
        {
            _payloadAt = StructureHead.Length + ProtectedBytes + 1 + 2;
            _structure = new byte[_payloadAt + Digests.Size];
            int at = Append(StructureHead, 0);
            at = Append(ProtectedHead, at);
            at = Append(fingerprint, at);
            at = Append(ProtectedTail, at);
            _structure[at] = 0x40;
            _structure[at + 1] = 0x58;
            _structure[at + 2] = Digests.Size;
            var prefix = new byte[PrefixBytes];
            Array.Copy(_structure, 0, prefix, 0, PrefixBytes);
            _signer = new Ed25519Signer(key, natives, prefix, nonceSeed);
        }

        /// <summary>Whether a signature can be made without computing a nonce first.</summary>
        public bool IsPrepared
        {
            get { return _signer.IsPrepared; }
        }

        /// <summary>Nonces that are ready.</summary>
        public int Prepared
        {
            get { return _signer.Prepared; }
        }

        /// <summary>One slice of preparing nonces. True while work remains.</summary>
        public bool Step()
        {
            return _signer.Step();
        }

        /// <summary>
        /// Writes the COSE_Sign1 over a digest. When no nonce is prepared it is computed here, which takes several slices of time.
        /// </summary>
        /// <param name="digest">D of the manifest, 32 bytes.</param>
        /// <param name="destination">Takes <see cref="CoseBytes"/> bytes.</param>
        /// <param name="offset">Where.</param>
        public void Sign(byte[] digest, byte[] destination, int offset)
        {
            Array.Copy(digest, 0, _structure, _payloadAt, Digests.Size);
            _signer.Sign(_structure, 0, _structure.Length, _signature, 0);
            int at = PutEnvelope(destination, offset);
            Array.Copy(_signature, 0, destination, at, SignatureBytes);
        }

        /// <summary>Where the signature begins in a COSE_Sign1.</summary>
        public static int SignatureAt
        {
            get { return CoseBytes - SignatureBytes; }
        }

        /// <summary>What a COSE_Sign1 over a digest is, the signature's bytes zero.</summary>
        /// <param name="digest">The digest.</param>
        /// <param name="fingerprint">Fingerprint of the key that signed.</param>
        public byte[] Envelope(byte[] digest, byte[] fingerprint)
        {
            Array.Copy(digest, 0, _structure, _payloadAt, Digests.Size);
            var envelope = new byte[CoseBytes];
            PutEnvelope(envelope, 0);
            Array.Copy(fingerprint, 0, envelope, EnvelopeFingerprintAt, Digests.Size);
            return envelope;
        }

        /// <summary>The Sig_structure (RFC 9052, 4.4) over a digest, as an array of its own.</summary>
        /// <param name="digest">D of the manifest, 32 bytes.</param>
        public byte[] Structure(byte[] digest)
        {
            var structure = new byte[_structure.Length];
            Array.Copy(_structure, 0, structure, 0, _payloadAt);
            Array.Copy(digest, 0, structure, _payloadAt, Digests.Size);
            return structure;
        }

        /// <summary>The Sig_structure over a digest of the key with a fingerprint, which may be a former one.</summary>
        /// <param name="digest">D of the manifest, 32 bytes.</param>
        /// <param name="fingerprint">Fingerprint of that key, 32 bytes.</param>
        public byte[] Structure(byte[] digest, byte[] fingerprint)
        {
            byte[] structure = Structure(digest);
            Array.Copy(fingerprint, 0, structure, StructureHead.Length + ProtectedHead.Length, Digests.Size);
            return structure;
        }

        private int PutEnvelope(byte[] destination, int offset)
        {
            int at = offset;
            destination[at++] = 0xD2;
            destination[at++] = 0x84;
            int head = StructureHead.Length - 2;
            Array.Copy(_structure, head, destination, at, 2 + ProtectedBytes);
            at += 2 + ProtectedBytes;
            destination[at++] = 0xA0;
            Array.Copy(_structure, _payloadAt - 2, destination, at, 2 + Digests.Size);
            at += 2 + Digests.Size;
            destination[at++] = 0x58;
            destination[at++] = SignatureBytes;
            return at;
        }

        private int Append(byte[] part, int at)
        {
            Array.Copy(part, 0, _structure, at, part.Length);
            return at + part.Length;
        }
    }
}
