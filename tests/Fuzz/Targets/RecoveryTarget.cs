// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Linq;
using Lapel.Evidence;
using Lapel.Evidence.Tests;
using Lapel.Hal;
using Lapel.Verify;

namespace Lapel.Fuzz.Targets;

/// <summary>
/// The device recovers a slot. Whatever lies in it, recovery ends, writes nothing over what counts, takes no byte that is not the
/// original's, and loses no fragment of an untouched beginning; what it closes verifies, and a second recovery changes nothing.
/// </summary>
public sealed class RecoveryTarget : ITarget
{
    // A step reads or writes at most 16 KiB or is a slice of a signature: about 200 of them for each of at most four signatures here.
    const int MostSteps = 5_000;

    readonly KeyChoice key = KeyChoice.Given(TrustedKey.FromBytes(Fixture.PublicKey));
    readonly SegmentFixture device = new(512);
    readonly List<(byte[] Slot, int[] Ends)> originals;
    int turn;

    public RecoveryTarget() =>
        originals = [
            .. Seeds
                .Concat(Fixture.Recovered.Select(closed => new Sample(closed.Files[0], Fixture.Record())))
                .Select(seed => (seed.Files[0], Ends(seed.Copy()))),
        ];

    public string Name => "recovery, device";

    public int Share => 70;

    public IReadOnlyList<string> Types { get; } =
    [
        "Lapel.Evidence.SegmentRecovery",
        "Lapel.Evidence.SegmentHead",
        "Lapel.Evidence.FragmentReader",
        "Lapel.Evidence.SignedReader",
        "Lapel.Evidence.ManifestProbe",
        "Lapel.Evidence.CborCursor",
        "Lapel.Evidence.RecordingSeal",
        "Lapel.Evidence.RecoveryManifest",
        "Lapel.Evidence.UserType",
        "Lapel.Evidence.Chain",
    ];

    public IReadOnlyList<Sample> Seeds { get; } = Fixture.Cut;

    public string? Try(Sample input)
    {
        // SlotRecovery opens no file of another length than a slot's.
        Array.Resize(ref input.Files[0], Fixture.SlotBytes);
        Array.Resize(ref input.Files[1], CatalogueSector.RecordBytes);
        byte[] before = (byte[])input.Files[0].Clone();
        byte[] slot = input.Files[0];
        bool ownRecord = input.Files[1].AsSpan().SequenceEqual(Seeds[0].Files[1]);
        string? wrong = Recover(input, out SegmentRecovery recovery);
        if (wrong != null)
        {
            return wrong;
        }

        switch (recovery.Outcome)
        {
            case RecoveryOutcome.Kept:
                return Changed(before, slot, 0, 0) ?? Lost(before, recovery, ownRecord);
            case RecoveryOutcome.Empty:
                return Changed(before, slot, 0, 512) ?? Lost(before, recovery, ownRecord);
            case RecoveryOutcome.WasClosed:
                wrong = Changed(before, slot, 0, 0);
                break;
        }
        int close = CloseAt(slot, recovery.UsedSectors);
        if (recovery.Outcome == RecoveryOutcome.Recovered)
        {
            wrong = Changed(before, slot, close, slot.Length);
        }

        wrong ??= originals.Any(original => original.Slot.AsSpan(0, close).SequenceEqual(slot.AsSpan(0, close)))
            ? null
            : "bytes count that are none of the originals";
        wrong ??= Lost(before, recovery, ownRecord);

        // Behind a close that was there the index may be damaged, which is the verifier's to say.
        if (recovery.Outcome == RecoveryOutcome.Recovered)
        {
            wrong ??= Judged(slot);
        }

        return wrong ?? Again(input, slot);
    }

    string? Recover(Sample input, out SegmentRecovery recovery)
    {
        recovery = Fixture.Begun(device, input, out _);
        for (int step = 0; recovery.Outcome == RecoveryOutcome.Running; step++)
        {
            if (recovery.Step() is var status and not CardStatus.Ok)
            {
                return $"the card is said to fail: {status}";
            }

            if (step > MostSteps)
            {
                return "recovery does not end";
            }
        }
        return null;
    }

    static string? Changed(byte[] before, byte[] after, int from, int to) =>
        before.AsSpan(0, from).SequenceEqual(after.AsSpan(0, from)) && before.AsSpan(to).SequenceEqual(after.AsSpan(to))
            ? null
            : $"bytes outside {from} to {to} were changed";

    // Every fragment of an untouched beginning is there after recovery.
    string? Lost(byte[] before, SegmentRecovery recovery, bool ownRecord)
    {
        if (!ownRecord)
        {
            return null;
        }

        int whole = originals.Max(original =>
            original.Ends.Count(end => before.AsSpan(0, end).SequenceEqual(original.Slot.AsSpan(0, end)))
        );
        int kept = recovery.Outcome is RecoveryOutcome.Recovered or RecoveryOutcome.WasClosed ? recovery.Fragments : 0;
        return kept < whole ? $"{whole} fragments were whole, {kept} are kept ({recovery.Outcome})" : null;
    }

    string? Judged(byte[] slot)
    {
        SegmentResult result = SegmentVerifier.Verify(new MemorySource(slot), "slot", null, key);
        return result.State == Verify.SegmentState.Closed && !result.HasErrors
            ? null
            : "what recovery closed does not verify: " + string.Join("; ", result.Findings);
    }

    string? Again(Sample input, byte[] slot)
    {
        if (turn++ % 8 != 0)
        {
            return null;
        }

        byte[] before = (byte[])slot.Clone();
        if (Recover(input, out SegmentRecovery again) is string wrong)
        {
            return wrong;
        }

        return again.Outcome == RecoveryOutcome.WasClosed && slot.AsSpan().SequenceEqual(before)
            ? null
            : $"a second recovery says {again.Outcome} or changes the slot";
    }

    static int CloseAt(byte[] slot, int usedSectors)
    {
        for (int at = (usedSectors - 1) * 512; at > 0; at -= 512)
        {
            if (UserType.Is(slot, at, UserType.SignedManifest))
            {
                return at;
            }
        }

        return 0;
    }

    // Where the fragments of a seed end, found by recovering ever longer beginnings of it.
    int[] Ends(Sample seed)
    {
        var ends = new List<int>();
        byte[] slot = seed.Files[0];
        for (int at = 512; at < slot.Length; at += 512)
        {
            if (UserType.Is(slot, at, UserType.FragmentHeader) && BigEndian.Get32(slot, at + 24) == ends.Count)
            {
                ends.Add(at + BigEndian.Get32(slot, at + 64) * 512);
            }
        }

        Recover(seed, out SegmentRecovery recovery);
        return recovery.Outcome is RecoveryOutcome.Recovered or RecoveryOutcome.WasClosed ? [.. ends.Take(recovery.Fragments)] : [];
    }
}
