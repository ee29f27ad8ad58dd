// SPDX-License-Identifier: MIT

namespace Lapel.Scenes
{
    /// <summary>A full-range YCbCr colour (JFIF 1.02, page 3).</summary>
    internal readonly record struct Colour(byte Y, byte Cb, byte Cr)
    {
        /// <summary>Black.</summary>
        public static readonly Colour Black = FromRgb(0, 0, 0);

        /// <summary>White.</summary>
        public static readonly Colour White = FromRgb(255, 255, 255);

        /// <summary>Converts from RGB by the JFIF equations, in thousandths.</summary>
        public static Colour FromRgb(int r, int g, int b)
        {
            int y = (299 * r + 587 * g + 114 * b + 500) / 1000;
            int cb = (128_000 - 169 * r - 331 * g + 500 * b + 500) / 1000;
            int cr = (128_000 + 500 * r - 419 * g - 81 * b + 500) / 1000;
            return new Colour((byte)y, Clamp(cb), Clamp(cr));
        }

        private static byte Clamp(int value)
        {
            return (byte)(
                value < 0 ? 0
                : value > 255 ? 255
                : value
            );
        }
    }
}
