// SPDX-License-Identifier: MIT

using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lapel.Verify;

namespace Lapel.Fuzz.Targets;

/// <summary>The verifier reads a catalogue. Without a right checksum nothing is taken that no whole catalogue says.</summary>
public sealed class VerifierCatalogueTarget : ITarget
{
    readonly HashSet<(uint Slot, CatalogueRecord Record)> records = [];
    int turn;

    public VerifierCatalogueTarget()
    {
        foreach (byte[] copy in Seeds.SelectMany(seed => seed.Files))
        {
            foreach ((uint slot, CatalogueRecord record) in Catalogue.Read(new MemoryStream(copy), null).Records)
            {
                records.Add((slot, record));
            }
        }
    }

    public string Name => "catalogue, verifier";

    public int Share => 170;

    public IReadOnlyList<string> Types { get; } = ["Lapel.Verify.Catalogue", "Lapel.Verify.CatalogueRecord"];

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
        Catalogue catalogue = Catalogue.Read(new MemoryStream(input.Files[0]), turn % 16 == 0 ? null : new MemoryStream(input.Files[1]));
        foreach ((uint slot, CatalogueRecord record) in catalogue.Records)
        {
            if (slot >= Catalogue.MostSlots)
            {
                return $"a record of slot {slot}";
            }

            if (!forged && !records.Contains((slot, record)))
            {
                return $"a record of slot {slot} that no catalogue has";
            }
        }
        return null;
    }
}
