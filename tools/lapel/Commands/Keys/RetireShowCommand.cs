// SPDX-License-Identifier: MIT

using System.CommandLine;
using Lapel.Verify;

namespace Lapel.Cli.Commands
{
    /// <summary>lapel retire show: what a stored certificate says and whether it is authentic, from CUSTODY.md alone.</summary>
    internal sealed class RetireShowCommand
    {
        private readonly Argument<string> _certificate = new("CERTIFICATE")
        {
            Description = "A certificate that lapel retire send has written",
        };

        private readonly Argument<string?> _key = new("DEVICE.PUB")
        {
            Description =
                "The device's public key, as for lapel verify --key; its ROTATED.PUB is looked for beside it. Without it the "
                + "certificate's own key is used, which its device id must come from",
            Arity = ArgumentArity.ZeroOrOne,
        };

        private readonly Option<bool> _json = new("--json") { Description = "One JSON object" };
        private readonly Host _host;

        private RetireShowCommand(Host host)
        {
            _host = host;
        }

        /// <summary>The command.</summary>
        public static Command Create(Host host)
        {
            var show = new RetireShowCommand(host);
            var command = new Command(
                "show",
                "Check a camera's certificate of retirement and print it; exit 1 unless it is authentic. For example: lapel retire show "
                    + "certificate"
            )
            {
                show._certificate,
                show._key,
                show._json,
            };
            command.SetAction(show.Execute);
            return command;
        }

        private int Execute(ParseResult parsed) =>
            CertificateCommand.Run(parsed.GetValue(_certificate)!, parsed.GetValue(_key), parsed.GetValue(_json), _host.Out, _host.Error);
    }
}
