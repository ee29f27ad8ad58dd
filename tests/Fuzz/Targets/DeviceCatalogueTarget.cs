// SPDX-License-Identifier: MIT

using System.Collections.Generic;
using System.Linq;
using Lapel.Evidence;
using Lapel.Hal;

namespace Lapel.Fuzz.Targets;

/// <summary>
/// The device loads, reads and changes a catalogue. Three of four inputs have right checksums: a checksum keeps nobody out.
/// </summary>
public sealed class DeviceCatalogueTarget : ITarget
{
    readonly DeviceNatives natives = new();
    readonly HashSet<(int Slot, SlotState State)> states = [];
    int turn;

    public DeviceCatalogueTarget()
    {
        foreach (Sample sample in Seeds)
        {
            foreach (byte[] copy in sample.Files)
            {
                for (int slot = 0; slot / CatalogueSector.Records < copy.Length / 512; slot++)
                {
                    states.Add(
                        (
                            slot,
                            (SlotState)copy[CatalogueSector.Record(slot / CatalogueSector.Records * 512, slot % CatalogueSector.Records)]
                        )
                    );
                }
            }
        }
    }

    public string Name => "catalogue, device";

    public int Share => 170;

    public IReadOnlyList<string> Types { get; } = ["Lapel.Evidence.Catalogue", "Lapel.Evidence.CatalogueSector"];

    public IReadOnlyList<Sample> Seeds { get; } = Catalogues.All;

    public string? Try(Sample input)
    {
        if (turn++ % 4 != 0)
        {
            foreach (byte[] copy in input.Files)
            {
                Catalogues.Repair(copy);
            }
        }

        bool forged = Catalogues.IsForged(input);
        var catalogue = new Catalogue(natives);
        if (catalogue.Load(new ArrayFile(input.Files[0]), new ArrayFile(input.Files[1])) != CardStatus.Ok)
        {
            return null;
        }

        int free = 0,
            unknown = 0;
        for (int slot = 0; slot < catalogue.Slots; slot++)
        {
            SlotState state = catalogue.State(slot);
            if (state is SlotState.Free or SlotState.Released)
            {
                free++;
            }

            if (state == SlotState.Unknown)
            {
                unknown++;
            }
            else if (!forged && !states.Contains((slot, state)))
            {
                return $"slot {slot} is {state}, which no catalogue says";
            }
        }
        if (free != catalogue.FreeSlots)
        {
            return $"{free} slots are free, {catalogue.FreeSlots} stated";
        }

        if (unknown < catalogue.UnknownSlots)
        {
            return $"{unknown} slots are unknown, {catalogue.UnknownSlots} stated";
        }

        if (catalogue.NewestRecording < 0 || catalogue.NewestRecording == int.MaxValue)
        {
            return $"the next recording would have number {catalogue.NewestRecording} + 1";
        }

        return Use(catalogue);
    }

    static string? Use(Catalogue catalogue)
    {
        int next = catalogue.NextFree();
        if (next >= catalogue.Slots || (next >= 0) != (catalogue.FreeSlots > 0))
        {
            return $"next free is {next} of {catalogue.Slots} with {catalogue.FreeSlots} free";
        }

        foreach (int slot in new[] { 0, catalogue.Slots / 2, catalogue.Slots - 1 }.Distinct())
        {
            Read(catalogue, slot, out _);
        }

        if (next < 0 || catalogue.Mark(next, SlotRecord.Open(1, 0, 0, new byte[Digests.Size])) != CardStatus.Ok)
        {
            return null;
        }

        return
            catalogue.State(next) == SlotState.Open
            && Read(catalogue, next, out byte[] record) == CardStatus.Ok
            && record[0] == (byte)SlotState.Open
            ? null
            : $"slot {next} was marked and does not say so";
    }

    static CardStatus Read(Catalogue catalogue, int slot, out byte[] record)
    {
        var access = new RecordAccess(catalogue);
        access.BeginRead(slot);
        CardStatus status = CardStatus.Ok;
        while (access.IsBusy)
        {
            status = access.Step();
        }

        record = access.Record;
        return status;
    }
}
