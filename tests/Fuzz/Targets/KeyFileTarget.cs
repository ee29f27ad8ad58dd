// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Lapel.Evidence;
using Lapel.Evidence.Tests;
using Lapel.Verify;

namespace Lapel.Fuzz.Targets;

/// <summary>
/// The verifier reads DEVICE.PUB and the other forms of a key. A damaged DEVICE.PUB is refused: its id is the fingerprint of its key, or of
/// the first one that it names.
/// </summary>
public sealed class KeyFileTarget : ITarget
{
    // SubjectPublicKeyInfo of an Ed25519 key up to the key: RFC 8410, section 4.
    static readonly byte[] Spki = Convert.FromHexString("302A300506032B6570032100");

    public string Name => "key file";

    public int Share => 80;

    public IReadOnlyList<string> Types { get; } = ["Lapel.Verify.TrustedKey", "Lapel.Verify.DeviceKeyFile"];

    public IReadOnlyList<Sample> Seeds { get; } =
    [
        new(PublicKeyText.Build(new SegmentFixture(512).Device)),
        new(Fixture.PublicKey),
        new(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(Fixture.PublicKey))),
        new(
            Encoding.ASCII.GetBytes(
                "-----BEGIN PUBLIC KEY-----\n" + Convert.ToBase64String([.. Spki, .. Fixture.PublicKey]) + "\n-----END PUBLIC KEY-----\n"
            )
        ),
        new([.. Spki, .. Fixture.PublicKey]),
    ];

    public string? Try(Sample input)
    {
        Parsed(() => TrustedKey.Parse(input.Files[0]));
        TrustedKey? key = Parsed(() => DeviceKeyFile.Parse(input.Files[0]));
        return key != null && !key.Bytes.SequenceEqual(Fixture.PublicKey) && !NamesFirst(input.Files[0])
            ? "another key was taken out of a DEVICE.PUB"
            : null;
    }

    static bool NamesFirst(byte[] file) =>
        Encoding.Latin1.GetString(file).Contains("first " + Convert.ToHexString(Fixture.PublicKey), StringComparison.OrdinalIgnoreCase);

    static TrustedKey? Parsed(Func<TrustedKey> parse)
    {
        try
        {
            return parse();
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
