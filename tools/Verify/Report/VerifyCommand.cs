// SPDX-License-Identifier: MIT

using System;
using System.IO;

namespace Lapel.Verify
{
    /// <summary>`lapel verify PATH [--key FILE] [--keys DIR] [--firmware FILE] [--json]`.</summary>
    public static class VerifyCommand
    {
        /// <summary>Everything is authentic.</summary>
        public const int Authentic = 0;

        /// <summary>Something is not, or there is no recording.</summary>
        public const int NotAuthentic = 1;

        /// <summary>Nothing could be judged: a wrong path or key file, or a card that cannot be read.</summary>
        public const int Unusable = 2;

        /// <summary>Verifies and reports; returns the exit code.</summary>
        /// <param name="path">A card folder, a folder of segment files, or one segment file.</param>
        /// <param name="key">A file with the device's public key; null: the one on the card.</param>
        /// <param name="json">JSON lines in place of text.</param>
        /// <param name="stdout">Receives the report.</param>
        /// <param name="stderr">Receives `lapel: ...` and `hint: ...` when nothing could be judged.</param>
        /// <param name="against">What else it is judged by; null: nothing.</param>
        public static int Run(string path, string? key, bool json, TextWriter stdout, TextWriter stderr, VerifyAgainst? against = null)
        {
            string? firmware = against?.Firmware;
            TrustedKey? given = null;
            try
            {
                if (key != null)
                {
                    given = TrustedKey.Parse(key);
                }
            }
            catch (Exception error) when (error is FormatException or IOException or UnauthorizedAccessException or ArgumentException)
            {
                return Fail(
                    stderr,
                    "cannot use the key file " + key + ": " + Reason.Of(error),
                    "give a DEVICE.PUB, 64 hex digits, 32 bytes, or an Ed25519 public key as PEM or DER"
                );
            }

            ReleasedFirmware? released = null;
            try
            {
                released = firmware == null ? null : ReleasedFirmware.Read(firmware);
            }
            catch (Exception error) when (error is FormatException or IOException or UnauthorizedAccessException or ArgumentException)
            {
                return Fail(
                    stderr,
                    "cannot use the list of released firmware " + firmware + ": " + Reason.Of(error),
                    "give a file with a digest of lapel image and a name a line"
                );
            }

            CardResult card;
            try
            {
                card = CardVerifier.Verify(path, given, against?.Registry, against?.Receipts);
            }
            catch (CardException error)
            {
                return Fail(stderr, error.Message, error.Hint);
            }
            if (json)
            {
                VerifyJson.Write(card, stdout, released);
            }
            else
            {
                VerifyReport.Write(card, stdout, released);
            }

            return card.AllAuthentic && released?.Took(card) != false ? Authentic : NotAuthentic;
        }

        private static int Fail(TextWriter stderr, string message, string hint)
        {
            stderr.WriteLine("lapel: " + message);
            stderr.WriteLine("hint: " + hint);
            return Unusable;
        }
    }
}
