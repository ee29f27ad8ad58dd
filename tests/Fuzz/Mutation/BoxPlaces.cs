// SPDX-License-Identifier: MIT

using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Lapel.Fuzz.Mutation;

/// <summary>Where boxes begin in a segment, as far as their sizes lead.</summary>
public static class BoxPlaces
{
    const int MostBoxes = 400;

    static readonly HashSet<uint> Containers =
    [
        .. new[] { "moov", "trak", "mdia", "minf", "stbl", "mvex", "moof", "traf", "mfra", "sinf", "schi" }.Select(Name),
    ];
    static readonly HashSet<uint> Others = [.. new[] { "ftyp", "uuid", "free", "mdat" }.Select(Name)];

    /// <summary>Adds the places of boxes in a part of a file.</summary>
    public static void Add(ReadOnlySpan<byte> bytes, int from, int to, List<int> places)
    {
        for (int at = from; at + 8 <= to && places.Count < MostBoxes;)
        {
            uint size = BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]),
                type = BinaryPrimitives.ReadUInt32BigEndian(bytes[(at + 4)..]);
            if (size < 8 || size > to - at)
            {
                return;
            }

            if (from == 0 && !Containers.Contains(type) && !Others.Contains(type))
            {
                return;
            }

            places.Add(at);
            if (Containers.Contains(type))
            {
                Add(bytes, at + 8, at + (int)size, places);
            }

            at += (int)size;
        }
    }

    static uint Name(string name) => BinaryPrimitives.ReadUInt32BigEndian(Encoding.ASCII.GetBytes(name));
}
