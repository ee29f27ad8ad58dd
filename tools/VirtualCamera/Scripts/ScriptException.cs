// SPDX-License-Identifier: MIT

using System;

namespace Lapel.VirtualCamera.Scripts
{
    /// <summary>A script that is not one.</summary>
    public sealed class ScriptException : Exception
    {
        /// <summary>Creates the error.</summary>
        /// <param name="line">Line number, from 1.</param>
        /// <param name="message">What is wrong there.</param>
        /// <param name="hint">How it should read; null when the message says it all.</param>
        public ScriptException(int line, string message, string? hint = null)
            : base($"line {line}: {message}")
        {
            Line = line;
            Hint = hint;
        }

        /// <summary>Line number, from 1.</summary>
        public int Line { get; }

        /// <summary>How it should read; null when the message says it all.</summary>
        public string? Hint { get; }
    }
}
