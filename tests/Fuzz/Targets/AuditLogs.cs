// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Linq;
using Lapel.Evidence;
using Lapel.Evidence.Tests;
using Lapel.Hal;

namespace Lapel.Fuzz.Targets;

/// <summary>
/// Audit logs as the device of the fixture writes them: the vector of FORMAT.md 9.6; one boot; boots after cuts, each with a torn end; a
/// ring gone round; two cards in turn; one begun behind another device's sectors. Each with what internal storage knows of it.
/// </summary>
public static class AuditLogs
{
    static int boots;

    /// <summary>The vector and its segment, whose manifests state the vector's head.</summary>
    public static Sample Vector { get; } = new(AuditVectorTests.Write(new AuditHead()), SegmentVectorTests.Write());

    /// <summary>The others, with the head that is stored for each.</summary>
    public static IReadOnlyList<Sample> All { get; } = [OneBoot(), Cuts(0), Ring(), .. TwoCards(), BehindAnother()];

    /// <summary>One that lost sectors in its midst, which the device notes and goes on from.</summary>
    public static Sample Holes { get; } = Cuts(1);

    /// <summary>Sets the checksum of every sector of a log right.</summary>
    public static void Repair(byte[] log)
    {
        var natives = new DeviceNatives();
        for (int at = 0; at + 512 <= log.Length; at += 512)
        {
            if (log.AsSpan(at, 4).SequenceEqual("LPLA"u8))
            {
                BigEndian.Put32(log, at + 508, (int)natives.Crc32(log, at, 508));
            }
        }
    }

    /// <summary>Whether a sector's checksum is right: the seeds have torn ones too.</summary>
    public static bool IsWhole(byte[] sector) => (int)new DeviceNatives().Crc32(sector, 0, 508) == BigEndian.Get32(sector, 508);

    /// <summary>
    /// What a verifier can hold to be signed of a sector, as text: of a checkpoint, all but the device's MAC, which is nothing to a
    /// verifier, and the checksum over it.
    /// </summary>
    public static string Text(byte[] file, int sector) =>
        Convert.ToHexString(file, sector * 512, file[sector * 512 + 6] == (byte)AuditSectorKind.Checkpoint ? 476 : 512);

    static Sample Stored(AuditFixture f)
    {
        f.Store.Load(StoreEntries.Audit, out byte[] head);
        return new((byte[])f.Content.Clone(), (byte[])head.Clone());
    }

    static void Checkpoint(AuditFixture f)
    {
        f.Log.AskCheckpoint(CheckpointReason.RecordingClosed);
        f.Settle();
    }

    // Each at another boot: so no two have a log id, or a sector, in common.
    static AuditFixture Begun(int entries)
    {
        boots += 10;
        var f = new AuditFixture { Boots = boots };
        f.BootAndOpen();
        for (int i = 0; i < entries; i++)
        {
            f.Enter(i);
        }

        return f;
    }

    static Sample OneBoot()
    {
        AuditFixture f = Begun(9);
        Checkpoint(f);
        for (int i = 0; i < 4; i++)
        {
            f.Log.Add(AuditKind.Released, i, 1, i, new byte[64]);
        }

        f.Settle();
        f.Log.End(BootEnd.SwitchedOff, f.Clock.Microseconds / 1000);
        return Stored(f);
    }

    static Sample Cuts(int behind)
    {
        AuditFixture f = Begun(5);
        Checkpoint(f);
        for (int boot = 0; boot < 3; boot++)
        {
            for (int i = 0; i < 4; i++)
            {
                f.Enter(i);
            }

            Array.Clear(f.Content, (f.Newest() - behind) * 512 + 256, 256);
            f.BootAndOpen();
            Checkpoint(f);
        }
        f.Enter(9);
        return Stored(f);
    }

    static Sample Ring()
    {
        AuditFixture f = Begun(30);
        Checkpoint(f);
        for (int i = 0; i < 30; i++)
        {
            f.Enter(i);
        }

        Checkpoint(f);
        f.Enter(9);
        return Stored(f);
    }

    // The first card is put in again; so each has what the other has not.
    static IEnumerable<Sample> TwoCards()
    {
        AuditFixture f = Begun(6);
        Checkpoint(f);
        f.Enter(1);
        MemoryCard first = f.Card;
        f.Log.Lose();
        f.Card = AuditFixture.NewCard();
        f.Open();
        for (int i = 0; i < 4; i++)
        {
            f.Enter(i);
        }

        Checkpoint(f);
        Sample second = Stored(f);
        f.Log.Lose();
        f.Card = first;
        f.Open();
        for (int i = 0; i < 3; i++)
        {
            f.Enter(i);
        }

        Checkpoint(f);
        return [Stored(f), second];
    }

    static Sample BehindAnother()
    {
        AuditFixture other = Begun(3),
            f = new() { Boots = boots + 5 };
        Array.Copy(other.Content, f.Content, f.Content.Length);
        for (int at = 0; at < f.Content.Length; at += 512)
        {
            for (int i = 8; i < 24; i++)
            {
                f.Content[at + i] ^= 0x5C;
            }

            for (int i = 476; i < 508; i++)
            {
                f.Content[at + i] ^= 0x5C;
            }
        }
        Repair(f.Content);
        f.BootAndOpen();
        for (int i = 0; i < 4; i++)
        {
            f.Enter(i);
        }

        Checkpoint(f);
        return Stored(f);
    }
}
