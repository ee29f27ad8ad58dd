// SPDX-License-Identifier: MIT

using System.Collections.Generic;

namespace Lapel.Verify
{
    /// <summary>What `lapel audit` is asked for.</summary>
    /// <param name="Path">A card folder, or a store of `lapel sync`.</param>
    public sealed record AuditRequest(string Path)
    {
        /// <summary>A file with the device's public key; null: the one on the card.</summary>
        public string? Key { get; init; }

        /// <summary>The keys of several devices; null: none was given.</summary>
        public KeyRegistry? Registry { get; init; }

        /// <summary>Beginning of the period, UTC; null: of the log.</summary>
        public string? From { get; init; }

        /// <summary>Its end; null: of the log.</summary>
        public string? To { get; init; }

        /// <summary>Kinds of entries, by name or number; empty: all.</summary>
        public IEnumerable<string> Kinds { get; init; } = [];

        /// <summary>The coverage statement in place of the entries.</summary>
        public bool Coverage { get; init; }

        /// <summary>JSON lines in place of text.</summary>
        public bool Json { get; init; }
    }
}
