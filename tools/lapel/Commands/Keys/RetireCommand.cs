// SPDX-License-Identifier: MIT

using System;
using System.CommandLine;
using Lapel.Authority;

namespace Lapel.Cli.Commands
{
    /// <summary>lapel retire: ends a camera's service.</summary>
    internal sealed class RetireCommand
    {
        private readonly Argument<string> _device = new("DEVICE") { Description = "The camera's id: 32 hex digits" };
        private readonly Argument<string> _out = new("OUT") { Description = "The signed order" };
        private readonly Option<string> _key = new("--key")
        {
            Description = "The secret key of the authority in force",
            HelpName = "FILE",
            Required = true,
        };
        private readonly JsonOption _json = new();
        private readonly PassphraseOption _passphrase = new();
        private readonly Host _host;

        private RetireCommand(Host host)
        {
            _host = host;
        }

        /// <summary>The command.</summary>
        public static Command Create(Host host)
        {
            var retire = new RetireCommand(host);
            var sign = new Command(
                "sign",
                "Sign the order that makes a camera erase its secrets, for good. For example: "
                    + "lapel retire sign 8eec3881f331bc5983ff041deef39486 order --key authority.key"
            )
            {
                retire._device,
                retire._out,
                retire._key,
            };
            retire._passphrase.AddTo(sign);
            retire._json.AddTo(sign);
            sign.SetAction(retire.Sign);
            return new Command("retire", "End a camera's service") { sign, RetireSendCommand.Create(host), RetireShowCommand.Create(host) };
        }

        private int Sign(ParseResult parsed)
        {
            string id = parsed.GetValue(_device)!,
                to = parsed.GetValue(_out)!;
            var device = new byte[16];
            if (id.Length != 32 || Convert.FromHexString(id, device, out _, out _) != System.Buffers.OperationStatus.Done)
            {
                throw new CommandException(
                    "a camera's id has 32 hex digits",
                    "lapel status shows it, and so does LAPEL/DEVICE.PUB on its card"
                );
            }

            SigningKey key = KeyFiles.Secret(parsed.GetValue(_key)!, KeyKind.Authority, _passphrase.Of(parsed, _host));
            KeyFiles.WriteNew(to, Orders.Retire(key, device, DateTime.UtcNow));
            _json.Write(
                parsed,
                _host,
                "order",
                json =>
                {
                    json.WriteString("order", "retire");
                    json.WriteString("device", id.ToLowerInvariant());
                    json.WriteString("path", to);
                },
                $"{to}: camera {id.ToLowerInvariant()} erases its secrets and records no more when it gets this"
            );
            return ExitCode.Ok;
        }
    }
}
