// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;

namespace Lapel.Scenes
{
    /// <summary>Text in a 5 x 7 dot font of its own, so that a machine without fonts draws the same picture.</summary>
    internal static class BitmapText
    {
        /// <summary>Dots from one character to the next: five and a gap.</summary>
        public const int Advance = 6;

        /// <summary>Dots of height.</summary>
        public const int Rows = 7;

        private const int Columns = 5;

        /// <summary>Seven rows a character, top first, bit 4 the leftmost dot.</summary>
        private static readonly Dictionary<char, byte[]> Glyphs = new()
        {
            [' '] = new byte[] { 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00 },
            ['-'] = new byte[] { 0x00, 0x00, 0x00, 0x1F, 0x00, 0x00, 0x00 },
            ['.'] = new byte[] { 0x00, 0x00, 0x00, 0x00, 0x00, 0x0C, 0x0C },
            [':'] = new byte[] { 0x00, 0x0C, 0x0C, 0x00, 0x0C, 0x0C, 0x00 },
            ['0'] = new byte[] { 0x0E, 0x11, 0x13, 0x15, 0x19, 0x11, 0x0E },
            ['1'] = new byte[] { 0x04, 0x0C, 0x04, 0x04, 0x04, 0x04, 0x0E },
            ['2'] = new byte[] { 0x0E, 0x11, 0x01, 0x02, 0x04, 0x08, 0x1F },
            ['3'] = new byte[] { 0x1F, 0x02, 0x04, 0x02, 0x01, 0x11, 0x0E },
            ['4'] = new byte[] { 0x02, 0x06, 0x0A, 0x12, 0x1F, 0x02, 0x02 },
            ['5'] = new byte[] { 0x1F, 0x10, 0x1E, 0x01, 0x01, 0x11, 0x0E },
            ['6'] = new byte[] { 0x06, 0x08, 0x10, 0x1E, 0x11, 0x11, 0x0E },
            ['7'] = new byte[] { 0x1F, 0x01, 0x02, 0x04, 0x08, 0x08, 0x08 },
            ['8'] = new byte[] { 0x0E, 0x11, 0x11, 0x0E, 0x11, 0x11, 0x0E },
            ['9'] = new byte[] { 0x0E, 0x11, 0x11, 0x0F, 0x01, 0x02, 0x0C },
            ['A'] = new byte[] { 0x0E, 0x11, 0x11, 0x1F, 0x11, 0x11, 0x11 },
            ['E'] = new byte[] { 0x1F, 0x10, 0x10, 0x1E, 0x10, 0x10, 0x1F },
            ['F'] = new byte[] { 0x1F, 0x10, 0x10, 0x1E, 0x10, 0x10, 0x10 },
            ['M'] = new byte[] { 0x11, 0x1B, 0x15, 0x15, 0x11, 0x11, 0x11 },
            ['R'] = new byte[] { 0x1E, 0x11, 0x11, 0x1E, 0x14, 0x12, 0x11 },
        };

        /// <summary>Draws a line of text.</summary>
        /// <param name="canvas">Where to.</param>
        /// <param name="left">Left edge of the first character.</param>
        /// <param name="top">Upper edge.</param>
        /// <param name="dot">Samples a dot, across and down.</param>
        /// <param name="text">Digits, the letters of FRAME, space, '-', '.' and ':'.</param>
        /// <param name="colour">Colour of the dots.</param>
        public static void Draw(Canvas canvas, int left, int top, int dot, ReadOnlySpan<char> text, Colour colour)
        {
            foreach (char character in text)
            {
                byte[] glyph = Glyphs[character];
                for (int row = 0; row < Rows; row++)
                {
                    for (int column = 0; column < Columns; column++)
                    {
                        if ((glyph[row] >> (Columns - 1 - column) & 1) != 0)
                        {
                            canvas.Fill(new Area(left + column * dot, top + row * dot, dot, dot), colour);
                        }
                    }
                }

                left += Advance * dot;
            }
        }
    }
}
