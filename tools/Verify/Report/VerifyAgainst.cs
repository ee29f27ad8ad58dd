// SPDX-License-Identifier: MIT

namespace Lapel.Verify
{
    /// <summary>What a card is judged by beside one key.</summary>
    public sealed record VerifyAgainst
    {
        /// <summary>The keys of several devices; null: none was given.</summary>
        public KeyRegistry? Registry { get; init; }

        /// <summary>A file with the builds that were released; null: who recorded is not judged.</summary>
        public string? Firmware { get; init; }

        /// <summary>An archive's receipts; null: none were given.</summary>
        public ReceiptBook? Receipts { get; init; }
    }
}
