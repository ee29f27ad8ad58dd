// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Formats.Cbor;
using System.Security.Cryptography;

namespace Lapel.Authority
{
    /// <summary>Signs and reads configurations (CUSTODY.md section 3).</summary>
    public static class Configurations
    {
        /// <summary>Signs one. What a camera would refuse is refused here.</summary>
        /// <exception cref="FormatException">Something in it is not allowed; says what.</exception>
        public static byte[] Sign(SigningKey authority, ConfigurationPlan plan)
        {
            if (authority.Kind != KeyKind.Authority)
            {
                throw new ArgumentException("a configuration takes the authority's key");
            }

            if (ConfigurationRules.Malformed(plan) is { } wrong)
            {
                throw new FormatException(wrong);
            }

            return SignedDocument.Sign(
                authority,
                Payload(plan, plan.Authority ?? authority.Public.Bytes, RandomNumberGenerator.GetBytes(16))
            );
        }

        /// <summary>The payload.</summary>
        /// <param name="plan">What it says.</param>
        /// <param name="authority">The authority's key from then on.</param>
        /// <param name="salt">16 random bytes, used when it names people or places: its digest must not be guessable.</param>
        public static byte[] Payload(ConfigurationPlan plan, byte[] authority, byte[] salt)
        {
            var writer = new CborWriter(CborConformanceMode.Canonical);
            writer.WriteStartMap(11);
            Number(writer, 1, (int)DocumentKind.Configuration);
            Number(writer, 2, 1);
            Number(writer, 3, plan.Serial);
            writer.WriteInt32(4);
            if (plan.DeviceId is { } device)
            {
                writer.WriteByteString(device);
            }
            else
            {
                writer.WriteNull();
            }

            writer.WriteInt32(5);
            writer.WriteByteString(authority);
            Keys(writer, 6, plan.Recipients);
            writer.WriteInt32(7);
            writer.WriteStartArray(plan.Stations.Count);
            foreach ((byte[] key, int role) in plan.Stations)
            {
                writer.WriteStartArray(2);
                writer.WriteByteString(key);
                writer.WriteInt32(role);
                writer.WriteEndArray();
            }
            writer.WriteEndArray();
            Keys(writer, 8, plan.Archives);
            Settings(writer, plan);
            writer.WriteInt32(10);
            if (plan.HasPrivateFacts)
            {
                writer.WriteStartArray(4);
                writer.WriteByteString(salt);
                writer.WriteTextString(plan.Officer);
                writer.WriteTextString(plan.Place);
                writer.WriteTextString(plan.Note);
                writer.WriteEndArray();
            }
            else
            {
                writer.WriteNull();
            }
            Number(writer, 11, 0);
            writer.WriteEndMap();
            return writer.Encode();
        }

        /// <summary>Reads a payload.</summary>
        /// <exception cref="FormatException">It is no configuration.</exception>
        public static ConfigurationPlan Read(byte[] payload)
        {
            try
            {
                var reader = new CborReader(payload, CborConformanceMode.Canonical);
                ConfigurationPlan plan = Read(reader);
                if (reader.BytesRemaining > 0)
                {
                    throw new FormatException("bytes follow its end");
                }

                return ConfigurationRules.Malformed(plan) is { } wrong ? throw new FormatException(wrong) : plan;
            }
            catch (Exception e) when (e is CborContentException or InvalidOperationException or OverflowException)
            {
                throw new FormatException("it is no configuration", e);
            }
        }

        private static ConfigurationPlan Read(CborReader reader)
        {
            var plan = new ConfigurationPlan();
            if (reader.ReadStartMap() != 11)
            {
                throw new FormatException("a configuration has 11 keys");
            }

            if (Int(reader, 1) != (int)DocumentKind.Configuration)
            {
                throw new FormatException("it is another kind of document");
            }

            if (Int(reader, 2) != 1)
            {
                throw new FormatException("it is of a version that is not known here");
            }

            plan.Serial = Int(reader, 3);
            Key(reader, 4);
            if (reader.PeekState() == CborReaderState.Null)
            {
                reader.ReadNull();
            }
            else
            {
                plan.DeviceId = reader.ReadByteString();
            }

            Key(reader, 5);
            plan.Authority = reader.ReadByteString();
            Keys(reader, 6, plan.Recipients);
            Key(reader, 7);
            int stations = reader.ReadStartArray() ?? 0;
            for (int i = 0; i < stations; i++)
            {
                reader.ReadStartArray();
                plan.Stations.Add((reader.ReadByteString(), reader.ReadInt32()));
                reader.ReadEndArray();
            }
            reader.ReadEndArray();
            Keys(reader, 8, plan.Archives);
            Settings(reader, plan);
            Key(reader, 10);
            if (reader.PeekState() == CborReaderState.Null)
            {
                reader.ReadNull();
            }
            else
            {
                Private(reader, plan);
            }

            if (Int(reader, 11) != 0)
            {
                throw new FormatException("it asks for something that is not known here");
            }

            reader.ReadEndMap();
            return plan;
        }

        private static void Settings(CborWriter writer, ConfigurationPlan plan)
        {
            writer.WriteInt32(9);
            writer.WriteStartMap(9);
            Number(writer, 1, plan.PreEventSeconds);
            Number(writer, 2, plan.Size);
            Number(writer, 3, plan.Quality);
            Number(writer, 4, plan.IntervalMs);
            writer.WriteInt32(5);
            writer.WriteTextString(plan.Unit);
            Number(writer, 6, plan.EventStarts ? 1 : 0);
            Number(writer, 7, plan.Covert ? 1 : 0);
            Number(writer, 8, plan.SlotBytes);
            Number(writer, 9, plan.ContinueSeconds);
            writer.WriteEndMap();
        }

        private static void Settings(CborReader reader, ConfigurationPlan plan)
        {
            Key(reader, 9);
            if (reader.ReadStartMap() != 9)
            {
                throw new FormatException("there are 9 settings");
            }

            plan.PreEventSeconds = Int(reader, 1);
            plan.Size = Int(reader, 2);
            plan.Quality = Int(reader, 3);
            plan.IntervalMs = Int(reader, 4);
            Key(reader, 5);
            plan.Unit = reader.ReadTextString();
            plan.EventStarts = Int(reader, 6) == 1;
            plan.Covert = Int(reader, 7) == 1;
            plan.SlotBytes = Int(reader, 8);
            plan.ContinueSeconds = Int(reader, 9);
            reader.ReadEndMap();
        }

        private static void Private(CborReader reader, ConfigurationPlan plan)
        {
            reader.ReadStartArray();
            reader.ReadByteString();
            plan.Officer = reader.ReadTextString();
            plan.Place = reader.ReadTextString();
            plan.Note = reader.ReadTextString();
            reader.ReadEndArray();
        }

        private static void Number(CborWriter writer, int key, int value)
        {
            writer.WriteInt32(key);
            writer.WriteInt32(value);
        }

        private static void Keys(CborWriter writer, int key, IList<byte[]> keys)
        {
            writer.WriteInt32(key);
            writer.WriteStartArray(keys.Count);
            foreach (byte[] one in keys)
            {
                writer.WriteByteString(one);
            }

            writer.WriteEndArray();
        }

        private static void Key(CborReader reader, int key)
        {
            if (reader.ReadInt32() != key)
            {
                throw new FormatException($"key {key} is missing");
            }
        }

        private static int Int(CborReader reader, int key)
        {
            Key(reader, key);
            return reader.ReadInt32();
        }

        private static void Keys(CborReader reader, int key, IList<byte[]> keys)
        {
            Key(reader, key);
            int count = reader.ReadStartArray() ?? 0;
            for (int i = 0; i < count; i++)
            {
                keys.Add(reader.ReadByteString());
            }

            reader.ReadEndArray();
        }
    }
}
