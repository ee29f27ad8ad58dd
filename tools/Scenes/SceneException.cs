// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Scenes
{
    /// <summary>A scene that cannot be shown: what is wrong with it, and what to do about it.</summary>
    public sealed class SceneException : Exception
    {
        /// <summary>Creates the error.</summary>
        /// <param name="message">What is wrong, naming the file.</param>
        /// <param name="hint">What to do about it; null when there is nothing to advise.</param>
        /// <param name="inner">The cause, when another error led here.</param>
        public SceneException(string message, string? hint = null, Exception? inner = null)
            : base(message, inner)
        {
            Hint = hint;
        }

        /// <summary>What to do about it; null when there is nothing to advise.</summary>
        public string? Hint { get; }
    }
}
