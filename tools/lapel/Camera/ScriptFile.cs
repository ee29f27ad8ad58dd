// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.IO;
using Lapel.VirtualCamera.Scripts;

namespace Lapel.Cli
{
    /// <summary>A script on disk.</summary>
    internal static class ScriptFile
    {
        /// <summary>A script is text that a person wrote: one this large is another file by mistake.</summary>
        private const long MaxBytes = 1_000_000;

        /// <summary>Reads and parses a script.</summary>
        /// <exception cref="CommandException">It cannot be read, or a line is wrong.</exception>
        public static IReadOnlyList<ScriptCommand> Read(string path)
        {
            try
            {
                if (new FileInfo(path) is { Exists: true, Length: > MaxBytes })
                {
                    throw new CommandException($"script {path} is larger than {MaxBytes} bytes", "is it a script?");
                }

                return ScriptParser.Parse(File.ReadAllText(path));
            }
            catch (ScriptException e)
            {
                throw new CommandException($"script {path}, {e.Message}", e.Hint, e);
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
            {
                throw new CommandException($"script {path} does not exist", null, e);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new CommandException($"script {path} cannot be read: {FileTrouble.Text(e)}", null, e);
            }
        }
    }
}
