// SPDX-License-Identifier: MIT

using System;
using System.IO;
using System.Security.Cryptography;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Lapel.Authority
{
    /// <summary>
    /// An Ed25519 key pair with which an authority, a station or an archive signs. The secret is never shown: not in messages, not by
    /// ToString.
    /// </summary>
    public sealed class SigningKey
    {
        // A key file has three short lines, or some more with a passphrase.
        private const long MaxFileBytes = 4096;

        private readonly byte[] _seed;

        private SigningKey(KeyKind kind, byte[] seed)
        {
            _seed = seed;
            var bytes = new byte[PublicKey.Size];
            Ed25519.GeneratePublicKey(seed, 0, bytes, 0);
            Public = new PublicKey(kind, bytes);
        }

        /// <summary>Whose it is.</summary>
        public KeyKind Kind => Public.Kind;

        /// <summary>The public half.</summary>
        public PublicKey Public { get; }

        /// <summary>Fingerprint of the public key, 32 bytes.</summary>
        public byte[] Fingerprint => Public.Fingerprint;

        /// <summary>A new key.</summary>
        public static SigningKey Generate(KeyKind kind) => new(kind, RandomNumberGenerator.GetBytes(Ed25519.SecretKeySize));

        /// <summary>The key of a seed (RFC 8032), for test vectors.</summary>
        public static SigningKey FromSeed(KeyKind kind, byte[] seed)
        {
            if (seed.Length != Ed25519.SecretKeySize)
            {
                throw new FormatException("an Ed25519 secret has 32 bytes");
            }

            return new SigningKey(kind, (byte[])seed.Clone());
        }

        /// <summary>The text of a file that should be a secret key's.</summary>
        /// <exception cref="FormatException">It is too large.</exception>
        public static string ReadText(string path)
        {
            if (new FileInfo(path) is { Exists: true, Length: > MaxFileBytes })
            {
                throw new FormatException("it is too large for a key file");
            }

            return File.ReadAllText(path);
        }

        /// <summary>Reads a secret key file of one kind, which has no passphrase.</summary>
        /// <exception cref="FormatException">It is no secret key file of this kind; says what it is instead.</exception>
        public static SigningKey Load(string path, KeyKind kind) => Parse(ReadText(path), kind);

        /// <summary>Reads the text of a secret key file of one kind, which has no passphrase.</summary>
        /// <exception cref="FormatException">It is no secret key file of this kind; says what it is instead.</exception>
        public static SigningKey Parse(string text, KeyKind kind)
        {
            SigningKey key = Parse(text);
            if (key.Kind != kind)
            {
                throw new FormatException("it is the key of " + PublicKey.Article(key.Kind) + ", not of " + PublicKey.Article(kind));
            }

            return key;
        }

        /// <summary>Reads the text of a secret key file.</summary>
        /// <exception cref="FormatException">It is no such file.</exception>
        public static SigningKey Parse(string text)
        {
            if (KeyText.KindOf(text.Split('\n')[0]) is not { } found)
            {
                throw new FormatException("it is no secret key of an authority, a station or an archive");
            }

            if (!found.Secret)
            {
                throw new FormatException("it is a public key; signing takes the secret one");
            }

            (byte[] id, byte[] seed) = KeyText.Read(text, "secret");
            var key = new SigningKey(found.Kind, seed);
            if (!key.Fingerprint.AsSpan().SequenceEqual(id))
            {
                throw new FormatException("its id is not that of its secret: the file is damaged");
            }

            return key;
        }

        /// <summary>What the secret file holds, without a passphrase.</summary>
        public string SecretText() => KeyText.Write(KeyText.Title(Kind, true), Fingerprint, "secret", _seed);

        /// <summary>Writes NAME.key, readable by its owner only, and NAME.pub. Nothing is overwritten.</summary>
        /// <exception cref="IOException">One of them is there already, or cannot be written.</exception>
        public void Save(string secretPath, string publicPath)
        {
            Write(
                secretPath,
                SecretText(),
                UnixFileMode.UserRead | UnixFileMode.UserWrite
            );
            Write(
                publicPath,
                Public.Text(),
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead
            );
        }

        /// <summary>The signature over a message, 64 bytes.</summary>
        public byte[] Sign(byte[] message)
        {
            var signature = new byte[Ed25519.SignatureSize];
            Ed25519.Sign(_seed, 0, message, 0, message.Length, signature, 0);
            return signature;
        }

        private static void Write(string path, string text, UnixFileMode mode)
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = mode;
            }

            using var to = new StreamWriter(path, options);
            to.Write(text);
        }
    }
}
