// SPDX-License-Identifier: MIT

using System;
using System.IO;
using Lapel.Export;

namespace Lapel.Cli
{
    /// <summary>An agency's key file on disk.</summary>
    internal static class AgencyKeyFile
    {
        /// <summary>A key file has three short lines, or some more with a passphrase.</summary>
        private const long MaxBytes = 4096;

        /// <summary>Reads a secret one.</summary>
        /// <exception cref="CommandException">It cannot be read or is no such key.</exception>
        public static AgencyKey Secret(string path, Passphrases passphrases) =>
            Read(path, text => AgencyKey.ReadSecret(passphrases.Open(path, text)));

        /// <summary>Reads one.</summary>
        /// <param name="path">The file.</param>
        /// <param name="parse">What makes a key of its text.</param>
        /// <exception cref="CommandException">It cannot be read or is no such key.</exception>
        public static T Read<T>(string path, Func<string, T> parse)
        {
            try
            {
                if (new FileInfo(path) is { Exists: true, Length: > MaxBytes })
                {
                    throw new FormatException("it is too large");
                }

                return parse(File.ReadAllText(path));
            }
            catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
            {
                throw new CommandException(
                    $"agency key {path} cannot be used: {FileTrouble.Text(e)}",
                    "lapel keygen agency NAME makes NAME.key and NAME.pub",
                    e
                );
            }
        }
    }
}
