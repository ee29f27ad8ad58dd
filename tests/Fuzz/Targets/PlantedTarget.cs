// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;

namespace Lapel.Fuzz.Targets;

/// <summary>A parser with a fault that only coverage leads to: shows that the fuzzer finds what it is for.</summary>
public sealed class PlantedTarget : ITarget
{
    public string Name => "planted";

    public int Share => 0;

    public IReadOnlyList<string> Types { get; } = ["Lapel.Fuzz.Targets.PlantedParser"];

    public IReadOnlyList<Sample> Seeds { get; } = [new(new byte[64])];

    public string? Try(Sample input) => PlantedParser.Read(input.Files[0]);
}

/// <summary>Wants four bytes to be right, one after another.</summary>
public static class PlantedParser
{
    public static string? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 40 || bytes[3] != 'L')
        {
            return null;
        }

        if (bytes[11] != 'P')
        {
            return null;
        }

        if (bytes[23] != 'L')
        {
            return null;
        }

        return bytes[31] != '!' ? null : throw new InvalidOperationException("the planted fault");
    }
}
