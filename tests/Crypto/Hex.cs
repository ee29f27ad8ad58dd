// SPDX-License-Identifier: MIT

namespace Lapel.Crypto.Tests
{
    /// <summary>Bytes as the standards print them.</summary>
    internal static class Hex
    {
        private const string Digits = "0123456789abcdef";

        public static byte[] Decode(string text)
        {
            byte[] bytes = new byte[text.Length / 2];
            for (int i = 0; i < bytes.Length; i++)
            {
                bytes[i] = (byte)((Digits.IndexOf(text[2 * i]) << 4) | Digits.IndexOf(text[2 * i + 1]));
            }

            return bytes;
        }

        public static string Encode(byte[] bytes, int offset, int count)
        {
            char[] text = new char[2 * count];
            for (int i = 0; i < count; i++)
            {
                text[2 * i] = Digits[bytes[offset + i] >> 4];
                text[2 * i + 1] = Digits[bytes[offset + i] & 15];
            }

            return new string(text);
        }

        public static string Encode(byte[] bytes)
        {
            return Encode(bytes, 0, bytes.Length);
        }
    }
}
