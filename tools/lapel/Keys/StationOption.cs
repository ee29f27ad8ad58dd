// SPDX-License-Identifier: MIT

using System.CommandLine;
using Lapel.Authority;
using Lapel.Link;

namespace Lapel.Cli
{
    /// <summary>The option that says who is at the port.</summary>
    internal sealed class StationOption
    {
        private readonly Option<string?> _key = new("--key")
        {
            Description = "Secret key file of a station that the camera's configuration names (lapel keygen station)",
            HelpName = "FILE",
        };

        private IStation? _station;

        /// <summary>Where passphrases are, also that of another key of the same command.</summary>
        public PassphraseOption Passphrase { get; } = new();

        /// <summary>Adds the options to a command.</summary>
        public void AddTo(Command command)
        {
            command.Add(_key);
            Passphrase.AddTo(command);
        }

        /// <summary>The station, whose passphrase is asked for once; null when no key was given.</summary>
        public IStation? Station(ParseResult parsed, Host host)
        {
            if (_station == null && parsed.GetValue(_key) is string file)
            {
                _station = new StationKey(KeyFiles.Secret(file, KeyKind.Station, Passphrase.Of(parsed, host)));
            }

            return _station;
        }

        /// <summary>The station, which must be given.</summary>
        public IStation Required(ParseResult parsed, Host host) =>
            Station(parsed, host)
            ?? throw new CommandException("the camera asks who is there", "give the secret key file of a station with --key");

        private sealed class StationKey(SigningKey key) : IStation
        {
            public byte[] Fingerprint => key.Fingerprint;

            public byte[] Prove(byte[] deviceId, byte[] nonce, CameraRole role) => Login.Prove(key, deviceId, nonce, (byte)role);
        }
    }
}
