// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Image
{
    /// <summary>An assembly, an image or a configuration cannot be used. The message says which and why.</summary>
    public sealed class ImageException : Exception
    {
        /// <summary>With what went wrong, and what helps.</summary>
        public ImageException(string message, string? hint = null, Exception? cause = null)
            : base(message, cause)
        {
            Hint = hint;
        }

        /// <summary>What helps; null when nothing is known.</summary>
        public string? Hint { get; }
    }
}
