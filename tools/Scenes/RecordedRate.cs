// SPDX-License-Identifier: MIT

namespace Lapel.Scenes
{
    /// <summary>At what pace recorded pictures pass before the sensor: 10 a second, from the first again after the last.</summary>
    internal static class RecordedRate
    {
        /// <summary>Pictures a second.</summary>
        public const int PerSecond = 10;

        private const long UsPerPicture = 1_000_000 / PerSecond;

        /// <summary>The picture before the sensor at a time, counted without looping.</summary>
        public static long Number(long timeUs)
        {
            return timeUs < 0 ? 0 : timeUs / UsPerPicture;
        }

        /// <summary>The picture before the sensor at a time, of a loop of so many.</summary>
        public static int Index(long timeUs, int count)
        {
            return (int)(Number(timeUs) % count);
        }
    }
}
