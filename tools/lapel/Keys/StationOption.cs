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

        /// <summary>Adds the option to a command.</summary>
        public void AddTo(Command command) => command.Add(_key);

        /// <summary>The station; null when no key was given.</summary>
        public IStation? Station(ParseResult parsed) =>
            parsed.GetValue(_key) is string file ? new StationKey(KeyFiles.Secret(file, KeyKind.Station)) : null;

        /// <summary>The station, which must be given.</summary>
        public IStation Required(ParseResult parsed) =>
            Station(parsed)
            ?? throw new CommandException("the camera asks who is there", "give the secret key file of a station with --key");

        private sealed class StationKey(SigningKey key) : IStation
        {
            public byte[] Fingerprint => key.Fingerprint;

            public byte[] Prove(byte[] deviceId, byte[] nonce, CameraRole role) => Login.Prove(key, deviceId, nonce, (byte)role);
        }
    }
}
