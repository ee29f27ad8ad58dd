// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.IO;

namespace Lapel.Verify
{
    /// <summary>`lapel retire show CERTIFICATE [DEVICE.PUB] [--json]`.</summary>
    public static class CertificateCommand
    {
        /// <summary>
        /// Judges a stored certificate of retirement and reports; 0 when it is authentic, 1 when not, 2 when nothing could be judged.
        /// </summary>
        /// <param name="path">The certificate.</param>
        /// <param name="key">A file with the device's public key, by whose rotation statements beside it (ROTATED.PUB) other keys are
        /// found; null: the key in the certificate, whose device id must come from it.</param>
        /// <param name="json">A JSON line in place of text.</param>
        /// <param name="stdout">Receives the report.</param>
        /// <param name="stderr">Receives `lapel: ...` and `hint: ...`.</param>
        public static int Run(string path, string? key, bool json, TextWriter stdout, TextWriter stderr)
        {
            KeyChain? given = null;
            byte[] bytes;
            try
            {
                if (key != null)
                {
                    given = Chain(key);
                }
            }
            catch (Exception error) when (error is FormatException or IOException or UnauthorizedAccessException or ArgumentException)
            {
                return Fail(
                    stderr,
                    "cannot use the key file " + key + ": " + Reason.Of(error),
                    "give a DEVICE.PUB, 64 hex digits, 32 bytes, or an Ed25519 public key as PEM or DER",
                    VerifyCommand.Unusable
                );
            }
            try
            {
                bytes = Content(path, RetirementCertificate.LargestSize);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
            {
                return Fail(
                    stderr,
                    "certificate " + path + " cannot be read: " + Reason.Of(error),
                    "lapel retire send writes one",
                    VerifyCommand.Unusable
                );
            }
            RetirementCertificate? certificate = Judge(bytes, given, out string? problem);
            if (json)
            {
                CertificateReport.WriteJson(certificate, problem, given != null, stdout);
            }

            if (problem != null)
            {
                return Fail(
                    stderr,
                    path + " is not authentic: " + problem,
                    certificate == null
                        ? null
                        : "give the device's public key; when that was changed, with its ROTATED.PUB in the same folder",
                    VerifyCommand.NotAuthentic
                );
            }

            if (json)
            {
                return VerifyCommand.Authentic;
            }

            stdout.WriteLine(
                "authentic: signed with " + (given != null ? "the given device's key" : "the key that its device id comes from")
            );
            CertificateReport.Write(certificate!, stdout);
            return VerifyCommand.Authentic;
        }

        private static RetirementCertificate? Judge(byte[] bytes, KeyChain? given, out string? problem)
        {
            try
            {
                RetirementCertificate certificate = RetirementCertificate.Read(bytes);
                problem = certificate.Against(given ?? KeyChain.Of(certificate.Key, []));
                return certificate;
            }
            catch (FormatException error)
            {
                problem = error.Message;
                return null;
            }
        }

        private static KeyChain Chain(string key)
        {
            TrustedKey trusted = TrustedKey.Parse(key);
            string rotated = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(key))!, RotationFile.Name);
            if (!File.Exists(rotated))
            {
                return KeyChain.Of(trusted, []);
            }

            IReadOnlyList<RotationStatement> statements = RotationFile.Read(
                Content(rotated, RotationFile.LargestSize),
                out string? problem
            );
            return problem == null
                ? KeyChain.Of(trusted, statements)
                : throw new FormatException(RotationFile.Name + " beside it: " + problem);
        }

        // One byte more than is allowed shows that there is more.
        private static byte[] Content(string file, int most)
        {
            using FileStream stream = File.OpenRead(file);
            var bytes = new byte[most + 1];
            return bytes[..stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
        }

        private static int Fail(TextWriter stderr, string message, string? hint, int code)
        {
            stderr.WriteLine("lapel: " + message);
            if (hint != null)
            {
                stderr.WriteLine("hint: " + hint);
            }

            return code;
        }
    }
}
