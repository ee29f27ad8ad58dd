// SPDX-License-Identifier: MIT

using System;
using System.Buffers;

namespace Lapel.Authority
{
    /// <summary>
    /// The text files of Ed25519 keys (CUSTODY.md section 1): a title, a line `id`, a line with the key, as FORMAT.md 8.6.
    /// </summary>
    internal static class KeyText
    {
        private const int Size = 32;

        /// <summary>The title of a kind's file.</summary>
        public static string Title(KeyKind kind, bool secret) => $"lapel {Name(kind)} {(secret ? "secret" : "public")} key 1";

        /// <summary>What a kind is called in files and commands.</summary>
        public static string Name(KeyKind kind) =>
            kind switch
            {
                KeyKind.Authority => "authority",
                KeyKind.Station => "station",
                _ => "archive",
            };

        /// <summary>The kind whose title this line is, and whether of a secret key; null when it is none.</summary>
        public static (KeyKind Kind, bool Secret)? KindOf(string title)
        {
            foreach (KeyKind kind in Enum.GetValues<KeyKind>())
            {
                if (title == Title(kind, true))
                {
                    return (kind, true);
                }

                if (title == Title(kind, false))
                {
                    return (kind, false);
                }
            }
            return null;
        }

        /// <summary>A file's text.</summary>
        public static string Write(string title, byte[] id, string name, byte[] key) =>
            title + "\nid " + Convert.ToHexStringLower(id) + "\n" + name + " " + Convert.ToHexStringLower(key) + "\n";

        /// <summary>Reads the two lines after the title.</summary>
        /// <exception cref="FormatException">They are not there.</exception>
        public static (byte[] Id, byte[] Key) Read(string text, string name)
        {
            string[] lines = text.TrimEnd('\n').Split('\n');
            if (lines.Length != 3)
            {
                throw new FormatException("a key file has three lines");
            }

            return (Line(lines[1], "id"), Line(lines[2], name));
        }

        private static byte[] Line(string line, string name)
        {
            var bytes = new byte[Size];
            if (
                !line.StartsWith(name + " ", StringComparison.Ordinal)
                || line.Length != name.Length + 1 + 2 * Size
                || Convert.FromHexString(line.AsSpan(name.Length + 1), bytes, out _, out _) != OperationStatus.Done
            )
            {
                throw new FormatException("a line '" + name + " ' and 64 hex digits is missing");
            }

            return bytes;
        }
    }
}
