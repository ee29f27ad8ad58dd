// SPDX-License-Identifier: MIT

using System;
using System.Globalization;
using System.IO;
using System.Text;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Lapel.Verify
{
    /// <summary>A device's Ed25519 public key with its fingerprint.</summary>
    public sealed class TrustedKey
    {
        /// <summary>Bytes of a public key.</summary>
        public const int Size = 32;

        /// <summary>Larger than any form in which a public key comes, bytes.</summary>
        private const int LargestFile = 8192;

        /// <summary>SubjectPublicKeyInfo of an Ed25519 key up to the key itself (RFC 8410).</summary>
        private static ReadOnlySpan<byte> SpkiPrefix => [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

        private readonly byte[] _key;
        private readonly Ed25519.PublicPoint _point;

        private TrustedKey(byte[] key, Ed25519.PublicPoint point)
        {
            (_key, _point) = (key, point);
            Fingerprint = EvidenceHash.Fingerprint(key);
        }

        /// <summary>The 32 bytes of the key.</summary>
        public ReadOnlySpan<byte> Bytes => _key;

        /// <summary>Its fingerprint, 32 bytes.</summary>
        public byte[] Fingerprint { get; }

        /// <summary>The id of the device whose first key this is: the fingerprint's first 16 bytes.</summary>
        public byte[] DeviceId => Fingerprint[..16];

        /// <summary>The key of these 32 bytes; throws <see cref="FormatException"/> when they are no Ed25519 key of full order.</summary>
        public static TrustedKey FromBytes(ReadOnlySpan<byte> key)
        {
            if (key.Length != Size)
            {
                throw new FormatException(
                    "an Ed25519 public key has 32 bytes, this has " + key.Length.ToString(CultureInfo.InvariantCulture)
                );
            }

            byte[] copy = key.ToArray();
            Ed25519.PublicPoint point =
                Ed25519.ValidatePublicKeyFullExport(copy, 0)
                ?? throw new FormatException("these 32 bytes are not a valid Ed25519 public key");
            return new TrustedKey(copy, point);
        }

        /// <summary>
        /// Reads a key file: DEVICE.PUB, 64 hex digits, 32 raw bytes, or SubjectPublicKeyInfo as PEM or DER. Throws
        /// <see cref="FormatException"/> with what is wrong, or the file system's exception.
        /// </summary>
        public static TrustedKey Parse(string file) => Parse(Content(file));

        /// <summary>Reads a card's DEVICE.PUB, which has that one form; throws as <see cref="Parse(string)"/>.</summary>
        public static TrustedKey ParseDevice(string file) => DeviceKeyFile.Parse(Content(file));

        /// <summary>As <see cref="ParseDevice(string)"/>, with the device id that the file states.</summary>
        internal static TrustedKey ParseDevice(string file, out byte[] deviceId) => DeviceKeyFile.Parse(Content(file), out deviceId);

        /// <summary>
        /// As <see cref="Parse(string)"/>, with the id of the device: that in a DEVICE.PUB, else the one that comes from the key.
        /// </summary>
        internal static (TrustedKey Key, byte[] DeviceId) ParseWithId(string file)
        {
            ReadOnlySpan<byte> content = Content(file);
            if (content.StartsWith("lapel device key"u8))
            {
                TrustedKey stated = DeviceKeyFile.Parse(content, out byte[] id);
                return (stated, id);
            }

            TrustedKey key = Parse(content);
            return (key, key.DeviceId);
        }

        private static ReadOnlySpan<byte> Content(string file)
        {
            using FileStream stream = File.OpenRead(file);
            var bytes = new byte[LargestFile + 1];
            int n = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (n > LargestFile)
            {
                throw new FormatException("it is too large for a public key");
            }

            return bytes.AsSpan(0, n);
        }

        /// <summary>As <see cref="Parse(string)"/>, from the file's content.</summary>
        public static TrustedKey Parse(ReadOnlySpan<byte> content)
        {
            // 32 bytes of a key are never all printable: such a file is a text of that length.
            if (content.Length == Size && content.IndexOfAnyExceptInRange((byte)0x09, (byte)0x7e) >= 0)
            {
                return FromBytes(content);
            }

            if (content.StartsWith(SpkiPrefix))
            {
                return FromBytes(content[SpkiPrefix.Length..]);
            }

            if (content.IsEmpty)
            {
                throw new FormatException("it is empty");
            }

            if (content[0] == 0x30)
            {
                throw new FormatException("it is DER, but no Ed25519 SubjectPublicKeyInfo");
            }

            if (content.IndexOfAnyExceptInRange((byte)0x09, (byte)0x7e) >= 0)
            {
                throw new FormatException("it is neither a text nor 32 bytes");
            }

            string text = Encoding.ASCII.GetString(content).Trim();
            if (text.StartsWith("lapel device key", StringComparison.Ordinal))
            {
                return DeviceKeyFile.Parse(content);
            }

            if (text.StartsWith("-----BEGIN ", StringComparison.Ordinal))
            {
                return Pem(text);
            }

            if (text.StartsWith("ssh-", StringComparison.Ordinal))
            {
                throw new FormatException("it is an OpenSSH key; a DEVICE.PUB, 64 hex digits or PEM is needed");
            }

            if (text.Length != 2 * Size)
            {
                throw new FormatException("it is none of DEVICE.PUB, 64 hex digits, 32 bytes, PEM or DER");
            }

            return FromHex(text);
        }

        internal static TrustedKey FromHex(string hex)
        {
            var key = new byte[Size];
            if (hex.Length != 2 * Size || Convert.FromHexString(hex, key, out _, out _) != System.Buffers.OperationStatus.Done)
            {
                throw new FormatException("the key is not 64 hex digits");
            }

            return FromBytes(key);
        }

        /// <summary>Whether this key made the signature (64 bytes) over the message, by the strict rule of FORMAT.md 3.4.</summary>
        public bool Verify(byte[] message, byte[] signature) =>
            // The library checks the equation times the cofactor, and takes an R of small order. Where R is of full order, as the key is,
            // that is the same as without the cofactor.
            Ed25519.ValidatePublicKeyFull(signature, 0) && Ed25519.Verify(signature, 0, _point, message, 0, message.Length);

        private static TrustedKey Pem(string text)
        {
            const string Begin = "-----BEGIN PUBLIC KEY-----",
                End = "-----END PUBLIC KEY-----";
            if (text.Contains("PRIVATE KEY", StringComparison.Ordinal))
            {
                throw new FormatException("it is a private key; verification takes the public key");
            }
            // The two may share their dashes: the end counts from behind the beginning on.
            int end = text.StartsWith(Begin, StringComparison.Ordinal) ? text.IndexOf(End, Begin.Length, StringComparison.Ordinal) : -1;
            if (end < 0)
            {
                throw new FormatException("it is PEM, but no PUBLIC KEY block");
            }

            byte[] der;
            try
            {
                der = Convert.FromBase64String(text[Begin.Length..end]);
            }
            catch (FormatException)
            {
                throw new FormatException("the PEM block is not base64");
            }
            if (der.Length != SpkiPrefix.Length + Size || !der.AsSpan().StartsWith(SpkiPrefix))
            {
                throw new FormatException("the PEM block is no Ed25519 public key");
            }

            return FromBytes(der.AsSpan(SpkiPrefix.Length));
        }
    }
}
