// SPDX-License-Identifier: MIT

using System;

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

        /// <summary>Longest line, or part of a longer one, that is taken at once.</summary>
        /// <remarks>The port hands longer ones on in parts.</remarks>
        public const int MaxTaken = 512;

        // Boxed once: the native search takes objects.
        private static readonly object AnyFirst = First0;
        private static readonly object AnyNext = Next0;

        /// <summary>Where the last mark of a line stands; -1 when there is none.</summary>
        /// <param name="buffer">Holds the line.</param>
        /// <param name="from">First byte looked at.</param>
        /// <param name="end">Just after the last.</param>
        public static int LastMark(byte[] buffer, int from, int end)
        {
            int first = LastPair(buffer, AnyFirst, First1, from, end);
            int next = LastPair(buffer, AnyNext, Next1, from, end);
            return first > next ? first : next;
        }

        private static int LastPair(byte[] buffer, object first, byte second, int from, int end)
        {
            int last = -1;
            while (from + 1 < end)
            {
                int at = Array.IndexOf(buffer, first, from, end - 1 - from);
                if (at < 0)
                {
                    break;
                }

                if (buffer[at + 1] == second)
                {
                    last = at;
                }

                from = at + 1;
            }

            return last;
        }
    }
}
