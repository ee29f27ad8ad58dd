// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Linq;
using System.Text.RegularExpressions;

namespace Lapel.Cli
{
    /// <summary>What is wrong with a command line, in words, with what was probably meant.</summary>
    internal static partial class UsageError
    {
        /// <summary>Says the first thing that is wrong.</summary>
        /// <param name="parsed">A command line with errors.</param>
        public static (string Message, string Hint) Of(ParseResult parsed)
        {
            Command command = parsed.CommandResult.Command;
            string path = Path(parsed.CommandResult),
                help = path + " --help";
            if (parsed.UnmatchedTokens.Count > 0)
            {
                return Unknown(parsed.UnmatchedTokens[0], command, path, help);
            }

            if (command.Subcommands.Count > 0)
            {
                return ($"{path} needs a command: {string.Join(", ", Names(command.Subcommands))}", help);
            }

            return (Sentence(parsed.Errors[0].Message), help);
        }

        private static (string, string) Unknown(string token, Command command, string path, string help)
        {
            bool isOption = token.StartsWith('-');
            if (!isOption && command.Subcommands.Count == 0)
            {
                return ($"'{token}' is one argument too many", help);
            }

            string? meant = Nearest.Of(token, isOption ? Names(command.Options) : Names(command.Subcommands));
            return (
                $"unknown {(isOption ? "option" : "command")} '{token}'",
                meant == null ? help : $"did you mean {path} {meant}? {help} lists all"
            );
        }

        private static IEnumerable<string> Names(IEnumerable<Symbol> symbols) =>
            symbols.Where(symbol => !symbol.Hidden).Select(symbol => symbol.Name);

        private static string Sentence(string message)
        {
            if (Unparsed().Match(message) is { Success: true } wrong)
            {
                bool isNumber = wrong.Groups[3].Value.Contains("Int", StringComparison.Ordinal);
                string wanted = isNumber ? "a whole number" : "written in another way";
                return $"{wrong.Groups[2].Value} {wrong.Groups[1].Value}: must be {wanted}";
            }

            string text = message.ReplaceLineEndings(" ").Trim().TrimEnd('.');
            return text.Length > 1 && char.IsLower(text[1]) ? char.ToLowerInvariant(text[0]) + text[1..] : text;
        }

        // The library names the type of .NET that it wanted.
        [GeneratedRegex("^Cannot parse argument '(.*)' for (?:option|command) '(.*)' as expected type '(.*)'", RegexOptions.Singleline)]
        private static partial Regex Unparsed();

        private static string Path(CommandResult command)
        {
            var names = new List<string>();
            for (SymbolResult? at = command; at is CommandResult result; at = at.Parent)
            {
                names.Insert(0, result.Command is RootCommand ? "lapel" : result.Command.Name);
            }

            return string.Join(' ', names);
        }
    }
}
