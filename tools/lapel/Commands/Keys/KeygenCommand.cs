// SPDX-License-Identifier: MIT

using System.CommandLine;
using System.IO;
using Lapel.Authority;
using Lapel.Export;

namespace Lapel.Cli.Commands
{
    /// <summary>lapel keygen: keys of those who may open recordings, set cameras up, log in at them, and sign for what they hold.</summary>
    internal sealed class KeygenCommand
    {
        private readonly Argument<string> _name = new("OUT")
        {
            Description = "The secret goes to OUT.key, readable by its owner only, the public key to OUT.pub",
        };
        private readonly Option<bool> _protect = new("--passphrase")
        {
            Description = "Encrypt the secret with a passphrase, which is asked for twice, or is the first line of --passphrase-file",
        };
        private readonly PassphraseOption _passphrase = new();
        private readonly JsonOption _json = new();
        private readonly Host _host;

        private KeygenCommand(Host host)
        {
            _host = host;
        }

        /// <summary>The command.</summary>
        public static Command Create(Host host)
        {
            var keygen = new KeygenCommand(host);
            var agency = new Command(
                "agency",
                "Make the key pair that recordings are sealed to. For example: lapel keygen agency county"
            )
            {
                keygen._name,
                keygen._protect,
            };
            keygen._passphrase.AddTo(agency);
            keygen._json.AddTo(agency);
            agency.SetAction(keygen.Agency);
            return new Command("keygen", "Make keys")
            {
                agency,
                keygen.Signing(
                    KeyKind.Authority,
                    "Make the key pair that signs configurations and orders. For example: lapel keygen authority authority",
                    "whoever has it says who may do what"
                ),
                keygen.Signing(
                    KeyKind.Station,
                    "Make the key pair that logs in at cameras. For example: lapel keygen station dock",
                    "whoever has it gets the role that the configuration gives it"
                ),
                keygen.Signing(
                    KeyKind.Archive,
                    "Make the key pair that signs receipts. For example: lapel keygen archive archive",
                    "whoever has it can have segments released"
                ),
                PassphraseCommand.Create(host),
            };
        }

        private Command Signing(KeyKind kind, string description, string warning)
        {
            var command = new Command(kind.ToString().ToLowerInvariant(), description) { _name, _protect };
            _passphrase.AddTo(command);
            _json.AddTo(command);
            command.SetAction(parsed => Make(kind, parsed, warning));
            return command;
        }

        private int Make(KeyKind kind, ParseResult parsed, string warning)
        {
            string name = parsed.GetValue(_name)!,
                secret = name + ".key",
                open = name + ".pub";
            RefuseExisting(secret, open);
            SigningKey key = SigningKey.Generate(kind);
            WritePair(parsed, secret, key.SecretText(), open, key.Public.Text());
            string fingerprint = System.Convert.ToHexStringLower(key.Fingerprint);
            return Made(parsed, secret, open, fingerprint, $"{secret}: keep it secret: {warning}", $"{open}: fingerprint {fingerprint}");
        }

        private int Agency(ParseResult parsed)
        {
            string name = parsed.GetValue(_name)!,
                secret = name + ".key",
                open = name + ".pub";
            RefuseExisting(secret, open);
            AgencyKey key = AgencyKey.Make();
            WritePair(parsed, secret, key.SecretText(), open, key.PublicText());
            string fingerprint = System.Convert.ToHexStringLower(key.Fingerprint);
            return Made(
                parsed,
                secret,
                open,
                fingerprint,
                $"{secret}: keep it secret and keep a copy: without it nothing sealed to it opens again",
                $"{open}: for cameras, fingerprint {fingerprint}"
            );
        }

        private int Made(ParseResult parsed, string secret, string open, string fingerprint, params string[] text)
        {
            _json.Write(
                parsed,
                _host,
                "key",
                json =>
                {
                    json.WriteString("kind", parsed.CommandResult.Command.Name);
                    json.WriteString("secret", secret);
                    json.WriteString("public", open);
                    json.WriteString("fingerprint", fingerprint);
                    json.WriteBoolean("passphrase", Protects(parsed));
                },
                text
            );
            return ExitCode.Ok;
        }

        private bool Protects(ParseResult parsed) => parsed.GetValue(_protect) || _passphrase.Asked(parsed);

        private void WritePair(ParseResult parsed, string secret, string secretText, string open, string publicText)
        {
            string text = Protects(parsed) ? ProtectedKey.Lock(secretText, _passphrase.Of(parsed, _host).New(secret)) : secretText;
            KeyFiles.WriteText(secret, text, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            KeyFiles.WriteText(
                open,
                publicText,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead
            );
        }

        private static void RefuseExisting(string secret, string open)
        {
            foreach (string path in new[] { secret, open })
            {
                if (File.Exists(path))
                {
                    throw new CommandException(
                        $"{path} is already there: nothing is overwritten",
                        "who loses a secret key loses what hangs on it"
                    );
                }
            }
        }
    }
}
