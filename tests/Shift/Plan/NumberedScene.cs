// SPDX-License-Identifier: MIT

using System;
using System.Buffers.Binary;
using Lapel.Hal;
using Lapel.Hal.Virtual;

namespace Lapel.Shift.Tests
{
    /// <summary>
    /// Small pictures that say which they are: of which power-on and the how many-th of it. All else of their bytes follows from that, so
    /// none has to be kept to be told from a forged one.
    /// </summary>
    internal sealed class NumberedScene : IScene
    {
        private const int BootAt = 4,
            NumberAt = 12,
            Least = 600,
            Spread = 700;

        private int _boot = -1;
        private int _number;

        /// <summary>The power came: pictures are numbered from 0 again.</summary>
        public void Begin(int boot)
        {
            _boot = boot;
            _number = 0;
        }

        public byte[] Take(long timeUs, FrameSize size, FrameQuality quality) => Picture(_boot, _number++);

        /// <summary>Which picture it is; null when it is none of the scene's, or not as it was taken.</summary>
        public static (int Boot, int Number)? Read(ReadOnlySpan<byte> jpeg)
        {
            if (jpeg.Length < Least)
            {
                return null;
            }

            int boot = ReadNibbles(jpeg[BootAt..]),
                number = ReadNibbles(jpeg[NumberAt..]);
            return boot >= 0 && number >= 0 && jpeg.SequenceEqual(Picture(boot, number)) ? (boot, number) : null;
        }

        private static byte[] Picture(int boot, int number)
        {
            ulong state = (ulong)boot << 32 | (uint)number | 1UL << 63;
            var picture = new byte[Least + (int)(Next(ref state) % Spread)];
            for (int at = 0; at + 8 <= picture.Length; at += 8)
            {
                BinaryPrimitives.WriteUInt64LittleEndian(picture.AsSpan(at), Next(ref state));
            }

            // As in a JPEG, no start marker within: numbers are written in nibbles for that.
            picture.AsSpan().Replace((byte)0xFF, (byte)0xFE);
            picture[0] = 0xFF;
            picture[1] = 0xD8;
            picture[2] = 0xFF;
            picture[3] = 0xDB;
            WriteNibbles(picture.AsSpan(BootAt), boot);
            WriteNibbles(picture.AsSpan(NumberAt), number);
            picture[^2] = 0xFF;
            picture[^1] = 0xD9;
            return picture;
        }

        private static void WriteNibbles(Span<byte> at, int value)
        {
            for (int i = 0; i < 8; i++)
            {
                at[i] = (byte)(value >> (28 - 4 * i) & 0xF);
            }
        }

        private static int ReadNibbles(ReadOnlySpan<byte> at)
        {
            int value = 0;
            for (int i = 0; i < 8; i++)
            {
                value = value << 4 | at[i];
            }

            return value;
        }

        // splitmix64.
        private static ulong Next(ref ulong state)
        {
            ulong z = state += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
