// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Verify
{
    /// <summary>A path that cannot be verified at all.</summary>
    public sealed class CardException : Exception
    {
        public CardException(string message, string hint)
            : base(message) => Hint = hint;

        /// <summary>What to do about it.</summary>
        public string Hint { get; }
    }
}
