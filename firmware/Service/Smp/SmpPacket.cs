// SPDX-License-Identifier: MIT

namespace Lapel.Service
{
    /// <summary>A received message: 8 bytes of header, then its data.</summary>
    public sealed class SmpPacket
    {
        /// <summary>Longest message that is taken, header included: `buf_size` of the parameters command.</summary>
        public const int MaxBytes = 2048;

        /// <summary>Bytes of a message's header.</summary>
        public const int HeaderBytes = 8;

        /// <summary>The message; behind it its CRC.</summary>
        public readonly byte[] Buffer = new byte[MaxBytes + 2];

        /// <summary>Bytes of the message.</summary>
        public int Length;
    }
}
