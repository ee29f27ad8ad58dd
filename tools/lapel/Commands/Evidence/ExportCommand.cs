// SPDX-License-Identifier: MIT

using System;
using System.CommandLine;
using System.IO;
using Lapel.Export;
using Lapel.Verify;

namespace Lapel.Cli.Commands
{
    /// <summary>lapel export: verified recordings as clear MP4 files.</summary>
    internal sealed class ExportCommand
    {
        private readonly Argument<string> _card = new("CARD")
        {
            Description = "A card folder, a store of lapel sync, a folder of segment files, or one segment file",
        };
        private readonly Argument<string> _out = new("OUT")
        {
            Description = "Folder for the recordings; made when it is not there, nothing in it is overwritten",
        };

        private readonly Option<string?> _key = new("--key")
        {
            Description = "The secret key file of an agency that the recordings are sealed to; clear ones need none",
            HelpName = "FILE",
        };

        private readonly Option<string?> _device = new("--device-key")
        {
            Description = "The device's public key, got by another way than the card, as for lapel verify --key",
            HelpName = "FILE",
        };

        private readonly Option<string?> _keys = KeysOption.Create();

        private readonly Option<bool> _force = new("--force")
        {
            Description = "Also export what is not authentic; the file's name says so",
        };
        private readonly Option<string[]> _recording = new("--recording")
        {
            Description = "Only these recordings: a number or a range such as 3-7; may be given more than once",
            HelpName = "N",
            AllowMultipleArgumentsPerToken = true,
        };
        private readonly Option<string?> _since = new("--since")
        {
            Description = "Only recordings that go on at or after this UTC time: 2026-11-25, or 2026-11-25T08:00",
            HelpName = "TIME",
        };
        private readonly Option<string?> _until = new("--until")
        {
            Description = "Only recordings that begin before this UTC time",
            HelpName = "TIME",
        };
        private readonly Option<bool> _marked = new("--marked") { Description = "Only recordings with a marker" };
        private readonly Option<bool> _json = new("--json") { Description = "One JSON object a recording, a line each" };
        private readonly PassphraseOption _passphrase = new();
        private readonly Host _host;

        private ExportCommand(Host host)
        {
            _host = host;
        }

        /// <summary>The command.</summary>
        public static Command Create(Host host)
        {
            var export = new ExportCommand(host);
            var command = new Command(
                "export",
                "Verify, open and write one clear MP4 a recording. For example: lapel export shift/card movies"
            )
            {
                export._card,
                export._out,
                export._key,
                export._device,
                export._keys,
                export._force,
                export._recording,
                export._since,
                export._until,
                export._marked,
                export._json,
            };
            export._passphrase.AddTo(command);
            command.SetAction(export.Execute);
            return command;
        }

        private int Execute(ParseResult parsed)
        {
            AgencyKey? agency = parsed.GetValue(_key) is string file ? AgencyKeyFile.Secret(file, _passphrase.Of(parsed, _host)) : null;
            TrustedKey? device = parsed.GetValue(_device) is string path ? Device(path) : null;
            return Lapel.Export.ExportCommand.Run(
                parsed.GetValue(_card)!,
                parsed.GetValue(_out)!,
                new ExportRequest
                {
                    Agency = agency,
                    Device = device,
                    Registry = parsed.GetValue(_keys) is string keys ? KeysOption.Read(keys) : null,
                    Force = parsed.GetValue(_force),
                    Choice = new ExportChoice
                    {
                        Recordings = Choice.Numbers(parsed.GetValue(_recording) ?? []),
                        Since = Choice.Time("--since", parsed.GetValue(_since)),
                        Until = Choice.Time("--until", parsed.GetValue(_until)),
                        Marked = parsed.GetValue(_marked),
                    },
                    AsJson = parsed.GetValue(_json),
                },
                _host.Out,
                _host.Error
            );
        }

        /// <summary>Reads a device's public key; throws <see cref="CommandException"/>.</summary>
        internal static TrustedKey Device(string path)
        {
            try
            {
                return TrustedKey.Parse(path);
            }
            catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException or ArgumentException)
            {
                throw new CommandException(
                    $"cannot use the key file {path}: {FileTrouble.Text(e)}",
                    "give a DEVICE.PUB, 64 hex digits, 32 bytes, or an Ed25519 public key as PEM or DER",
                    e
                );
            }
        }
    }
}
