// SPDX-License-Identifier: MIT

using System;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.EdEC;
using Org.BouncyCastle.Asn1.Misc;
using Org.BouncyCastle.Asn1.Nist;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Math;

namespace Lapel.Cli
{
    /// <summary>
    /// A secret key file whose secret is encrypted with a passphrase (CUSTODY.md section 1.1): title and id as without one, then an
    /// EncryptedPrivateKeyInfo of PKCS #8 (RFC 5958) in PEM, by scrypt (RFC 7914) and AES-256-CBC. OpenSSL reads it as it is.
    /// </summary>
    internal static class ProtectedKey
    {
        /// <summary>Most characters of a file.</summary>
        public const int MaxChars = 4096;

        // 16 MiB and 8 passes: what OWASP asks of scrypt, within the 32 MiB that OpenSSL grants a file.
        private const int Cost = 1 << 14,
            BlockSize = 8,
            Passes = 8;

        // A file decides how long its reader works: 16 times the work of ours, and 256 MiB, are the most.
        private const long MaxWork = 16L * Cost * BlockSize * Passes,
            MaxMemory = 256 << 20;

        private const int SecretBytes = 32,
            KeyBytes = 32,
            SaltBytes = 16,
            MaxSaltBytes = 64,
            BlockBytes = 16;

        private const string Begin = "-----BEGIN ENCRYPTED PRIVATE KEY-----",
            End = "-----END ENCRYPTED PRIVATE KEY-----",
            SecretLine = "secret ";

        /// <summary>Whether the text is a key file with a passphrase.</summary>
        public static bool Is(string text) => text.Split('\n') is { Length: > 2 } lines && lines[2] == Begin;

        /// <summary>The file with a passphrase of a secret key file without one.</summary>
        /// <exception cref="FormatException">It is no secret key file.</exception>
        public static string Lock(string text, string passphrase)
        {
            string[] lines = text.TrimEnd('\n').Split('\n');
            byte[] secret =
                lines.Length == 3 && lines[2].StartsWith(SecretLine, StringComparison.Ordinal)
                    ? Convert.FromHexString(lines[2].AsSpan(SecretLine.Length))
                    : throw new FormatException("it is no secret key file without a passphrase");
            byte[] salt = RandomNumberGenerator.GetBytes(SaltBytes),
                start = RandomNumberGenerator.GetBytes(BlockBytes);
            var info = new PrivateKeyInfo(new AlgorithmIdentifier(Algorithm(lines[0])), new DerOctetString(secret));
            using Aes aes = Aes.Create();
            aes.Key = Derive(passphrase, salt, Cost, BlockSize, Passes);
            var derivation = new KeyDerivationFunc(
                MiscObjectIdentifiers.id_scrypt,
                new ScryptParams(
                    new DerOctetString(salt),
                    DerInteger.ValueOf(Cost),
                    DerInteger.ValueOf(BlockSize),
                    DerInteger.ValueOf(Passes),
                    DerInteger.ValueOf(KeyBytes)
                )
            );
            var scheme = new EncryptionScheme(NistObjectIdentifiers.IdAes256Cbc, new DerOctetString(start));
            var sealedInfo = new EncryptedPrivateKeyInfo(
                new AlgorithmIdentifier(PkcsObjectIdentifiers.IdPbeS2, new PbeS2Parameters(derivation, scheme)),
                aes.EncryptCbc(info.GetDerEncoded(), start)
            );
            string body = string.Join('\n', Convert.ToBase64String(sealedInfo.GetDerEncoded()).Chunk(64).Select(line => new string(line)));
            return $"{lines[0]}\n{lines[1]}\n{Begin}\n{body}\n{End}\n";
        }

        /// <summary>The secret key file without a passphrase; null when it is another passphrase or the file is damaged.</summary>
        /// <exception cref="FormatException">It is no such file, or asks for too much work.</exception>
        public static string? Open(string text, string passphrase)
        {
            string[] lines = text.TrimEnd('\n').Split('\n');
            if (text.Length > MaxChars || lines.Length < 5 || lines[2] != Begin || lines[^1] != End)
            {
                throw new FormatException("it is no key file with a passphrase: a line of it is missing");
            }

            (byte[] secret, bool right) = Open(Body(string.Concat(lines[3..^1])), passphrase, Algorithm(lines[0]));
            return right ? $"{lines[0]}\n{lines[1]}\n{SecretLine}{Convert.ToHexStringLower(secret)}\n" : null;
        }

        private static byte[] Body(string base64)
        {
            try
            {
                return Convert.FromBase64String(base64);
            }
            catch (FormatException)
            {
                throw new FormatException("what stands between BEGIN and END is no base64");
            }
        }

        private static (byte[] Secret, bool Right) Open(byte[] der, string passphrase, DerObjectIdentifier algorithm)
        {
            (byte[] key, byte[] start, byte[] content) = Unwrap(der, passphrase);
            using Aes aes = Aes.Create();
            aes.Key = key;
            try
            {
                PrivateKeyInfo info = PrivateKeyInfo.GetInstance(Whole(aes.DecryptCbc(content, start)));
                byte[] secret = Asn1OctetString.GetInstance(info.ParsePrivateKey()).GetOctets();
                return (secret, secret.Length == SecretBytes && info.PrivateKeyAlgorithm.Algorithm.Equals(algorithm));
            }
            catch (Exception)
            {
                // What a wrong key decrypts to is noise, of which the library tells by many kinds of exceptions.
                return ([], false);
            }
        }

        private static (byte[] Key, byte[] Start, byte[] Content) Unwrap(byte[] der, string passphrase)
        {
            try
            {
                EncryptedPrivateKeyInfo info = EncryptedPrivateKeyInfo.GetInstance(Whole(der));
                if (!info.EncryptionAlgorithm.Algorithm.Equals(PkcsObjectIdentifiers.IdPbeS2))
                {
                    throw new FormatException("it is not encrypted by PBES2");
                }

                PbeS2Parameters scheme = PbeS2Parameters.GetInstance(info.EncryptionAlgorithm.Parameters);
                if (!scheme.KeyDerivationFunc.Algorithm.Equals(MiscObjectIdentifiers.id_scrypt))
                {
                    throw new FormatException("its passphrase is not derived by scrypt");
                }

                if (!scheme.EncryptionScheme.Algorithm.Equals(NistObjectIdentifiers.IdAes256Cbc))
                {
                    throw new FormatException("it is not encrypted with AES-256-CBC");
                }

                byte[] start = Asn1OctetString.GetInstance(scheme.EncryptionScheme.Parameters).GetOctets(),
                    content = info.GetEncryptedData();
                if (start.Length != BlockBytes || content.Length == 0 || content.Length % BlockBytes != 0)
                {
                    throw new FormatException("its encrypted part has a wrong length");
                }

                return (Derive(passphrase, ScryptParams.GetInstance(scheme.KeyDerivationFunc.Parameters)), start, content);
            }
            catch (Exception e) when (e is not FormatException)
            {
                // The library tells of bad ASN.1 by half a dozen kinds of exceptions, a null reference among them.
                throw new FormatException("what stands between BEGIN and END is no encrypted key of PKCS #8", e);
            }
        }

        private static byte[] Derive(string passphrase, ScryptParams asked)
        {
            byte[] salt = asked.Salt.GetOctets();
            long cost = Number(asked.CostParameter),
                block = Number(asked.BlockSize),
                passes = Number(asked.ParallelizationParameter);
            bool isKeyFit = asked.KeyLength == null || Number(asked.KeyLength) == KeyBytes;
            if (cost < 2 || (cost & (cost - 1)) != 0 || salt.Length > MaxSaltBytes || !isKeyFit)
            {
                throw new FormatException("its numbers for scrypt are not possible");
            }

            // Each is at most 2^24, so nothing here runs over.
            if (128 * cost * block > MaxMemory || cost * block > MaxWork / passes)
            {
                throw new FormatException("it asks for too much work to try a passphrase: it was not made by lapel keygen");
            }

            return Derive(passphrase, salt, (int)cost, (int)block, (int)passes);
        }

        private static long Number(DerInteger number)
        {
            BigInteger value = number.Value;
            if (value.SignValue <= 0)
            {
                throw new FormatException("its numbers for scrypt are not possible");
            }

            return value.BitLength <= 24
                ? value.LongValue
                : throw new FormatException("it asks for too much work to try a passphrase: it was not made by lapel keygen");
        }

        private static byte[] Derive(string passphrase, byte[] salt, int cost, int block, int passes) =>
            SCrypt.Generate(Encoding.UTF8.GetBytes(passphrase), salt, cost, block, passes, KeyBytes);

        // Nothing may stand behind it.
        private static Asn1Sequence Whole(byte[] der) => Asn1Sequence.GetInstance(Asn1Object.FromByteArray(der));

        private static DerObjectIdentifier Algorithm(string title) =>
            title.StartsWith("lapel agency ", StringComparison.Ordinal)
                ? EdECObjectIdentifiers.id_X25519
                : EdECObjectIdentifiers.id_Ed25519;
    }
}
