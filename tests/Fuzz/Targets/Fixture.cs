// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Linq;
using Lapel.Evidence;
using Lapel.Evidence.Tests;
using Lapel.Verify.Tests;

namespace Lapel.Fuzz.Targets;

/// <summary>
/// Whole segments of one device: made by the firmware's own writer and recovery, and by the forger of the verifier's tests with the same
/// key.
/// </summary>
public static class Fixture
{
    /// <summary>Bytes of a slot that recovery is given.</summary>
    public const int SlotBytes = 32768;

    const int Slot = 5;

    // RFC 8032, 7.1, test 1: the key of SegmentFixture.
    static readonly ForgeDevice Forger = new(Convert.FromHexString("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));

    /// <summary>The device's public key.</summary>
    public static byte[] PublicKey => Forger.PublicKey;

    /// <summary>The device's certificate of retirement with so many keys.</summary>
    public static byte[] Certificate(int keys) => new CertificateForge(Forger) { Count = keys }.Bytes();

    /// <summary>A closed clear segment and a closed sealed one, each a recording of its own.</summary>
    public static IReadOnlyList<Sample> Closed { get; } = [new(SegmentVectorTests.Write()), new(SealTests.Write())];

    /// <summary>Whole recordings of several segments.</summary>
    public static IReadOnlyList<Sample> Recordings { get; } = [Recording(2, 1, 0x50, 7), Recording(3, 0, 0x70, 8)];

    /// <summary>A recording of another device.</summary>
    public static Sample Foreign { get; } = new([.. RecordingForge.Segments(2, device: 2).Select(forge => forge.Slot512())]);

    /// <summary>The earlier recording over which the cut ones were written.</summary>
    public static Sample Earlier { get; } = new(Whole());

    /// <summary>Segments cut at every write, over the content of an earlier recording, with their catalogue records.</summary>
    public static IReadOnlyList<Sample> Cut { get; } =
    [
        .. new[] { 1, 3, 5, 7, 9, 10, 12, 14, 15, 16 }.Select(writes => CutAt(writes, false)),
        .. new[] { 5, 9, 14, 16 }.Select(writes => CutAt(writes, true)),
    ];

    /// <summary>Some of those, closed by recovery.</summary>
    public static IReadOnlyList<Sample> Recovered { get; } =
    [.. Cut.Where((_, i) => i is 3 or 7 or 11 or 12).Select(cut => new Sample(Recover(cut.Copy())))];

    /// <summary>A closed segment that was released: the note over its header.</summary>
    public static Sample Released { get; } = Release();

    /// <summary>The catalogue record of a segment of the fixture while it is open.</summary>
    public static byte[] Record()
    {
        var record = new byte[CatalogueSector.RecordBytes];
        record[0] = (byte)SlotState.Open;
        BigEndian.Put32(record, 4, 3);
        Array.Copy(new SegmentFixture(512).Facts(0).Id, 0, record, 24, 8);
        return record;
    }

    /// <summary>A recovery of the device's, begun.</summary>
    public static SegmentRecovery Begun(SegmentFixture device, Sample cut, out ArrayFile file)
    {
        var recovery = new SegmentRecovery(device.Digests, device.Device, device.Signer, device.Clock, SegmentFixture.Firmware);
        file = new ArrayFile(cut.Files[0]);
        recovery.Begin(file, Slot, cut.Files[1]);
        return recovery;
    }

    /// <summary>A look of the device's into a slot, begun.</summary>
    public static SlotInspector Looking(SegmentFixture device, byte[] slot)
    {
        var inspector = new SlotInspector(device.Digests, device.Device, device.Signer);
        inspector.Begin(new ArrayFile(slot), Slot);
        return inspector;
    }

    /// <summary>Bytes at the beginning that a closed segment claims: up to the end of its close block; 0 when it has none.</summary>
    public static int ClaimedStart(byte[] slot)
    {
        int at = 512;
        while (
            at + 512 <= slot.Length && !UserType.Is(slot, at, UserType.FragmentHeader) && !UserType.Is(slot, at, UserType.SignedManifest)
        )
        {
            at += 512;
        }

        while (at + 512 <= slot.Length)
        {
            bool signed = UserType.Is(slot, at, UserType.SignedManifest);
            if (!signed && !UserType.Is(slot, at, UserType.FragmentHeader))
            {
                return 0;
            }

            int end = at + (signed ? Sector.RoundUp(BigEndian.Get32(slot, at) + 8) : BigEndian.Get32(slot, at + 64) * 512);
            if (signed && BigEndian.Get16(slot, at + 24) >= 2)
            {
                return end;
            }

            at = end;
        }
        return 0;
    }

    /// <summary>Bytes at the end that a closed segment claims: its index block.</summary>
    public static int ClaimedEnd(byte[] slot) => Sector.RoundUp(BigEndian.Get32(slot, slot.Length - 4));

    static Sample Release()
    {
        byte[] slot = (byte[])Closed[1].Files[0].Clone();
        ReleaseNote.Build(new SegmentFixture(512).Device, Slot, slot.Length, Record(), null).CopyTo(slot, 0);
        return new Sample(slot);
    }

    static Sample Recording(int count, int past, byte id, uint number) =>
        new([.. RecordingForge.Segments(count, past, forge => forge.Device = Forger, id, number).Select(forge => forge.Slot512())]);

    static byte[] Recover(Sample cut)
    {
        SegmentRecovery recovery = Begun(new SegmentFixture(512), cut, out _);
        while (recovery.Outcome == RecoveryOutcome.Running)
        {
            recovery.Step();
        }

        return cut.Files[0];
    }

    static Sample CutAt(int writes, bool isSealed)
    {
        var fixture = new SegmentFixture(SlotBytes);
        Write(fixture, 2, int.MaxValue, false);
        Write(fixture, 0, writes, isSealed);
        return new Sample(fixture.Slot, Record());
    }

    static byte[] Whole()
    {
        var fixture = new SegmentFixture(SlotBytes);
        Write(fixture, 2, int.MaxValue, false);
        return fixture.Slot;
    }

    // Four frames, a checkpoint, two frames, the close; the card takes so many writes.
    static void Write(SegmentFixture fixture, byte id, int writes, bool isSealed)
    {
        var frames = new ListFrames();
        for (int i = 0; i < 6; i++)
        {
            frames.Add(900 + i * 50, 50000 + i * 250);
        }

        RecordingFacts facts = fixture.Facts(0);
        facts.Id[0] += id;
        facts.Captured = 6;
        if (isSealed)
        {
            facts.Seal = SealTests.Seal();
        }

        fixture.Card.WritesLeft = writes;
        try
        {
            fixture.Open(facts, new SegmentLedger(new FixedPresses(1)), 0, 50000);
            fixture.Write(frames, 0, 4, 51000, isSealed);
            fixture.Writer.BeginCheckpoint(51000);
            fixture.Run();
            fixture.Write(frames, 4, 6, 51500, isSealed);
            fixture.Writer.BeginClose(CloseReason.Stopped, 1);
            fixture.Run();
        }
        catch (InvalidOperationException)
        {
            fixture.Writer.Abandon();
        }
        fixture.Card.WritesLeft = int.MaxValue;
    }
}
