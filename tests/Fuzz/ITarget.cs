// SPDX-License-Identifier: MIT

using System.Collections.Generic;

namespace Lapel.Fuzz;

/// <summary>Something that reads card content, and what must hold whatever it reads.</summary>
public interface ITarget
{
    string Name { get; }

    /// <summary>Of a thousand inputs of a whole run, how many are for this one.</summary>
    int Share { get; }

    /// <summary>Full names of types whose blocks count for its coverage.</summary>
    IReadOnlyList<string> Types { get; }

    /// <summary>Whole inputs to begin with.</summary>
    IReadOnlyList<Sample> Seeds { get; }

    /// <summary>Reads the input; returns what is wrong, or null. What it throws is wrong too.</summary>
    string? Try(Sample input);
}
