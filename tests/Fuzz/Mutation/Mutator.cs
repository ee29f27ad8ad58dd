// SPDX-License-Identifier: MIT

using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;

namespace Lapel.Fuzz.Mutation;

/// <summary>
/// Changes card content as damage, time and an adversary do: single bits, lengths, whole units, other recordings' and other devices' parts,
/// old content.
/// </summary>
public sealed class Mutator(Random random, IReadOnlyList<Sample> foreign)
{
    const int Sector = 512;
    const int MostChanges = 4;

    static readonly uint[] Interesting =
    [
        0,
        1,
        2,
        7,
        8,
        9,
        23,
        24,
        255,
        256,
        511,
        512,
        513,
        16383,
        16384,
        16385,
        65535,
        65536,
        int.MaxValue - 511,
        int.MaxValue,
        0x80000000,
        0xFFFFFE00,
        uint.MaxValue,
    ];

    readonly List<int> units = [],
        boxes = [];

    /// <summary>A changed copy.</summary>
    public Sample Of(Sample parent)
    {
        Sample input = parent.Copy();
        int changes = 1 + random.Next(MostChanges);
        for (int i = 0; i < changes; i++)
        {
            int file = Choose(input);
            input.Files[file] = Change(input.Files[file], input);
        }
        return input;
    }

    // A record of a few bytes is not changed as often as a whole file.
    int Choose(Sample input)
    {
        int file = random.Next(input.Files.Length);
        return input.Files[file].Length < Sector && random.Next(8) != 0 ? 0 : file;
    }

    byte[] Change(byte[] bytes, Sample input)
    {
        if (bytes.Length == 0)
        {
            return (byte[])Other(input).Clone();
        }

        int at = Place(bytes);
        switch (random.Next(16))
        {
            case 0 or 1:
                bytes[at] ^= (byte)(1 << random.Next(8));
                return bytes;
            case 2:
                bytes[at] = (byte)random.Next(256);
                return bytes;
            case 3 or 4:
                return Number(bytes, at, Interesting[random.Next(Interesting.Length)]);
            case 5 or 6:
                return Number(bytes, at, Near(bytes, at));
            case 7:
                Fill(bytes.AsSpan(at, Math.Min(random.Next(1, 700), bytes.Length - at)));
                return bytes;
            case 8:
                CopyWithin(bytes, random.Next(bytes.Length), at, random.Next(1, 64));
                return bytes;
            case 9:
                CopyWithin(bytes, Unit(bytes), Unit(bytes), Sector * random.Next(1, 6));
                return bytes;
            case 10:
                return Splice(bytes, Other(input));
            case 11:
                return Shift(bytes, Sector * random.Next(1, 4), random.Next(2) == 0);
            case 12:
                return random.Next(4) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
            case 13:
                return random.Next(4) == 0 ? Grown(bytes) : Splice(bytes, Other(input));
            case 14:
                return random.Next(4) == 0 ? (byte[])Other(input).Clone() : Swap(bytes);
            default:
                return Cbor(bytes, at);
        }
    }

    // Anywhere, at the beginning of a unit, or in the head of a box and the first fields behind it.
    int Place(byte[] bytes)
    {
        int at = random.Next(3) switch
        {
            0 => random.Next(bytes.Length),
            1 => Unit(bytes) + random.Next(96 << 2 * random.Next(3)),
            _ => Box(bytes) + random.Next(random.Next(2) == 0 ? 8 : 40),
        };
        return Math.Min(at, bytes.Length - 1);
    }

    int Box(byte[] bytes)
    {
        boxes.Clear();
        BoxPlaces.Add(bytes, 0, bytes.Length, boxes);
        return boxes.Count == 0 ? Unit(bytes) : boxes[random.Next(boxes.Count)];
    }

    // A sector at which the file, a unit or its frames begin, or any.
    int Unit(byte[] bytes)
    {
        units.Clear();
        for (int at = 0; at + 8 <= bytes.Length; at += Sector)
        {
            if (at == 0 || bytes.AsSpan(at + 4, 4).SequenceEqual("uuid"u8))
            {
                units.Add(at);
            }
        }

        return units.Count > 1 && random.Next(8) != 0
            ? units[random.Next(units.Count)]
            : random.Next(Math.Max(1, bytes.Length / Sector)) * Sector;
    }

    static byte[] Number(byte[] bytes, int at, uint value)
    {
        at &= ~1;
        if (at + 4 <= bytes.Length)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(at), value);
        }
        else
        {
            bytes[at] = (byte)value;
        }

        return bytes;
    }

    uint Near(byte[] bytes, int at)
    {
        at &= ~1;
        if (at + 4 > bytes.Length)
        {
            return 0;
        }

        uint value = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at));
        int[] steps = [-512, -28, -24, -8, -1, 1, 8, 24, 28, 512];
        return unchecked(value + (uint)steps[random.Next(steps.Length)]);
    }

    void Fill(Span<byte> part)
    {
        if (random.Next(3) == 0)
        {
            random.NextBytes(part);
        }
        else
        {
            part.Fill((byte)(random.Next(2) * 255));
        }
    }

    static void CopyWithin(byte[] bytes, int from, int to, int count) =>
        bytes.AsSpan(from, Math.Min(count, bytes.Length - Math.Max(from, to))).ToArray().CopyTo(bytes, to);

    byte[] Other(Sample input)
    {
        if (random.Next(3) == 0)
        {
            return input.Files[random.Next(input.Files.Length)];
        }

        Sample sample = foreign[random.Next(foreign.Count)];
        return sample.Files[random.Next(sample.Files.Length)];
    }

    // From a unit on, what another file has at a unit or at the same place.
    byte[] Splice(byte[] bytes, byte[] other)
    {
        if (other.Length == 0)
        {
            return bytes;
        }

        int to = Unit(bytes),
            from = random.Next(2) == 0 ? Unit(other) : Math.Min(to, other.Length - 1);
        int count = random.Next(2) == 0 ? Sector * random.Next(1, 8) : int.MaxValue;
        count = Math.Min(count, Math.Min(bytes.Length - to, other.Length - from));
        other.AsSpan(from, count).CopyTo(bytes.AsSpan(to));
        return bytes;
    }

    // Sectors come in twice, or are left out; the length stays.
    byte[] Shift(byte[] bytes, int by, bool forward)
    {
        int at = Unit(bytes);
        if (at + by >= bytes.Length)
        {
            return bytes;
        }

        byte[] old = (byte[])bytes.Clone();
        if (forward)
        {
            old.AsSpan(at, bytes.Length - at - by).CopyTo(bytes.AsSpan(at + by));
        }
        else
        {
            old.AsSpan(at + by).CopyTo(bytes.AsSpan(at));
        }

        return bytes;
    }

    byte[] Grown(byte[] bytes)
    {
        var grown = new byte[bytes.Length + random.Next(1, 4096)];
        bytes.CopyTo(grown, 0);
        Fill(grown.AsSpan(bytes.Length));
        return grown;
    }

    byte[] Swap(byte[] bytes)
    {
        int a = Unit(bytes),
            b = Unit(bytes),
            count = Math.Min(Sector, bytes.Length - Math.Max(a, b));
        byte[] first = bytes.AsSpan(a, count).ToArray();
        bytes.AsSpan(b, count).ToArray().CopyTo(bytes, a);
        first.CopyTo(bytes, b);
        return bytes;
    }

    // Another head of a CBOR item: type and length.
    byte[] Cbor(byte[] bytes, int at)
    {
        byte[] heads =
        [
            0x17,
            0x18,
            0x19,
            0x1a,
            0x1b,
            0x1f,
            0x3b,
            0x40,
            0x58,
            0x5b,
            0x5f,
            0x78,
            0x80,
            0x98,
            0x9b,
            0x9f,
            0xa0,
            0xb8,
            0xbb,
            0xbf,
            0xc2,
            0xd8,
            0xf6,
            0xf7,
            0xfb,
            0xff,
        ];
        bytes[at] = heads[random.Next(heads.Length)];
        return bytes;
    }
}
