// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Cli
{
    /// <summary>Ends a command with a message for the user.</summary>
    internal sealed class CommandException : Exception
    {
        /// <summary>Creates the error.</summary>
        /// <param name="message">What went wrong, in one line without a full stop.</param>
        /// <param name="hint">What to do about it; null when there is nothing to advise.</param>
        /// <param name="inner">The cause, when another error led here.</param>
        public CommandException(string message, string? hint = null, Exception? inner = null)
            : base(message, inner)
        {
            Hint = hint;
        }

        /// <summary>What to do about it; null when there is nothing to advise.</summary>
        public string? Hint { get; }

        /// <summary>The exit code.</summary>
        public int Code { get; init; } = ExitCode.Trouble;
    }
}
