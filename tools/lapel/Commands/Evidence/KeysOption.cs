// SPDX-License-Identifier: MIT

using System;
using System.CommandLine;
using System.IO;
using Lapel.Verify;

namespace Lapel.Cli.Commands
{
    /// <summary>--keys DIR: the public keys of several cameras, as the agency keeps them.</summary>
    internal static class KeysOption
    {
        public static Option<string?> Create() =>
            new("--keys")
            {
                Description =
                    "The cameras' public keys, got by another way than the cards: a folder with *.pub, or with a folder for each device id "
                    + "that has DEVICE.PUB",
                HelpName = "DIR",
            };

        /// <summary>Reads the folder; throws <see cref="CommandException"/>.</summary>
        public static KeyRegistry Read(string folder)
        {
            try
            {
                return KeyRegistry.Read(folder);
            }
            catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException or ArgumentException)
            {
                throw new CommandException(
                    $"cannot use the keys in {folder}: {FileTrouble.Text(e)}",
                    "give a folder of *.pub files: DEVICE.PUB, 64 hex digits, 32 bytes, or an Ed25519 public key as PEM or DER",
                    e
                );
            }
        }
    }
}
