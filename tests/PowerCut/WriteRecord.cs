// SPDX-License-Identifier: MIT

using System.Collections.Generic;
using Lapel.Hal.Virtual;

namespace Lapel.PowerCut
{
    /// <summary>One write of the clean run, and all there was before it.</summary>
    internal sealed class WriteRecord
    {
        public required int Index { get; init; }

        public required string Path { get; init; }

        public required long Sector { get; init; }

        public required MemorySnapshot Card { get; init; }

        public required MemorySnapshot Flash { get; init; }

        /// <summary>Virtual time, microseconds since the boot.</summary>
        public required long AtUs { get; init; }

        /// <summary>
        /// Time at which the newest picture in memory ends, monotonic milliseconds: one that is still in the sensor is not there to be
        /// lost.
        /// </summary>
        public required long PicturesEndMs { get; init; }

        /// <summary>Number of the recording that was taking frames, or 0.</summary>
        public required int Recording { get; init; }

        /// <summary>Monotonic time of its recording zero and of its press, milliseconds.</summary>
        public required long ZeroMs { get; init; }

        public required long PressMs { get; init; }

        /// <summary>The sectors written.</summary>
        public List<byte[]> Sectors { get; } = [];

        public bool IsSlot => Path.EndsWith(".MP4", System.StringComparison.Ordinal);
    }
}
