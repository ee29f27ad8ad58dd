// SPDX-License-Identifier: MIT

using System;
using System.CommandLine;
using System.IO;
using Lapel.Authority;
using Lapel.Export;
using Lapel.Verify;

namespace Lapel.Cli.Commands
{
    /// <summary>lapel verify: what a card holds and whether it is authentic, from FORMAT.md alone.</summary>
    internal sealed class VerifyCommand
    {
        private readonly Argument<string> _path = new("PATH")
        {
            Description =
                "A card folder, a store of lapel sync, a folder of segment files, one segment file, or an MP4 of lapel export with its "
                + ".json",
        };

        private readonly Option<string?> _key = new("--key")
        {
            Description =
                "The device's public key, got by another way than the card: DEVICE.PUB, 64 hex digits, PEM. Without it the card's own is "
                + "used, which proves only that the card agrees with itself",
            HelpName = "FILE",
        };

        private readonly Option<string?> _keys = KeysOption.Create();

        private readonly Option<string?> _agency = new("--agency")
        {
            Description = "For an export of a sealed recording: the secret key file of an agency that it was sealed to",
            HelpName = "FILE",
        };

        private readonly Option<string?> _firmware = new("--firmware")
        {
            Description = "The builds that were released: a digest of lapel image and a name a line. Exit 1 when another one recorded",
            HelpName = "FILE",
        };

        private readonly Option<string?> _receipts = new("--receipts")
        {
            Description =
                "A store, or another folder with *.receipt: what a card says was released counts as released where the archive's receipt "
                + "says that it has it; needs --archive",
            HelpName = "DIR",
        };

        private readonly Option<string?> _archive = new("--archive")
        {
            Description = "The public key file of the archive that signed the receipts",
            HelpName = "FILE",
        };

        private readonly Option<bool> _json = new("--json")
        {
            Description = "One JSON object a recording and one for the whole, a line each",
        };
        private readonly PassphraseOption _passphrase = new();
        private readonly Host _host;

        private VerifyCommand(Host host)
        {
            _host = host;
        }

        /// <summary>The command.</summary>
        public static Command Create(Host host)
        {
            var verify = new VerifyCommand(host);
            var command = new Command(
                "verify",
                "Check the recordings on a card; exit 1 unless all are authentic. For example: "
                    + "lapel verify shift/card --key shift/device.pub"
            )
            {
                verify._path,
                verify._key,
                verify._keys,
                verify._agency,
                verify._firmware,
                verify._receipts,
                verify._archive,
                verify._json,
            };
            verify._passphrase.AddTo(command);
            command.SetAction(verify.Execute);
            return command;
        }

        private int Execute(ParseResult parsed)
        {
            string path = parsed.GetValue(_path)!;
            AgencyKey? agency = parsed.GetValue(_agency) is string file ? AgencyKeyFile.Secret(file, _passphrase.Of(parsed, _host)) : null;
            if (!RebuiltExport.IsExport(path))
            {
                return agency == null
                    ? Judge(path, parsed)
                    : throw new CommandException("--agency is for an export", "what lapel export wrote lies beside its .json");
            }

            try
            {
                using RebuiltExport rebuilt = RebuiltExport.Of(path, agency);
                _host.Error.WriteLine($"lapel: {path}: {rebuilt.Segments} segments rebuilt from it and the .json beside it");
                return Judge(rebuilt.Folder, parsed);
            }
            catch (SealException error)
            {
                throw new CommandException(
                    $"{path} cannot be rebuilt: {error.Message}",
                    "give with --agency the secret key file of an agency that it was sealed to",
                    error
                )
                {
                    Code = error.IsOtherKey ? ExitCode.Trouble : ExitCode.NotVerified,
                };
            }
            catch (InvalidDataException error)
            {
                throw new CommandException(
                    $"{path} cannot be rebuilt: {error.Message}",
                    "lapel verify judges the card or the store that it came from",
                    error
                )
                {
                    Code = ExitCode.NotVerified,
                };
            }
        }

        private int Judge(string path, ParseResult parsed)
        {
            string? keys = parsed.GetValue(_keys);
            ReceiptBook? receipts = Receipts(parsed.GetValue(_receipts), parsed.GetValue(_archive));
            string? firmware = parsed.GetValue(_firmware);
            return keys == null && receipts == null && firmware == null
                ? _host.VerifyCard(path, parsed.GetValue(_key), parsed.GetValue(_json))
                : Verify.VerifyCommand.Run(
                    path,
                    parsed.GetValue(_key),
                    parsed.GetValue(_json),
                    _host.Out,
                    _host.Error,
                    new VerifyAgainst { Registry = keys == null ? null : KeysOption.Read(keys), Firmware = firmware, Receipts = receipts }
                );
        }

        private static ReceiptBook? Receipts(string? folder, string? archive)
        {
            if ((folder == null) != (archive == null))
            {
                throw new CommandException("--receipts and --archive need each other", "give the receipts and who must have signed them");
            }

            if (folder == null)
            {
                return null;
            }

            string what = archive!;
            try
            {
                TrustedKey key = TrustedKey.FromBytes(PublicKey.Load(archive!, KeyKind.Archive).Bytes);
                what = folder;
                return ReceiptBook.Read(folder, key);
            }
            catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException or ArgumentException)
            {
                throw new CommandException(
                    $"cannot use {what}: {FileTrouble.Text(e)}",
                    "--archive takes the .pub of lapel keygen archive, --receipts a store or a folder with *.receipt",
                    e
                );
            }
        }
    }
}
