// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Lapel.Verify
{
    /// <summary>The receipts of an archive, as they lie in a store or in any folder: *.receipt, with those in the folders below.</summary>
    public sealed class ReceiptBook
    {
        /// <summary>Files that are read; a folder of more is refused.</summary>
        public const int MostFiles = 1_000_000;

        private const int MostFindings = 20;

        private readonly List<Receipt> _receipts = [];
        private readonly List<Finding> _findings = [];

        private ReceiptBook() { }

        /// <summary>What was wrong with receipts that do not count.</summary>
        internal IReadOnlyList<Finding> Findings => _findings;

        /// <summary>
        /// Reads a folder. What is no receipt of this archive does not count, and is named. Throws <see cref="FormatException"/> when there
        /// is no receipt at all or too many, or the file system's exception.
        /// </summary>
        /// <param name="folder">Where they lie.</param>
        /// <param name="archive">The archive's key, got by another way than the receipts.</param>
        public static ReceiptBook Read(string folder, TrustedKey archive)
        {
            var options = new EnumerationOptions
            {
                RecurseSubdirectories = true,
                IgnoreInaccessible = false,
                MatchCasing = MatchCasing.CaseInsensitive,
                AttributesToSkip = FileAttributes.ReparsePoint,
            };
            List<string> files = [.. Directory.EnumerateFiles(folder, "*.receipt", options).Take(MostFiles + 1)];
            if (files.Count is 0 or > MostFiles)
            {
                throw new FormatException(files.Count == 0 ? "no *.receipt is there" : "more than a million receipts are there");
            }

            var book = new ReceiptBook();
            int refused = 0;
            foreach (string file in files.Order(StringComparer.Ordinal))
            {
                string name = Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/');
                try
                {
                    book._receipts.Add(Receipt.Read(name, Content(file), archive));
                }
                catch (Exception error) when (error is FormatException or IOException or UnauthorizedAccessException)
                {
                    if (++refused <= MostFindings)
                    {
                        book.Refuse(name, Reason.Of(error));
                    }
                }
            }

            if (refused > MostFindings)
            {
                book.Refuse(null, (refused - MostFindings).ToString(CultureInfo.InvariantCulture) + " more receipts do not count");
            }

            return book;
        }

        /// <summary>Whether a receipt names just what is claimed to be released.</summary>
        /// <param name="claim">The claim.</param>
        /// <param name="device">The camera whose card it is; null when nothing says.</param>
        /// <param name="findings">Receives why receipts for this segment do not prove it.</param>
        internal bool Proves(Release claim, byte[]? device, List<Finding> findings)
        {
            bool proved = false;
            foreach (Receipt r in _receipts)
            {
                bool numbers = r.RecordingNumber == claim.RecordingNumber && r.Segment == claim.Segment,
                    digest = BoxBytes.U64(r.CloseDigest, 0) == claim.Digest,
                    camera = device != null && r.DeviceId.AsSpan().SequenceEqual(device);
                proved |= numbers && digest && camera;
                string? other =
                    numbers && camera && !digest ? "it is for another close of that segment than the slot names"
                    : numbers && digest && !camera ? "it is for another camera: device " + Convert.ToHexStringLower(r.DeviceId)
                    : digest && camera && !numbers ? "it is for another segment with that close"
                    : null;
                if (other != null)
                {
                    findings.Add(Refusal(r.File, "it does not prove the release that " + claim.File + " claims: " + other));
                }
            }

            return proved;
        }

        /// <summary>Numbers of a camera's recordings that receipts name, in order.</summary>
        internal IEnumerable<uint> Recordings(byte[] device) => Of(device).Select(r => r.RecordingNumber).Distinct().Order();

        /// <summary>The segments of a recording that receipts name, each with the first 8 bytes of its close digest.</summary>
        internal IReadOnlyList<(uint Segment, ulong Digest)> Segments(byte[] device, uint recording) =>
            [.. Of(device).Where(r => r.RecordingNumber == recording).Select(r => (r.Segment, BoxBytes.U64(r.CloseDigest, 0)))];

        private IEnumerable<Receipt> Of(byte[] device) => _receipts.Where(r => r.DeviceId.AsSpan().SequenceEqual(device));

        private static byte[] Content(string file)
        {
            if (!RegularFile.Is(file))
            {
                throw new FormatException(RegularFile.None);
            }

            if (new FileInfo(file).Length is 0 or > Receipt.Largest)
            {
                throw new FormatException("it is empty, or has more than 4096 bytes");
            }

            return File.ReadAllBytes(file);
        }

        private void Refuse(string? file, string why) => _findings.Add(Refusal(file, why));

        private static Finding Refusal(string? file, string why)
        {
            string text = (file == null ? "" : "a receipt that does not count: ") + why;
            return new Finding(Severity.Warning, FindingCode.ReceiptRefused, text) { File = file };
        }
    }
}
