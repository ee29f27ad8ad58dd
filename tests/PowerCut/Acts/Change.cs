// SPDX-License-Identifier: MIT

using Lapel.Hal.Virtual;

namespace Lapel.PowerCut
{
    /// <summary>
    /// One change of the card or of internal storage, a sector written or a change of the directory, and all there was before it.
    /// </summary>
    internal sealed class Change
    {
        public required bool OnCard { get; init; }

        /// <summary>The write that it is part of, as the volume counts them.</summary>
        public required long Write { get; init; }

        public required string Path { get; init; }

        /// <summary>Sector of the file; -1 for a change of the directory.</summary>
        public required long Sector { get; init; }

        /// <summary>What the sector will hold.</summary>
        public required byte[] Data { get; init; }

        public required MemorySnapshot Card { get; init; }

        public required MemorySnapshot Flash { get; init; }

        public bool IsSector => Sector >= 0;
    }
}
