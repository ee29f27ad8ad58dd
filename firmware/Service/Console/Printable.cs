// SPDX-License-Identifier: MIT

namespace Lapel.Service
{
    /// <summary>What was typed, as an error may repeat it.</summary>
    public static class Printable
    {
        // As much as helps to recognise it.
        private const int MostShown = 24;

        /// <summary>In quotes, cut short, anything unprintable as a question mark.</summary>
        public static string Quote(string text)
        {
            int count = text.Length < MostShown ? text.Length : MostShown;
            char[] shown = new char[count];
            for (int i = 0; i < count; i++)
            {
                shown[i] = text[i] >= ' ' && text[i] <= '~' ? text[i] : '?';
            }

            return "'" + new string(shown) + (count < text.Length ? "...'" : "'");
        }
    }
}
