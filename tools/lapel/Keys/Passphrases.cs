// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace Lapel.Cli
{
    /// <summary>
    /// Where the passphrases of key files come from: a file, or who sits at the terminal. Never the command line or a variable of the
    /// environment: others on the machine can read those.
    /// </summary>
    internal sealed class Passphrases
    {
        /// <summary>The variable that names a file of passphrases.</summary>
        public const string Variable = "LAPEL_PASSPHRASE_FILE";

        private const int MaxFileBytes = 4096,
            MaxLines = 8,
            Tries = 3;

        private readonly Host _host;
        private readonly string? _file;

        /// <param name="host">The terminal.</param>
        /// <param name="file">A file of passphrases, one a line; null to look into the environment, then ask.</param>
        public Passphrases(Host host, string? file)
        {
            _host = host;
            _file = file ?? (host.Environment(Variable) is { Length: > 0 } named ? named : null);
        }

        /// <summary>The text of a secret key file, opened when it has a passphrase.</summary>
        /// <exception cref="FormatException">It cannot be opened; says why.</exception>
        public string Open(string path, string text)
        {
            if (!ProtectedKey.Is(text))
            {
                return text;
            }

            int tried = 0;
            foreach (string passphrase in _file != null ? Lines(_file) : Asked(path))
            {
                if (ProtectedKey.Open(text, passphrase) is string plain)
                {
                    return plain;
                }

                tried++;
                if (_file == null)
                {
                    _host.Error.WriteLine("lapel: that is not the passphrase of " + path);
                }
            }
            throw new FormatException(
                _file == null && tried == 0 ? "it has a passphrase, and there is no terminal to ask for it; give it with --passphrase-file"
                : _file != null ? $"no line of {_file} is its passphrase, or it is damaged"
                : "none of these was its passphrase, or it is damaged"
            );
        }

        /// <summary>A passphrase for a key that is to get one: the first of the file, or asked for twice.</summary>
        /// <exception cref="CommandException">There is none, or the two differ.</exception>
        public string New(string path) => _file != null ? Lines(_file)[0] : AskNew(_host, path);

        /// <summary>A passphrase for a key that is to get one, asked for twice at the terminal.</summary>
        /// <exception cref="CommandException">There is none, or the two differ.</exception>
        public static string AskNew(Host host, string path)
        {
            string first =
                host.AskSecret($"new passphrase for {path}: ")
                ?? throw new CommandException(
                    "there is no terminal to ask for a passphrase",
                    "put it into the first line of a file and name that; lapel COMMAND --help says how"
                );
            if (first.Length == 0)
            {
                throw new CommandException("a passphrase must have at least one character");
            }

            return first == host.AskSecret("the same again: ") ? first : throw new CommandException("the two passphrases differ");
        }

        private IEnumerable<string> Asked(string path)
        {
            for (int i = 0; i < Tries; i++)
            {
                if (_host.AskSecret($"passphrase of {path}: ") is not string asked)
                {
                    yield break;
                }

                yield return asked;
            }
        }

        private static List<string> Lines(string file)
        {
            var bytes = new byte[MaxFileBytes + 1];
            int length;
            try
            {
                using FileStream from = File.OpenRead(file);
                length = from.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            }
            catch (Exception e) when (FileTrouble.Is(e))
            {
                throw new CommandException($"passphrase file {file} cannot be read: {FileTrouble.Text(e)}", null, e);
            }
            if (length > MaxFileBytes)
            {
                throw new CommandException($"passphrase file {file} has more than {MaxFileBytes} bytes");
            }

            List<string> lines =
            [
                .. Encoding.UTF8.GetString(bytes, 0, length).Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0),
            ];
            return lines.Count switch
            {
                0 => throw new CommandException($"passphrase file {file} is empty"),
                > MaxLines => throw new CommandException($"passphrase file {file} has more than {MaxLines} lines"),
                _ => lines,
            };
        }
    }
}
