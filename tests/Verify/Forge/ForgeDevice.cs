// SPDX-License-Identifier: MIT

using System;
using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Crypto.Parameters;

namespace Lapel.Verify.Tests
{
    /// <summary>A device of the tests: a key pair and the hashes of FORMAT.md, written apart from the verifier's.</summary>
    internal sealed class ForgeDevice
    {
        private readonly Ed25519PrivateKeyParameters _key;
        private readonly ForgeDevice? _first;

        public ForgeDevice(byte seed)
            : this(Repeated(seed)) { }

        /// <summary>A device with this secret key, 32 bytes.</summary>
        public ForgeDevice(byte[] secret)
        {
            _key = new Ed25519PrivateKeyParameters(secret);
            PublicKey = _key.GeneratePublicKey().GetEncoded();
            Fingerprint = Mac("LAPEL-KEY-1", PublicKey);
        }

        /// <summary>The same device as another, under a key of its own.</summary>
        public ForgeDevice(byte seed, ForgeDevice first)
            : this(seed) => _first = first;

        public byte[] PublicKey { get; }
        public byte[] Fingerprint { get; }

        /// <summary>Its id: that of its own key, unless it took another one's place.</summary>
        public byte[] DeviceId => _first?.DeviceId ?? Fingerprint[..16];
        public TrustedKey Trusted => TrustedKey.FromBytes(PublicKey);

        private static byte[] Repeated(byte seed)
        {
            var bytes = new byte[32];
            Array.Fill(bytes, seed);
            return bytes;
        }

        public byte[] KeyFile()
        {
            string text =
                "lapel device key 1\nid "
                + Convert.ToHexStringLower(DeviceId)
                + "\nkey "
                + Convert.ToHexStringLower(PublicKey)
                + "\n"
                + (_first == null ? "" : "first " + Convert.ToHexStringLower(_first.PublicKey) + "\n");
            return Encoding.ASCII.GetBytes(text.PadRight(511) + "\n");
        }

        public byte[] Sign(byte[] message)
        {
            var signature = new byte[64];
            _key.Sign(Org.BouncyCastle.Math.EC.Rfc8032.Ed25519.Algorithm.Ed25519, null, message, 0, message.Length, signature, 0);
            return signature;
        }

        /// <summary>COSE_Sign1 of a digest as FORMAT.md 3.4.</summary>
        public byte[] Sign1(byte[] payload)
        {
            var head = new CborWriter(CborConformanceMode.Canonical);
            head.WriteStartMap(4);
            head.WriteInt32(1);
            head.WriteInt32(-8);
            head.WriteInt32(4);
            head.WriteByteString(Fingerprint);
            head.WriteInt32(258);
            head.WriteInt32(-65537);
            head.WriteInt32(259);
            head.WriteTextString("application/cbor");
            head.WriteEndMap();
            byte[] protectedHeader = head.Encode();
            var sig = new CborWriter(CborConformanceMode.Canonical);
            sig.WriteStartArray(4);
            sig.WriteTextString("Signature1");
            sig.WriteByteString(protectedHeader);
            sig.WriteByteString([]);
            sig.WriteByteString(payload);
            sig.WriteEndArray();
            var cose = new CborWriter(CborConformanceMode.Canonical);
            cose.WriteTag((CborTag)18);
            cose.WriteStartArray(4);
            cose.WriteByteString(protectedHeader);
            cose.WriteStartMap(0);
            cose.WriteEndMap();
            cose.WriteByteString(payload);
            cose.WriteByteString(Sign(sig.Encode()));
            cose.WriteEndArray();
            return cose.Encode();
        }

        public static byte[] Mac(string label, byte[] bytes)
        {
            var key = new byte[32];
            Encoding.ASCII.GetBytes(label).CopyTo(key, 0);
            using var hmac = new HMACSHA256(key);
            return hmac.ComputeHash(bytes);
        }

        /// <summary>B(x).</summary>
        public static byte[] BlockHash(byte[] bytes)
        {
            int size = 512;
            while (size < bytes.Length)
            {
                size <<= 1;
            }

            var padded = new byte[size];
            bytes.CopyTo(padded, 0);
            return Mac("LAPEL-CHAIN-1", padded);
        }
    }
}
