// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Formats.Cbor;

namespace Lapel.Link
{
    /// <summary>
    /// A map with text keys out of an answer. What is asked for and is not there, or is of another kind, throws
    /// <see cref="LinkException"/>.
    /// </summary>
    public sealed class CborMap
    {
        /// <summary>How deep an answer may nest; the deepest has a map in an array in a map.</summary>
        private const int Deepest = 6;

        private readonly Dictionary<string, object?> _values;

        private CborMap(Dictionary<string, object?> values) => _values = values;

        /// <summary>Keys in the map.</summary>
        public IReadOnlyCollection<string> Keys => _values.Keys;

        /// <summary>Reads one map, of definite or indefinite length; nothing at all is an empty map.</summary>
        public static CborMap Read(ReadOnlyMemory<byte> bytes)
        {
            if (bytes.Length == 0)
            {
                return new CborMap([]);
            }

            try
            {
                var reader = new CborReader(bytes, CborConformanceMode.Lax);
                Dictionary<string, object?> map = Map(reader, 0);
                if (reader.BytesRemaining > 0)
                {
                    throw Bad("bytes follow the map of an answer");
                }

                return new CborMap(map);
            }
            catch (Exception error) when (error is CborContentException or InvalidOperationException or OverflowException)
            {
                throw Bad("an answer is no CBOR map");
            }
        }

        /// <summary>Whether there is a value of this name.</summary>
        public bool Has(string key) => _values.ContainsKey(key);

        /// <summary>A whole number.</summary>
        public long Number(string key) => Value<long>(key, "a number");

        /// <summary>A whole number, or what to take when there is none.</summary>
        public long Number(string key, long without) => Has(key) ? Number(key) : without;

        /// <summary>A text.</summary>
        public string Text(string key) => Value<string>(key, "a text");

        /// <summary>A text, or what to take when there is none.</summary>
        public string Text(string key, string without) => Has(key) ? Text(key) : without;

        /// <summary>Bytes.</summary>
        public byte[] Bytes(string key) => Value<byte[]>(key, "bytes");

        /// <summary>Bytes of one length only.</summary>
        public byte[] Bytes(string key, int length)
        {
            byte[] bytes = Bytes(key);
            return bytes.Length == length ? bytes : throw Bad($"'{key}' of an answer has {bytes.Length} bytes instead of {length}");
        }

        /// <summary>Yes or no.</summary>
        public bool Flag(string key) => Value<bool>(key, "true or false");

        /// <summary>An array; its items are long, string, byte[], bool, null, List or CborMap.</summary>
        public IReadOnlyList<object?> List(string key) => Value<List<object?>>(key, "an array");

        /// <summary>A map.</summary>
        public CborMap Map(string key) => Value<CborMap>(key, "a map");

        /// <summary>An answer that breaks the protocol.</summary>
        public static LinkException Bad(string message) =>
            new(LinkFailure.Malformed, message, "the camera's firmware and this program may be of different versions");

        private T Value<T>(string key, string kind)
        {
            if (!_values.TryGetValue(key, out object? value))
            {
                throw Bad($"an answer lacks '{key}'");
            }

            return value is T right ? right : throw Bad($"'{key}' of an answer is not {kind}");
        }

        private static Dictionary<string, object?> Map(CborReader reader, int depth)
        {
            if (depth > Deepest)
            {
                throw Bad("an answer nests too deep");
            }

            var map = new Dictionary<string, object?>();
            reader.ReadStartMap();
            while (reader.PeekState() != CborReaderState.EndMap)
            {
                string key = reader.ReadTextString();
                if (!map.TryAdd(key, Item(reader, depth + 1)))
                {
                    throw Bad($"an answer has '{key}' twice");
                }
            }
            reader.ReadEndMap();
            return map;
        }

        private static List<object?> Array(CborReader reader, int depth)
        {
            if (depth > Deepest)
            {
                throw Bad("an answer nests too deep");
            }

            var items = new List<object?>();
            reader.ReadStartArray();
            while (reader.PeekState() != CborReaderState.EndArray)
            {
                items.Add(Item(reader, depth + 1));
            }

            reader.ReadEndArray();
            return items;
        }

        private static object? Item(CborReader reader, int depth)
        {
            switch (reader.PeekState())
            {
                case CborReaderState.UnsignedInteger or CborReaderState.NegativeInteger:
                    return reader.ReadInt64();
                case CborReaderState.TextString or CborReaderState.StartIndefiniteLengthTextString:
                    return reader.ReadTextString();
                case CborReaderState.ByteString or CborReaderState.StartIndefiniteLengthByteString:
                    return reader.ReadByteString();
                case CborReaderState.Boolean:
                    return reader.ReadBoolean();
                case CborReaderState.StartArray:
                    return Array(reader, depth);
                case CborReaderState.StartMap:
                    return new CborMap(Map(reader, depth));
                case CborReaderState.Null:
                    reader.ReadNull();
                    return null;
                default:
                    throw Bad("an answer holds something that no answer has: " + reader.PeekState());
            }
        }
    }
}
