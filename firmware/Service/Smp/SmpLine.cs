// SPDX-License-Identifier: MIT

namespace Lapel.Service
{
    /// <summary>The lines of SMP over a console: 06 09 begins a packet, 04 14 goes on with it; base64 and a line feed follow.</summary>
    /// <remarks>No line is longer than 127 bytes, which is what the strictest clients take.</remarks>
    public static class SmpLine
    {
        /// <summary>First byte of a packet's first line.</summary>
        public const byte First0 = 0x06;

        /// <summary>Second byte of a packet's first line.</summary>
        public const byte First1 = 0x09;

        /// <summary>First byte of its other lines.</summary>
        public const byte Next0 = 0x04;

        /// <summary>Second byte of its other lines.</summary>
        public const byte Next1 = 0x14;

        /// <summary>Mark of a packet's first line.</summary>
        public const int First = (First0 << 8) | First1;

        /// <summary>Mark of its other lines.</summary>
        public const int Next = (Next0 << 8) | Next1;

        /// <summary>Bytes of a mark.</summary>
        public const int MarkBytes = 2;

        /// <summary>Longest line sent, its mark and line feed included.</summary>
        public const int MaxBytes = 127;

        /// <summary>Packet bytes in a full line: 124 characters of base64.</summary>
        public const int MaxRaw = 93;

        /// <summary>Longest line taken.</summary>
        /// <remarks>Clients send 127; longer ones cost nothing but a buffer of the runtime.</remarks>
        public const int MaxTaken = 512;
    }
}
