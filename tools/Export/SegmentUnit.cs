// SPDX-License-Identifier: MIT

using Lapel.Verify;

namespace Lapel.Export
{
    /// <summary>A fragment or a signed manifest of a segment.</summary>
    internal sealed class SegmentUnit
    {
        /// <summary>Where it begins in the file.</summary>
        public long At { get; init; }

        /// <summary>The fragment's header block; null for a signed manifest.</summary>
        public FragmentBlock? Fragment { get; init; }

        /// <summary>The `uuid` box of a signed manifest; empty for a fragment.</summary>
        public byte[] Signed { get; init; } = [];
    }
}
