// SPDX-License-Identifier: MIT

using System.CommandLine;

namespace Lapel.Cli.Commands
{
    /// <summary>lapel verify: what a card holds and whether it is authentic, from FORMAT.md alone.</summary>
    internal sealed class VerifyCommand
    {
        private readonly Argument<string> _path = new("PATH")
        {
            Description = "A card folder, a store of lapel sync, a folder of segment files, or one segment file",
        };

        private readonly Option<string?> _key = new("--key")
        {
            Description =
                "The device's public key, got by another way than the card: DEVICE.PUB, 64 hex digits, PEM. Without it the card's own is "
                + "used, which proves only that the card agrees with itself",
            HelpName = "FILE",
        };

        private readonly Option<string?> _keys = KeysOption.Create();

        private readonly Option<bool> _json = new("--json")
        {
            Description = "One JSON object a recording and one for the whole, a line each",
        };
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
                verify._json,
            };
            command.SetAction(verify.Execute);
            return command;
        }

        private int Execute(ParseResult parsed)
        {
            return parsed.GetValue(_keys) is string keys
                ? Verify.VerifyCommand.Run(
                    parsed.GetValue(_path)!,
                    parsed.GetValue(_key),
                    parsed.GetValue(_json),
                    _host.Out,
                    _host.Error,
                    KeysOption.Read(keys)
                )
                : _host.VerifyCard(parsed.GetValue(_path)!, parsed.GetValue(_key), parsed.GetValue(_json));
        }
    }
}
