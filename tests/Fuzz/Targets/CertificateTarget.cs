// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using Lapel.Verify;

namespace Lapel.Fuzz.Targets;

/// <summary>The verifier reads a certificate of retirement. It takes nothing but what the device has signed.</summary>
public sealed class CertificateTarget : ITarget
{
    static readonly byte[] WithCard = Fixture.Certificate(12),
        WithoutCard = Fixture.Certificate(8);

    public string Name => "certificate";

    public int Share => 20;

    public IReadOnlyList<string> Types { get; } = ["Lapel.Verify.RetirementCertificate", "Lapel.Verify.CertificateReader"];

    public IReadOnlyList<Sample> Seeds { get; } = [new(WithCard), new(WithoutCard)];

    public string? Try(Sample input)
    {
        byte[] file = input.Files[0];
        try
        {
            RetirementCertificate.Read(file);
        }
        catch (FormatException)
        {
            return null;
        }
        return file.AsSpan().SequenceEqual(WithCard) || file.AsSpan().SequenceEqual(WithoutCard)
            ? null
            : "a certificate is taken that nobody signed";
    }
}
