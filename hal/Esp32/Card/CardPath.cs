// SPDX-License-Identifier: MIT

namespace Lapel.Hal.Esp32
{
    /// <summary>Paths of the card as the file API wants them.</summary>
    public static class CardPath
    {
        /// <summary>The drive that the runtime gives the card.</summary>
        public const string Drive = "D:\\";

        /// <summary>D:\A\B for A/B.</summary>
        public static string Full(string path)
        {
            char[] chars = path.ToCharArray();
            for (int n = 0; n < chars.Length; n++)
            {
                if (chars[n] == '/')
                {
                    chars[n] = '\\';
                }
            }

            return Drive + new string(chars);
        }
    }
}
