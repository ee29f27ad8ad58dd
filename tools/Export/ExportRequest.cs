// SPDX-License-Identifier: MIT

using Lapel.Verify;

namespace Lapel.Export
{
    /// <summary>What an export is to open, trust and take along.</summary>
    public sealed record ExportRequest
    {
        /// <summary>An agency's key; null: only clear recordings are exported.</summary>
        public AgencyKey? Agency { get; init; }

        /// <summary>The device's public key; null: the one on the card.</summary>
        public TrustedKey? Device { get; init; }

        /// <summary>The public keys of several devices; null: none was given.</summary>
        public KeyRegistry? Registry { get; init; }

        /// <summary>Also what is not authentic, under a name that says so.</summary>
        public bool Force { get; init; }

        /// <summary>Which recordings.</summary>
        public ExportChoice Choice { get; init; } = new();

        /// <summary>One JSON object a recording.</summary>
        public bool AsJson { get; init; }
    }
}
