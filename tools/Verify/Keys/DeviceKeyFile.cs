// SPDX-License-Identifier: MIT

using System;
using System.Text;

namespace Lapel.Verify
{
    /// <summary>LAPEL/DEVICE.PUB (FORMAT.md 2.1).</summary>
    public static class DeviceKeyFile
    {
        /// <summary>Bytes of the file.</summary>
        public const int Size = 512;

        private const string First = "lapel device key 1\n",
            Id = "id ",
            Key = "key ",
            FirstKey = "first ";

        /// <summary>Reads the file; throws <see cref="FormatException"/> saying what is wrong.</summary>
        public static TrustedKey Parse(ReadOnlySpan<byte> content) => Parse(content, out _);

        /// <summary>As <see cref="Parse(ReadOnlySpan{byte})"/>, with the device id that the file states.</summary>
        public static TrustedKey Parse(ReadOnlySpan<byte> content, out byte[] deviceId)
        {
            if (content.Length != Size)
            {
                throw new FormatException("a DEVICE.PUB has 512 bytes, this has " + content.Length);
            }

            string text = Encoding.Latin1.GetString(content);
            if (!text.StartsWith(First, StringComparison.Ordinal))
            {
                throw new FormatException("DEVICE.PUB does not begin with the line 'lapel device key 1'");
            }

            int at = First.Length;
            string id = Line(text, ref at, Id, 32);
            string key = Line(text, ref at, Key, 64);
            // Of a device whose key was changed: the one that its id comes from.
            string first = string.CompareOrdinal(text, at, FirstKey, 0, FirstKey.Length) == 0 ? Line(text, ref at, FirstKey, 64) : key;
            if (text.AsSpan(at, Size - at - 1).IndexOfAnyExcept(' ') >= 0 || text[Size - 1] != '\n')
            {
                throw new FormatException("DEVICE.PUB is not filled with spaces up to a last line feed");
            }

            TrustedKey parsed = TrustedKey.FromHex(key);
            if (!id.Equals(Convert.ToHexStringLower(TrustedKey.FromHex(first).DeviceId), StringComparison.OrdinalIgnoreCase))
            {
                throw new FormatException("the id in DEVICE.PUB is not that of its key");
            }

            deviceId = Convert.FromHexString(id);
            return parsed;
        }

        private static string Line(string text, ref int at, string name, int digits)
        {
            int end = at + name.Length + digits;
            if (string.CompareOrdinal(text, at, name, 0, name.Length) != 0 || text[end] != '\n')
            {
                throw new FormatException("DEVICE.PUB has no line '" + name.Trim() + "' of " + digits + " digits where it must stand");
            }

            string value = text.Substring(at + name.Length, digits);
            at = end + 1;
            return value;
        }
    }
}
