// SPDX-License-Identifier: MIT

using System.Formats.Cbor;

namespace Lapel.Link
{
    /// <summary>Writes a name and its value into a map.</summary>
    internal static class CborPairs
    {
        public static CborWriter Pair(this CborWriter to, string key, long value)
        {
            to.WriteTextString(key);
            to.WriteInt64(value);
            return to;
        }

        public static CborWriter Pair(this CborWriter to, string key, string value)
        {
            to.WriteTextString(key);
            to.WriteTextString(value);
            return to;
        }

        public static CborWriter Pair(this CborWriter to, string key, byte[] value)
        {
            to.WriteTextString(key);
            to.WriteByteString(value);
            return to;
        }
    }
}
