// SPDX-License-Identifier: MIT

namespace Lapel.Scenes
{
    /// <summary>A rectangle of samples.</summary>
    internal readonly record struct Area(int Left, int Top, int Width, int Height)
    {
        /// <summary>First column to its right.</summary>
        public int Right => Left + Width;

        /// <summary>First line below it.</summary>
        public int Bottom => Top + Height;
    }
}
