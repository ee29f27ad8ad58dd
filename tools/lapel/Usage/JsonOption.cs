// SPDX-License-Identifier: MIT

using System;
using System.CommandLine;
using System.Text.Json;

namespace Lapel.Cli
{
    /// <summary>--json of a command that ends with one result.</summary>
    internal sealed class JsonOption
    {
        private readonly Option<bool> _json = new("--json") { Description = "The result as one JSON object" };

        /// <summary>Adds the option to a command.</summary>
        public void AddTo(Command command) => command.Options.Add(_json);

        /// <summary>Whether it was given.</summary>
        public bool Asked(ParseResult parsed) => parsed.GetValue(_json);

        /// <summary>Writes the result.</summary>
        /// <param name="parsed">The command line.</param>
        /// <param name="host">Where it goes.</param>
        /// <param name="type">What it is a result of.</param>
        /// <param name="content">Its fields.</param>
        /// <param name="text">The same for people.</param>
        public void Write(ParseResult parsed, Host host, string type, Action<Utf8JsonWriter> content, params string[] text)
        {
            if (Asked(parsed))
            {
                host.Out.WriteLine(
                    JsonLine.Of(json =>
                    {
                        json.WriteString("type", type);
                        content(json);
                    })
                );
                return;
            }

            foreach (string line in text)
            {
                host.Out.WriteLine(line);
            }
        }
    }
}
