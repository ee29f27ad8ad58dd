// SPDX-License-Identifier: MIT

namespace Lapel.Service
{
    /// <summary>Hexadecimal in the sources: known answers.</summary>
    public static class HexText
    {
        /// <summary>Its bytes; lower case digits only.</summary>
        public static byte[] Parse(string text)
        {
            byte[] bytes = new byte[text.Length / 2];
            for (int i = 0; i < bytes.Length; i++)
            {
                bytes[i] = (byte)(Digit(text[i * 2]) << 4 | Digit(text[i * 2 + 1]));
            }

            return bytes;
        }

        private static int Digit(char c)
        {
            return c <= '9' ? c - '0' : c - 'a' + 10;
        }
    }
}
