// SPDX-License-Identifier: MIT

using System;
using System.IO;
using Lapel.Authority;

namespace Lapel.Cli
{
    /// <summary>Signing keys on disk.</summary>
    internal static class KeyFiles
    {
        /// <summary>Reads a secret key of one kind.</summary>
        /// <exception cref="CommandException">It cannot be read or is no such key.</exception>
        public static SigningKey Secret(string path, KeyKind kind)
        {
            string name = kind.ToString().ToLowerInvariant();
            try
            {
                return SigningKey.Load(path, kind);
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
