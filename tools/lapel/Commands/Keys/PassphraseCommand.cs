// SPDX-License-Identifier: MIT

using System;
using System.CommandLine;
using System.IO;
using Lapel.Authority;
using Lapel.Export;

namespace Lapel.Cli.Commands
{
    /// <summary>lapel keygen passphrase: gives a secret key file a passphrase, another one, or none.</summary>
    internal sealed class PassphraseCommand
    {
        private readonly Argument<string> _file = new("FILE") { Description = "A secret key file; its public key stays as it is" };
        private readonly Option<string?> _new = new("--new-passphrase-file")
        {
            Description = "File with the new passphrase in its first line; without it the new one is asked for twice at the terminal",
            HelpName = "FILE",
        };
        private readonly Option<bool> _remove = new("--remove") { Description = "Leave the file without a passphrase" };
        private readonly PassphraseOption _passphrase = new();
        private readonly JsonOption _json = new();
        private readonly Host _host;

        private PassphraseCommand(Host host)
        {
            _host = host;
        }

        /// <summary>The command.</summary>
        public static Command Create(Host host)
        {
            var change = new PassphraseCommand(host);
            var command = new Command(
                "passphrase",
                "Give a secret key file a passphrase, another one, or none. For example: lapel keygen passphrase dock.key"
            )
            {
                change._file,
                change._new,
                change._remove,
            };
            change._passphrase.AddTo(command);
            change._json.AddTo(command);
            command.SetAction(change.Execute);
            return command;
        }

        private int Execute(ParseResult parsed)
        {
            string path = parsed.GetValue(_file)!;
            bool remove = parsed.GetValue(_remove);
            string? next = parsed.GetValue(_new);
            if (remove && next != null)
            {
                throw new CommandException("--remove and --new-passphrase-file exclude each other");
            }

            string plain = Plain(path, _passphrase.Of(parsed, _host));
            if (!remove)
            {
                // What opens the file must not become its new passphrase by an oversight: the new one has its own option.
                string passphrase = next != null ? new Passphrases(_host, next).New(path) : Passphrases.AskNew(_host, path);
                Replace(path, ProtectedKey.Lock(plain, passphrase));
            }
            else
            {
                Replace(path, plain);
            }

            _json.Write(
                parsed,
                _host,
                "passphrase",
                json =>
                {
                    json.WriteString("secret", path);
                    json.WriteBoolean("passphrase", !remove);
                },
                remove
                    ? $"{path}: has no passphrase any more: whoever can read it has the key"
                    : $"{path}: opens with the new passphrase only; copies made before open as they did"
            );
            return ExitCode.Ok;
        }

        private static string Plain(string path, Passphrases passphrases)
        {
            try
            {
                string plain = passphrases.Open(path, SigningKey.ReadText(path));
                if (plain.StartsWith("lapel agency ", StringComparison.Ordinal))
                {
                    return AgencyKey.ReadSecret(plain).SecretText();
                }

                return SigningKey.Parse(plain).SecretText();
            }
            catch (Exception e) when (e is FormatException || FileTrouble.Is(e))
            {
                throw new CommandException($"key {path} cannot be used: {FileTrouble.Text(e)}", null, e);
            }
        }

        /// <summary>The new file is whole on the disk before it takes the place of the old one.</summary>
        private static void Replace(string path, string text)
        {
            string coming = path + ".part";
            File.Delete(coming);
            KeyFiles.WriteText(coming, text, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            File.Move(coming, path, overwrite: true);
        }
    }
}
