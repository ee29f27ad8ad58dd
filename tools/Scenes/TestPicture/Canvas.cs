// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Scenes
{
    /// <summary>A picture in the sensor's own planes: full-range YCbCr as in JFIF, chroma halved across (4:2:2).</summary>
    internal sealed class Canvas
    {
        /// <summary>Creates a black picture.</summary>
        /// <param name="width">Samples a line, a multiple of 16.</param>
        /// <param name="height">Lines, a multiple of 8.</param>
        public Canvas(int width, int height)
        {
            Width = width;
            Height = height;
            Y = new byte[width * height];
            Cb = new byte[width / 2 * height];
            Cr = new byte[width / 2 * height];
            Fill(new Area(0, 0, width, height), Colour.Black);
        }

        /// <summary>Samples a line.</summary>
        public int Width { get; }

        /// <summary>Lines.</summary>
        public int Height { get; }

        /// <summary>Luma, row by row.</summary>
        public byte[] Y { get; }

        /// <summary>Blue difference, row by row, half as many a row.</summary>
        public byte[] Cb { get; }

        /// <summary>Red difference, row by row, half as many a row.</summary>
        public byte[] Cr { get; }

        /// <summary>Paints an area in one colour.</summary>
        public void Fill(Area area, Colour colour)
        {
            for (int y = area.Top; y < area.Bottom; y++)
            {
                Y.AsSpan(y * Width + area.Left, area.Width).Fill(colour.Y);
                Cb.AsSpan(ChromaAt(area, y), ChromaWidth(area)).Fill(colour.Cb);
                Cr.AsSpan(ChromaAt(area, y), ChromaWidth(area)).Fill(colour.Cr);
            }
        }

        /// <summary>Copies an area from a picture of the same size.</summary>
        public void Copy(Canvas from, Area area)
        {
            for (int y = area.Top; y < area.Bottom; y++)
            {
                Array.Copy(from.Y, y * Width + area.Left, Y, y * Width + area.Left, area.Width);
                Array.Copy(from.Cb, ChromaAt(area, y), Cb, ChromaAt(area, y), ChromaWidth(area));
                Array.Copy(from.Cr, ChromaAt(area, y), Cr, ChromaAt(area, y), ChromaWidth(area));
            }
        }

        private int ChromaAt(Area area, int y)
        {
            return y * (Width / 2) + area.Left / 2;
        }

        private static int ChromaWidth(Area area)
        {
            return (area.Left + area.Width + 1) / 2 - area.Left / 2;
        }
    }
}
