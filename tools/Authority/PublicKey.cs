// SPDX-License-Identifier: MIT

using System;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Crypto.Parameters;

namespace Lapel.Authority
{
    /// <summary>The public half of a signing key.</summary>
    public sealed class PublicKey
    {
        /// <summary>Bytes of a public key.</summary>
        public const int Size = 32;

        /// <summary>A key of these 32 bytes.</summary>
        /// <exception cref="FormatException">They are no Ed25519 key.</exception>
        public PublicKey(KeyKind kind, byte[] bytes)
        {
            if (bytes.Length != Size)
            {
                throw new FormatException("an Ed25519 public key has 32 bytes");
            }

            Kind = kind;
            Bytes = bytes;
            Fingerprint = FingerprintOf(bytes);
        }

        /// <summary>Whose it is.</summary>
        public KeyKind Kind { get; }

        /// <summary>The key.</summary>
        public byte[] Bytes { get; }

        /// <summary>Its fingerprint, as documents name it (FORMAT.md section 1).</summary>
        public byte[] Fingerprint { get; }

        /// <summary>Fingerprint of an Ed25519 public key.</summary>
        public static byte[] FingerprintOf(byte[] publicKey)
        {
            var label = new byte[32];
            Encoding.ASCII.GetBytes("LAPEL-KEY-1", label);
            return HMACSHA256.HashData(label, publicKey);
        }

        /// <summary>Reads a public key file.</summary>
        /// <exception cref="FormatException">It is no public key file of this kind; says what it is instead.</exception>
        public static PublicKey Load(string path, KeyKind kind) => Parse(File.ReadAllText(path), kind);

        /// <summary>Reads the text of a public key file.</summary>
        /// <exception cref="FormatException">It is no public key file of this kind; says what it is instead.</exception>
        public static PublicKey Parse(string text, KeyKind kind)
        {
            string title = text.Split('\n')[0];
            if (KeyText.KindOf(title) is not { } found)
            {
                throw new FormatException("it does not begin with '" + KeyText.Title(kind, false) + "'");
            }

            if (found.Secret)
            {
                throw new FormatException("it is a secret key, which belongs nowhere near a camera; the public one is meant");
            }

            if (found.Kind != kind)
            {
                throw new FormatException("it is the key of " + Article(found.Kind) + ", not of " + Article(kind));
            }

            (byte[] id, byte[] bytes) = KeyText.Read(text, "key");
            var key = new PublicKey(kind, bytes);
            if (!key.Fingerprint.AsSpan().SequenceEqual(id))
            {
                throw new FormatException("its id is not that of its key: the file is damaged");
            }

            return key;
        }

        /// <summary>What the file holds.</summary>
        public string Text() => KeyText.Write(KeyText.Title(Kind, false), Fingerprint, "key", Bytes);

        /// <summary>Whether a signature over a message holds.</summary>
        public static bool Verifies(byte[] publicKey, byte[] message, byte[] signature)
        {
            var verifier = new Org.BouncyCastle.Crypto.Signers.Ed25519Signer();
            try
            {
                verifier.Init(false, new Ed25519PublicKeyParameters(publicKey));
            }
            catch (ArgumentException)
            {
                return false;
            }
            verifier.BlockUpdate(message, 0, message.Length);
            return verifier.VerifySignature(signature);
        }

        internal static string Article(KeyKind kind) => kind == KeyKind.Station ? "a station" : "an " + KeyText.Name(kind);
    }
}
