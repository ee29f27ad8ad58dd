// SPDX-License-Identifier: MIT

namespace Lapel.Service
{
    /// <summary>Part of an item that a host asked for, and how far it got.</summary>
    public sealed class BulkRange
    {
        /// <summary>Version field of the request, for its answer.</summary>
        public int Version;

        /// <summary>Sequence number of the request: its frames and its answer carry it.</summary>
        public int Sequence;

        /// <summary>The item.</summary>
        public long Item;

        /// <summary>First byte asked for.</summary>
        public long Offset;

        /// <summary>Bytes asked for.</summary>
        public int Length;

        /// <summary>Payload bytes of a frame; the last one may have fewer.</summary>
        public int Block;

        /// <summary>Whether it came at the slowest rate: no frame waits behind another then.</summary>
        public bool IsSlow;

        /// <summary>Bytes read from the card.</summary>
        public int Read;

        /// <summary>Bytes in frames that were sent.</summary>
        public int Sent;

        /// <summary>Whether no more frames come: the answer is due.</summary>
        public bool IsOver;

        /// <summary>Why it ended early; None when it did not, or when the host cancelled it.</summary>
        public CameraError Error;
    }
}
