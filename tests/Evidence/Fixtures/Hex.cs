// SPDX-License-Identifier: MIT

namespace Lapel.Evidence.Tests
{
    /// <summary>Bytes as upper-case hexadecimal digits.</summary>
    public static class Hex
    {
        private const string Digits = "0123456789ABCDEF";

        public static string Of(byte[] bytes)
        {
            return Of(bytes, 0, bytes.Length);
        }

        public static byte[] Parse(string text)
        {
            var bytes = new byte[text.Length / 2];
            for (int i = 0; i < bytes.Length; i++)
            {
                bytes[i] = (byte)(Digits.IndexOf(text[2 * i]) * 16 + Digits.IndexOf(text[2 * i + 1]));
            }

            return bytes;
        }

        public static string Of(byte[] bytes, int offset, int count)
        {
            var text = new char[count * 2];
            for (int i = 0; i < count; i++)
            {
                text[i * 2] = Digits[bytes[offset + i] >> 4];
                text[i * 2 + 1] = Digits[bytes[offset + i] & 15];
            }

            return new string(text);
        }
    }
}
