// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Linq;
using Lapel.Evidence;
using Lapel.Evidence.Tests;
using Lapel.Hal;

namespace Lapel.Fuzz.Targets;

/// <summary>
/// The device looks into slots of which its catalogue knows nothing. Only a close that it signed makes one closed, and only zeros make one
/// free.
/// </summary>
public sealed class InspectorTarget : ITarget
{
    const int MostSteps = 5_000;

    readonly SegmentFixture device = new(512);
    readonly HashSet<string> closed = [];

    public InspectorTarget()
    {
        foreach (Sample seed in Seeds)
        {
            if (Look(seed.Files[0], out SlotInspector inspector) == null && inspector.State == SlotState.Closed)
            {
                closed.Add(Record(inspector));
            }
        }
    }

    public string Name => "slot inspector, device";

    public int Share => 70;

    public IReadOnlyList<string> Types { get; } =
    [
        "Lapel.Evidence.SlotInspector",
        "Lapel.Evidence.SegmentHead",
        "Lapel.Evidence.FragmentReader",
        "Lapel.Evidence.SignedReader",
        "Lapel.Evidence.ManifestProbe",
        "Lapel.Evidence.CborCursor",
        "Lapel.Evidence.UserType",
    ];

    public IReadOnlyList<Sample> Seeds { get; } =
    [
        .. Fixture.Recovered,
        Fixture.Earlier,
        .. Fixture.Cut.Select(cut => new Sample(cut.Files[0])),
        .. Fixture.Closed,
        Fixture.Released,
        new(new byte[4096]),
        new(new byte[512]),
    ];

    public string? Try(Sample input)
    {
        // The owner looks into no file that is not of whole sectors.
        byte[] slot = input.Files[0];
        Array.Resize(ref slot, Math.Max(512, slot.Length & ~511));
        byte[] before = (byte[])slot.Clone();
        if (Look(slot, out SlotInspector inspector) is string wrong)
        {
            return wrong;
        }

        if (!before.AsSpan().SequenceEqual(slot))
        {
            return "looking changed the slot";
        }

        if (inspector.State == SlotState.Free && slot.AsSpan(0, 512).ContainsAnyExcept((byte)0))
        {
            return "a slot that holds something is called free";
        }

        return inspector.State == SlotState.Closed && !closed.Contains(Record(inspector))
            ? "a close is taken that the device did not sign: " + Record(inspector)
            : null;
    }

    string? Look(byte[] slot, out SlotInspector inspector)
    {
        inspector = Fixture.Looking(device, slot);
        for (int step = 0; !inspector.IsDone; step++)
        {
            if (inspector.Step() is var status and not CardStatus.Ok)
            {
                return $"the card is said to fail: {status}";
            }

            if (step > MostSteps)
            {
                return "the look does not end";
            }
        }
        return null;
    }

    // Number, segment, sectors, fragments and digest: all but the time, which is a convenience.
    static string Record(SlotInspector inspector)
    {
        var sector = new byte[512];
        inspector.PutRecord(sector, 0);
        int at = CatalogueSector.Record(0, 0);
        return Convert.ToHexString(sector, at, 16) + Convert.ToHexString(sector, at + 20, 12);
    }
}
