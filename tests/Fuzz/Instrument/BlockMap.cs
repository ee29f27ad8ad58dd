// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Lapel.Fuzz.Instrument;

/// <summary>
/// Which blocks belong to which type of the instrumented parsers; a file beside them carries it to the process that runs them.
/// </summary>
public sealed class BlockMap
{
    readonly List<string> types = [];

    /// <summary>Blocks in all.</summary>
    public int Count => types.Count;

    /// <summary>Takes the next number for a block of a type.</summary>
    public int Add(string type)
    {
        types.Add(type);
        return types.Count - 1;
    }

    /// <summary>The blocks of these types and of those nested in them.</summary>
    public IEnumerable<int> Of(IEnumerable<string> names)
    {
        var wanted = names.ToHashSet();
        return Enumerable.Range(0, types.Count).Where(block => wanted.Contains(types[block]));
    }

    public void Write(string file) => File.WriteAllLines(file, types);

    public static BlockMap Read(string file)
    {
        var map = new BlockMap();
        map.types.AddRange(File.ReadAllLines(file));
        return map;
    }
}
