// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;

namespace Lapel.Link
{
    /// <summary>Gives the camera's console a command and takes its answer line by line, up to OK or ERR.</summary>
    public sealed class ConsoleTalk
    {
        private const string Prompt = "lapel> ";

        private readonly SmpClient _smp;
        private readonly StringBuilder _line = new();
        private readonly Queue<string> _lines = new();

        /// <param name="smp">The connection.</param>
        public ConsoleTalk(SmpClient smp) => _smp = smp;

        /// <summary>Carries out a command. Returns null when it ended with OK, or why it did not.</summary>
        /// <param name="command">The line.</param>
        /// <param name="silence">Longest time without a line.</param>
        /// <param name="take">Takes each line of the answer; not OK and ERR.</param>
        public string? Run(string command, TimeSpan silence, Action<string> take)
        {
            _smp.TextReceived += Text;
            try
            {
                _smp.Type(Encoding.ASCII.GetBytes(command + "\r"));
                while (true)
                {
                    string line = Next(silence);
                    // The echo, after the prompt or without.
                    if (line == command || line == Prompt + command)
                    {
                        continue;
                    }

                    if (line == "OK")
                    {
                        return null;
                    }

                    if (line.StartsWith("ERR ", StringComparison.Ordinal))
                    {
                        return Reason(line[4..]);
                    }

                    if (line.Length > 0)
                    {
                        take(line);
                    }

                    // With -j the one object is the whole answer, and says how the command ended.
                    if (line.StartsWith('{') && command.EndsWith(" -j", StringComparison.Ordinal) && Verdict(line) is (bool ok, string why))
                    {
                        return ok ? null : why;
                    }
                }
            }
            finally
            {
                _smp.TextReceived -= Text;
            }
        }

        /// <summary>How a command ended by its JSON; null when the line is no such object.</summary>
        private static (bool Ok, string Why)? Verdict(string line)
        {
            try
            {
                using JsonDocument answer = JsonDocument.Parse(line);
                JsonElement root = answer.RootElement;
                return root.TryGetProperty("ok", out JsonElement ok) && ok.ValueKind is JsonValueKind.True or JsonValueKind.False
                    ? (ok.GetBoolean(), Reason($"{Text(root, "code")} {Text(root, "text")}"))
                    : null;
            }
            catch (JsonException)
            {
                return null;
            }
        }

        /// <summary>What stands behind the code is a sentence by itself; a code alone is all that is said (PROTOCOL.md 2).</summary>
        private static string Reason(string codeAndText)
        {
            string[] parts = codeAndText.Split(' ', 2);
            return parts.Length == 2 && parts[1].Length > 0 ? parts[1] : parts[0];
        }

        private static string Text(JsonElement answer, string name) =>
            answer.TryGetProperty(name, out JsonElement value) ? value.ToString() : "";

        private string Next(TimeSpan silence)
        {
            TimeSpan end = _smp.Line.Now + silence;
            string? line;
            while (!_lines.TryDequeue(out line))
            {
                if (_smp.Line.Now > end)
                {
                    throw new LinkException(LinkFailure.Silent, "the camera's console fell silent", "lapel console shows what it says");
                }

                _smp.Pump(TimeSpan.FromMilliseconds(100));
            }
            return line;
        }

        private void Text(ReadOnlySpan<byte> text)
        {
            foreach (byte value in text)
            {
                if (value == '\n')
                {
                    _lines.Enqueue(_line.ToString().TrimEnd('\r'));
                    _line.Clear();
                }
                else if (value is >= 0x20 and < 0x7F or (byte)'\r')
                {
                    _line.Append((char)value);
                }
            }
        }
    }
}
