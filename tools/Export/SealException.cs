// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Export
{
    /// <summary>A seal that does not open.</summary>
    public sealed class SealException : Exception
    {
        public SealException(string message, bool isOtherKey)
            : base(message) => IsOtherKey = isOtherKey;

        /// <summary>It is sealed to others than the holder of the key; nothing else is wrong.</summary>
        public bool IsOtherKey { get; }
    }
}
