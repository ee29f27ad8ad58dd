// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lapel.Verify;

namespace Lapel.Fuzz.Targets;

/// <summary>
/// The verifier over the slots of one card: clear, sealed, recovered, open, of one or more segments. What it calls authentic, and what it
/// says is signed, is an original in every byte.
/// </summary>
public sealed class RecordingTarget : ITarget
{
    readonly KeyChoice given = KeyChoice.Given(TrustedKey.FromBytes(Fixture.PublicKey));
    readonly byte[] own = TrustedKey.FromBytes(Fixture.PublicKey).DeviceId;
    readonly List<byte[]> originals;
    int turn;

    public RecordingTarget()
    {
        Seeds =
        [
            .. Fixture.Closed,
            Fixture.Earlier,
            .. Fixture.Recordings,
            .. Fixture.Recovered,
            .. Fixture.Cut.Where((_, i) => i % 3 == 0).Select(cut => new Sample(cut.Files[0])),
        ];
        originals = [.. Seeds.SelectMany(seed => seed.Files), .. Fixture.Cut.Select(cut => cut.Files[0])];
    }

    public string Name => "verifier";

    public int Share => 260;

    public IReadOnlyList<string> Types { get; } =
    [
        "Lapel.Verify.SegmentVerifier",
        "Lapel.Verify.SegmentWalk",
        "Lapel.Verify.RecordingVerifier",
        "Lapel.Verify.FragmentBlock",
        "Lapel.Verify.FragmentTrailer",
        "Lapel.Verify.ManifestReader",
        "Lapel.Verify.SignedBlock",
        "Lapel.Verify.SegmentHeader",
        "Lapel.Verify.IndexBlock",
        "Lapel.Verify.Seal",
        "Lapel.Verify.TextSample",
        "Lapel.Verify.ChainStep",
        "Lapel.Verify.SectorWindow",
        "Lapel.Verify.BoxBytes",
        "Lapel.Verify.VerifyReport",
        "Lapel.Verify.VerifyJson",
    ];

    public IReadOnlyList<Sample> Seeds { get; }

    public string? Try(Sample input)
    {
        KeyChoice key = turn++ % 2 == 0 ? given : KeyChoice.FromSegment;
        List<SegmentResult> segments =
        [
            .. input.Files.Select((file, i) => SegmentVerifier.Verify(new MemorySource(file), Name + i, null, key)),
        ];
        IReadOnlyList<RecordingResult> recordings = RecordingVerifier.Judge(segments);
        Print(recordings);
        foreach (RecordingResult recording in recordings)
        {
            if (recording.DeviceId.AsSpan().SequenceEqual(own) && Forged(recording, input) is string wrong)
            {
                return wrong;
            }
        }

        return null;
    }

    string? Forged(RecordingResult recording, Sample input)
    {
        foreach (SegmentResult segment in recording.Segments)
        {
            byte[] slot = input.Files[int.Parse(segment.Name.AsSpan(Name.Length))];
            if (recording.Verdict == Verdict.Authentic && !originals.Any(original => SameClaim(original, slot)))
            {
                return $"segment {segment.Segment} of recording {recording.RecordingNumber} is called authentic and is none of the "
                    + $"originals";
            }

            if (
                segment.Signatures > 0
                && !segment.HasErrors
                && !originals.Any(original => SamePrefix(original, slot, (int)segment.LastManifest!.Sector * 512))
            )
            {
                return $"segment {segment.Segment} of recording {recording.RecordingNumber} is called signed up to sector "
                    + $"{segment.LastManifest!.Sector} and is none of the originals up to there";
            }
        }
        return recording.Verdict == Verdict.Authentic && recording.SegmentCount != recording.Segments.Count
            ? "authentic without all of its segments"
            : null;
    }

    static bool SameClaim(byte[] original, byte[] slot)
    {
        int start = Fixture.ClaimedStart(original);
        if (start == 0 || slot.Length != original.Length)
        {
            return false;
        }

        int end = Fixture.ClaimedEnd(original);
        return SamePrefix(original, slot, start) && slot.AsSpan(slot.Length - end).SequenceEqual(original.AsSpan(original.Length - end));
    }

    static bool SamePrefix(byte[] original, byte[] slot, int count) =>
        slot.Length >= count && original.Length >= count && slot.AsSpan(0, count).SequenceEqual(original.AsSpan(0, count));

    static void Print(IReadOnlyList<RecordingResult> recordings)
    {
        var card = new CardResult
        {
            Path = "",
            Kind = CardKind.File,
            Key = null,
            KeySupplier = KeySupplier.Segment,
            Recordings = recordings,
            Audits = [],
            WithoutSegment = 0,
            Findings = [],
        };
        VerifyReport.Write(card, TextWriter.Null);
        VerifyJson.Write(card, TextWriter.Null);
    }
}
