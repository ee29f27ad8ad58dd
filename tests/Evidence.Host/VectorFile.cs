// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;

namespace Lapel.Evidence.Host.Tests
{
    /// <summary>A vector file: comment lines, then offset and up to 32 bytes a line, lines of zero left out.</summary>
    internal static class VectorFile
    {
        private const int LineBytes = 32;

        public static byte[] Read(string name, int bytes)
        {
            var content = new byte[bytes];
            foreach (string line in File.ReadLines(Path(name)).Where(l => !l.StartsWith('#')))
            {
                string[] parts = line.Split(' ');
                Convert.FromHexString(parts[1]).CopyTo(content, Convert.ToInt32(parts[0], 16));
            }

            return content;
        }

        /// <summary>Writes the bytes below the comments that the file has.</summary>
        public static void Write(string name, byte[] content)
        {
            List<string> lines = File.ReadLines(Path(name)).Where(l => l.StartsWith('#')).ToList();
            for (int at = 0; at < content.Length; at += LineBytes)
            {
                Span<byte> line = content.AsSpan(at, Math.Min(LineBytes, content.Length - at));
                if (line.ContainsAnyExcept((byte)0))
                {
                    lines.Add($"{at:x4} {Convert.ToHexStringLower(line)}");
                }
            }

            File.WriteAllText(Path(name), string.Join('\n', lines) + "\n");
        }

        public static string Path(string name, [CallerFilePath] string here = "") =>
            System.IO.Path.Combine(System.IO.Path.GetDirectoryName(here)!, "..", "..", "firmware", "Evidence", "vectors", name);
    }
}
