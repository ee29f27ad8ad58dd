// SPDX-License-Identifier: MIT

using System;
using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Math.EC.Rfc7748;

namespace Lapel.Export
{
    /// <summary>An agency's X25519 key pair and its two text files (FORMAT.md 8.6).</summary>
    public sealed class AgencyKey
    {
        /// <summary>Bytes of a key.</summary>
        public const int Size = 32;

        private const string SecretTitle = "lapel agency secret key 1",
            PublicTitle = "lapel agency public key 1";

        private readonly byte[] _secret;

        /// <summary>The pair of this secret.</summary>
        public AgencyKey(byte[] secret)
        {
            if (secret.Length != Size)
            {
                throw new FormatException("an X25519 secret has 32 bytes");
            }

            _secret = secret;
            PublicKey = new byte[Size];
            X25519.ScalarMultBase(secret, 0, PublicKey, 0);
            Fingerprint = FingerprintOf(PublicKey);
        }

        public byte[] PublicKey { get; }

        /// <summary>Fingerprint of the public key.</summary>
        public byte[] Fingerprint { get; }

        /// <summary>A new pair.</summary>
        public static AgencyKey Make() => new(RandomNumberGenerator.GetBytes(Size));

        /// <summary>The fingerprint of a recipient's public key.</summary>
        public static byte[] FingerprintOf(byte[] publicKey)
        {
            var label = new byte[32];
            Encoding.ASCII.GetBytes("LAPEL-RECIPIENT-1", label);
            return HMACSHA256.HashData(label, publicKey);
        }

        /// <summary>What the secret file holds.</summary>
        public string SecretText() => Text(SecretTitle, "secret", _secret);

        /// <summary>What the public file holds.</summary>
        public string PublicText() => Text(PublicTitle, "key", PublicKey);

        /// <summary>Reads a secret file's text; throws <see cref="FormatException"/>.</summary>
        public static AgencyKey ReadSecret(string text)
        {
            if (text.StartsWith(PublicTitle, StringComparison.Ordinal))
            {
                throw new FormatException("it is an agency's public key; opening recordings takes the secret one");
            }

            (byte[] id, byte[] secret) = Parse(text, SecretTitle, "secret");
            var key = new AgencyKey(secret);
            if (!key.Fingerprint.AsSpan().SequenceEqual(id))
            {
                throw new FormatException("its id is not that of its secret: the file is damaged");
            }

            return key;
        }

        /// <summary>Reads a public file's text; throws <see cref="FormatException"/>.</summary>
        public static byte[] ReadPublic(string text)
        {
            if (text.StartsWith(SecretTitle, StringComparison.Ordinal))
            {
                throw new FormatException(
                    "it is an agency's secret key, which belongs nowhere near a camera; sealing takes the public one"
                );
            }

            (byte[] id, byte[] key) = Parse(text, PublicTitle, "key");
            if (!FingerprintOf(key).AsSpan().SequenceEqual(id))
            {
                throw new FormatException("its id is not that of its key: the file is damaged");
            }

            return key;
        }

        /// <summary>X25519 of this secret and another's public key; null when it is zero (RFC 7748, 6.1).</summary>
        internal byte[]? Agree(byte[] publicKey)
        {
            var shared = new byte[Size];
            return X25519.CalculateAgreement(_secret, 0, publicKey, 0, shared, 0) ? shared : null;
        }

        private string Text(string title, string name, byte[] key) =>
            title + "\nid " + Convert.ToHexStringLower(Fingerprint) + "\n" + name + " " + Convert.ToHexStringLower(key) + "\n";

        private static (byte[] Id, byte[] Key) Parse(string text, string title, string name)
        {
            string[] lines = text.TrimEnd('\n').Split('\n');
            if (lines.Length != 3 || lines[0] != title)
            {
                throw new FormatException("it does not begin with the line '" + title + "' and have two more");
            }

            return (Line(lines[1], "id"), Line(lines[2], name));
        }

        private static byte[] Line(string line, string name)
        {
            var bytes = new byte[Size];
            if (
                !line.StartsWith(name + " ", StringComparison.Ordinal)
                || line.Length != name.Length + 1 + 2 * Size
                || Convert.FromHexString(line.AsSpan(name.Length + 1), bytes, out _, out _) != System.Buffers.OperationStatus.Done
            )
            {
                throw new FormatException("a line '" + name + " ' and 64 hex digits is missing");
            }

            return bytes;
        }
    }
}
