// SPDX-License-Identifier: MIT

using System.Linq;

namespace Lapel.Cli
{
    /// <summary>What a person may want to do after a command: lines to be typed as they are, on standard error.</summary>
    internal static class NextSteps
    {
        /// <summary>Writes the lines.</summary>
        /// <param name="host">Where they go.</param>
        /// <param name="steps">Arguments of the program, and what they do.</param>
        public static void Write(Host host, params (string Arguments, string Does)[] steps)
        {
            int width = steps.Max(step => step.Arguments.Length);
            host.Error.WriteLine("next:");
            foreach ((string arguments, string does) in steps)
            {
                host.Error.WriteLine($"  {host.Program} {arguments.PadRight(width)}   {does}");
            }
        }

        /// <summary>A path as an argument: in quotes where the shell needs them.</summary>
        public static string Quoted(string path) =>
            path.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '\\' or '.' or '_' or '-' or ':' or '~') ? path : $"\"{path}\"";
    }
}
