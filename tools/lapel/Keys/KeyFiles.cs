// SPDX-License-Identifier: MIT

using System;
using System.IO;
using System.Text;
using Lapel.Authority;

namespace Lapel.Cli
{
    /// <summary>Signing keys on disk.</summary>
    internal static class KeyFiles
    {
        /// <summary>Reads a secret key of one kind.</summary>
        /// <param name="path">The file.</param>
        /// <param name="kind">Whose key it has to be.</param>
        /// <param name="passphrases">Open it when it has a passphrase.</param>
        /// <exception cref="CommandException">It cannot be read or is no such key.</exception>
        public static SigningKey Secret(string path, KeyKind kind, Passphrases passphrases)
        {
            string name = kind.ToString().ToLowerInvariant();
            try
            {
                return SigningKey.Parse(passphrases.Open(path, SigningKey.ReadText(path)), kind);
            }
            catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
            {
                throw new CommandException(
                    $"{name} key {path} cannot be used: {FileTrouble.Text(e)}",
                    $"lapel keygen {name} NAME makes NAME.key and NAME.pub",
                    e
                );
            }
        }

        /// <summary>Reads a public key of one kind.</summary>
        /// <exception cref="CommandException">It cannot be read or is no such key.</exception>
        public static PublicKey Public(string path, KeyKind kind)
        {
            string name = kind.ToString().ToLowerInvariant();
            try
            {
                return PublicKey.Load(path, kind);
            }
            catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
            {
                throw new CommandException(
                    $"{name} key {path} cannot be used: {FileTrouble.Text(e)}",
                    $"lapel keygen {name} NAME makes NAME.key and NAME.pub",
                    e
                );
            }
        }

        /// <summary>Writes the text of a key to a new file that only those may read who are named by its mode.</summary>
        /// <exception cref="IOException">It is there already, or cannot be written.</exception>
        public static void WriteText(string path, string text, UnixFileMode mode)
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = mode;
            }

            using FileStream to = new(path, options);
            to.Write(Encoding.UTF8.GetBytes(text));
            to.Flush(flushToDisk: true);
        }

        /// <summary>Writes a new file under a temporary name, to disk, then renames it: it is there whole or not at all.</summary>
        /// <exception cref="CommandException">It is there already.</exception>
        public static void WriteNew(string path, byte[] content)
        {
            if (File.Exists(path))
            {
                throw new CommandException($"{path} is already there: nothing is overwritten");
            }

            string coming = path + ".part";
            using (FileStream to = new(coming, FileMode.Create, FileAccess.Write))
            {
                to.Write(content);
                to.Flush(flushToDisk: true);
            }
            File.Move(coming, path);
        }
    }
}
