// SPDX-License-Identifier: MIT

using System.CommandLine;

namespace Lapel.Cli
{
    /// <summary>The option that says where the passphrase of a key file is.</summary>
    internal sealed class PassphraseOption
    {
        private readonly Option<string?> _file = new("--passphrase-file")
        {
            Description =
                "File with the passphrases of key files, one a line, tried in turn; /dev/fd/3 is an open descriptor. Without it "
                + Passphrases.Variable
                + " names one, and else it is asked for at the terminal",
            HelpName = "FILE",
        };

        /// <summary>Adds the option to a command.</summary>
        public void AddTo(Command command) => command.Add(_file);

        /// <summary>Whether it was given.</summary>
        public bool Asked(ParseResult parsed) => parsed.GetValue(_file) != null;

        /// <summary>The passphrases.</summary>
        public Passphrases Of(ParseResult parsed, Host host) => new(host, parsed.GetValue(_file));
    }
}
