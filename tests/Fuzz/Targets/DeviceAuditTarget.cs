// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Linq;
using Lapel.Evidence;
using Lapel.Evidence.Tests;
using Lapel.Hal;

namespace Lapel.Fuzz.Targets;

/// <summary>
/// The device boots on a card whose audit log was changed. Whatever it finds, the search ends, the head that it goes on from is a sector
/// that it had written, what it enters then goes behind what is there and has a new number, and the next boot finds it. Three of four
/// inputs have right checksums.
/// </summary>
public sealed class DeviceAuditTarget : ITarget
{
    const int LeastSectors = 4,
        MostSectors = 64;

    // Eight blocks of 16 sectors: halving, then forward over all of them, and sector by sector where a block cannot be read.
    const int MostSteps = 400;

    readonly AuditFixture device = new();
    readonly Digests hash;
    readonly HashSet<string> digests;
    readonly byte[][] heads;
    int turn;

    public DeviceAuditTarget()
    {
        hash = new Digests(device.Natives);
        digests =
        [
            .. Seeds
                .Append(AuditLogs.Vector)
                .SelectMany(seed => seed.Files[0].Chunk(512))
                .Where(AuditLogs.IsWhole)
                .Select(sector => Convert.ToHexString(hash.Hash(sector))),
        ];
        heads = [.. Seeds.Select(seed => seed.Files[1])];
    }

    public string Name => "audit log, device";

    public int Share => 60;

    public IReadOnlyList<string> Types { get; } = ["Lapel.Evidence.AuditSearch", "Lapel.Evidence.AuditSector", "Lapel.Evidence.AuditHead"];

    public IReadOnlyList<Sample> Seeds { get; } = [.. AuditLogs.All, AuditLogs.Holes];

    public string? Try(Sample input)
    {
        byte[] file = input.Files[0];
        Array.Resize(ref file, Math.Clamp(file.Length / 512, LeastSectors, MostSectors) * 512);
        if (turn++ % 4 != 0)
        {
            AuditLogs.Repair(file);
        }

        // What internal storage says is the device's own: that of the log itself, another one's, or nothing when storage is new.
        byte[]? head =
            heads.FirstOrDefault(head => head.AsSpan().SequenceEqual(input.Files[1]))
            ?? (turn % 3 == 0 ? null : heads[turn % heads.Length]);
        device.Boots = 200;
        device.Store.Save("AUDIT", head);
        device.Card = new MemoryCard(1, file.Length);
        device.Card.Preallocate(AuditFixture.Path, file.Length);
        file.CopyTo(device.Content, 0);
        return Boot(head) ?? Written(file, head) ?? Again();
    }

    string? Boot(byte[]? head)
    {
        device.Boot();
        device.Log.Open(device.Card.Open(AuditFixture.Path));
        for (int step = 0; !device.Log.IsSettled; step++)
        {
            if (device.Log.Find() is var status and not CardStatus.Ok)
            {
                return $"the card is said to fail: {status}";
            }

            if (step > MostSteps)
            {
                return "the search does not end";
            }
        }
        AuditHead now = device.Log.Head;
        if (
            now.Sequence == 0
            || (head != null && now.Sequence == BigEndian.Get64(head, 0) && now.Digest.AsSpan().SequenceEqual(head.AsSpan(8, 32)))
        )
        {
            return null;
        }

        return digests.Contains(Convert.ToHexString(now.Digest))
            ? null
            : $"the log goes on from sector {now.Sequence}, which the device did not write";
    }

    string? Written(byte[] before, byte[]? head)
    {
        if (!device.Log.IsOpen)
        {
            return null;
        }

        long from = device.Log.Head.Sequence;
        device.Settle();
        byte[] after = device.Content;
        int changed = 0;
        for (int at = 0; at < after.Length; at += 512)
        {
            if (after.AsSpan(at, 512).SequenceEqual(before.AsSpan(at, 512)))
            {
                continue;
            }

            changed++;
            if (AuditSector.SequenceOf(after, at) <= Math.Max(from, head == null ? 0 : BigEndian.Get64(head, 0)))
            {
                return "a sequence number comes twice";
            }

            bool whole =
                AuditSector.PlaceOf(before, at) % (after.Length / 512) == at / 512
                && digests.Contains(Convert.ToHexString(hash.Hash(before.AsSpan(at, 512).ToArray())));
            if (
                whole
                && AuditSector.LogOf(before, at) == AuditSector.LogOf(after, at)
                && AuditSector.PlaceOf(before, at) >= AuditSector.PlaceOf(after, at)
            )
            {
                return $"sector {at / 512} was written over with an earlier place";
            }
        }
        return changed > 0 ? null : "nothing was entered";
    }

    string? Again()
    {
        if (!device.Log.IsOpen)
        {
            return null;
        }

        long last = device.Log.Head.Sequence;
        if (Boot(null) is string wrong && !wrong.EndsWith("did not write", StringComparison.Ordinal))
        {
            return wrong;
        }

        return device.Log.Head.Sequence >= last ? null : $"the next boot goes on from {device.Log.Head.Sequence}, {last} was written";
    }
}
