// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Lapel.Verify
{
    /// <summary>
    /// The builds that were released, as a list of digests tells them: a digest and a name a line, as sha256sum writes them.
    /// </summary>
    public sealed class ReleasedFirmware
    {
        private const int DigestDigits = 64;
        private const long MostBytes = 1 << 20;

        private readonly Dictionary<string, string> _names;

        private ReleasedFirmware(Dictionary<string, string> names)
        {
            _names = names;
        }

        /// <summary>Reads a list. Blank lines and lines that begin with # are left out.</summary>
        /// <exception cref="FormatException">A line is malformed; the message says which.</exception>
        public static ReleasedFirmware Read(string file)
        {
            if (new FileInfo(file).Length > MostBytes)
            {
                throw new FormatException("it is longer than 1 MiB");
            }

            var names = new Dictionary<string, string>();
            int number = 0;
            foreach (string line in File.ReadLines(file).Select(l => l.Trim()))
            {
                number++;
                if (line.Length == 0 || line.StartsWith('#'))
                {
                    continue;
                }

                string digest = line.Length < DigestDigits ? "" : line[..DigestDigits].ToLowerInvariant();
                string name = line.Length <= DigestDigits ? "" : line[DigestDigits..];
                bool isDigest = digest.Length > 0 && digest.All(char.IsAsciiHexDigit);
                if (!isDigest || !name.StartsWith(' ') || name.Trim().TrimStart('*').Length == 0)
                {
                    throw new FormatException($"line {number}: must be 64 hex digits, a blank and a name");
                }

                if (!names.TryAdd(digest, name.Trim().TrimStart('*')))
                {
                    throw new FormatException($"line {number}: the digest is there twice");
                }
            }

            return names.Count > 0 ? new ReleasedFirmware(names) : throw new FormatException("no digest is in it");
        }

        /// <summary>The name of a build; null when it is not in the list, or the firmware states no build.</summary>
        public string? NameOf(FirmwareStatement firmware) =>
            firmware.Build != null && _names.TryGetValue(firmware.Build, out string? name) ? name : null;

        /// <summary>Whether each recording was taken by builds of the list alone.</summary>
        public bool Took(CardResult card) =>
            card.Recordings.All(r => r.Firmware.Count > 0 && r.Firmware.All(f => NameOf(f) != null));
    }
}
