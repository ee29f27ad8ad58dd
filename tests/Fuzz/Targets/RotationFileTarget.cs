// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using Lapel.Evidence.Tests;
using Lapel.Verify;

namespace Lapel.Fuzz.Targets;

/// <summary>The verifier reads ROTATED.PUB. Of a damaged one it follows nothing but what both keys have signed.</summary>
public sealed class RotationFileTarget : ITarget
{
    static readonly byte[] Signed = RotationVectorTests.Write();

    public string Name => "rotation file";

    public int Share => 20;

    public IReadOnlyList<string> Types { get; } = ["Lapel.Verify.RotationFile", "Lapel.Verify.RotationStatement"];

    public IReadOnlyList<Sample> Seeds { get; } = [new(Signed), new([.. Signed, .. new byte[7 * 512]])];

    public string? Try(Sample input)
    {
        byte[] file = input.Files[0];
        IReadOnlyList<RotationStatement> followed = RotationFile.Read(file, out string? problem);
        if (followed.Count == 0)
        {
            return null;
        }

        if (followed.Count > 1 || !file.AsSpan(0, 512).SequenceEqual(Signed))
        {
            return "a statement is followed that nobody signed";
        }

        return problem == null && file.AsSpan(512).ContainsAnyExcept((byte)0) ? "what stands behind the statement is not noticed" : null;
    }
}
