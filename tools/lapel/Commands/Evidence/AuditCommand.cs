// SPDX-License-Identifier: MIT

using System.CommandLine;
using Lapel.Verify;

namespace Lapel.Cli.Commands
{
    /// <summary>lapel audit: what was done with a camera and what happened to it, and what it was doing when.</summary>
    internal sealed class AuditCommand
    {
        private readonly Argument<string> _path = new("PATH") { Description = "A card folder, or a store of lapel sync" };

        private readonly Option<string?> _key = new("--key")
        {
            Description = "The device's public key, got by another way than the card, as for lapel verify --key",
            HelpName = "FILE",
        };

        private readonly Option<string?> _keys = KeysOption.Create();

        private readonly Option<string?> _from = new("--from") { Description = "Not before this time, UTC", HelpName = "TIME" };
        private readonly Option<string?> _to = new("--to") { Description = "Before this time, UTC", HelpName = "TIME" };

        private readonly Option<string[]> _kind = new("--kind")
        {
            Description = "Only entries of this kind: boot, press, clock, ...; may be given more than once",
            HelpName = "KIND",
        };

        private readonly Option<bool> _coverage = new("--coverage")
        {
            Description = "What the camera was doing at every moment of the period, in place of the entries",
        };
        private readonly Option<bool> _json = new("--json")
        {
            Description = "One JSON object an entry or span and one for the whole, a line each",
        };
        private readonly Host _host;

        private AuditCommand(Host host)
        {
            _host = host;
        }

        /// <summary>The command.</summary>
        public static Command Create(Host host)
        {
            var audit = new AuditCommand(host);
            var command = new Command(
                "audit",
                "Print and check a camera's audit log; exit 1 unless it agrees. For example: lapel audit shift/card --coverage"
            )
            {
                audit._path,
                audit._key,
                audit._keys,
                audit._from,
                audit._to,
                audit._kind,
                audit._coverage,
                audit._json,
            };
            command.SetAction(audit.Execute);
            return command;
        }

        private int Execute(ParseResult parsed)
        {
            var asked = new AuditRequest(parsed.GetValue(_path)!)
            {
                Key = parsed.GetValue(_key),
                Registry = parsed.GetValue(_keys) is string keys ? KeysOption.Read(keys) : null,
                From = parsed.GetValue(_from),
                To = parsed.GetValue(_to),
                Kinds = parsed.GetValue(_kind) ?? [],
                Coverage = parsed.GetValue(_coverage),
                Json = parsed.GetValue(_json),
            };
            return Verify.AuditCommand.Run(asked, _host.Out, _host.Error);
        }
    }
}
