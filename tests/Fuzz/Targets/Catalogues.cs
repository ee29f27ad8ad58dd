// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Linq;
using Lapel.Evidence;
using Lapel.Hal;

namespace Lapel.Fuzz.Targets;

/// <summary>Catalogues as the device writes them, each in its two copies, of which a cut may have left the second behind.</summary>
public static class Catalogues
{
    const int SlotSectors = 64;

    public static IReadOnlyList<Sample> All { get; } = [Make(8, 3), Make(40, 25), Make(100, 97)];

    static readonly HashSet<string> Sectors =
    [
        .. All.SelectMany(sample => sample.Files).SelectMany(copy => copy.Chunk(512)).Select(Convert.ToHexString),
    ];

    /// <summary>Sets the checksum of every whole sector right.</summary>
    public static void Repair(byte[] copy)
    {
        var natives = new DeviceNatives();
        for (int at = 0; at + 512 <= copy.Length; at += 512)
        {
            Array.Clear(copy, at + 28, 4);
            BigEndian.Put32(copy, at + 28, (int)natives.Crc32(copy, at, 512));
        }
    }

    /// <summary>Whether a sector has a right checksum and is none of the device's: the checksum was repaired.</summary>
    public static bool IsForged(Sample input)
    {
        var natives = new DeviceNatives();
        return input.Files.Any(copy =>
            Enumerable
                .Range(0, copy.Length / 512)
                .Any(i => CatalogueSector.IsValid(natives, copy, i * 512, i) && !Sectors.Contains(Convert.ToHexString(copy, i * 512, 512)))
        );
    }

    static Sample Make(int slots, int used)
    {
        var natives = new DeviceNatives();
        byte[] a = new byte[Catalogue.SectorsFor(slots) * 512],
            b = new byte[a.Length];
        Catalogue.Create(natives, new ArrayFile(a), new ArrayFile(b), slots, SlotSectors, true);
        var catalogue = new Catalogue(natives);
        catalogue.Load(new ArrayFile(a), new ArrayFile(b));
        var digest = new byte[Digests.Size];
        for (int slot = 0; slot < used; slot++)
        {
            digest[0] = (byte)slot;
            if (slot == used - 1)
            {
                b = (byte[])b.Clone();
            }

            SlotRecord record = SlotRecord.Open(slot / 3 + 1, slot % 3, 1795467602, digest);
            record.Close(50, 10, digest);
            record.State =
                slot % 7 == 6 ? SlotState.Released
                : slot == used - 1 ? SlotState.Open
                : SlotState.Closed;
            catalogue.Mark(slot, record);
        }
        return new Sample(a, b);
    }
}
