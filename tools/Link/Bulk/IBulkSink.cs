// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Link
{
    /// <summary>Where the bytes of an item go.</summary>
    public interface IBulkSink
    {
        /// <summary>Takes a piece; pieces come in any order, some twice. What it throws ends the transfer.</summary>
        void Write(long offset, ReadOnlySpan<byte> bytes);

        /// <summary>A range is through: what came so far may be noted.</summary>
        void RangeDone();
    }
}
