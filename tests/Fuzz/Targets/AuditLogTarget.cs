// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lapel.Verify;

namespace Lapel.Fuzz.Targets;

/// <summary>
/// The verifier reads an audit log, alone or with a segment that states its head. What it calls signed the device has written; where it
/// says that a log agrees, the signed part of it is that of an original from its beginning on, with nothing left out, and reaches to the
/// head that the segment states. Three of four inputs have right checksums: a checksum keeps nobody out.
/// </summary>
public sealed class AuditLogTarget : ITarget
{
    // Of a ring that went round, the oldest sector may be torn by the write that was to replace it, or by writes that the card refused: at
    // most three before it is given up.
    const int MostOldest = 3;

    readonly TrustedKey key = TrustedKey.FromBytes(Fixture.PublicKey);
    readonly List<(string[] Signed, int Positions)> originals;
    readonly HashSet<string> written;
    readonly SegmentResult segment;
    int turn;

    public AuditLogTarget()
    {
        segment = Judged(AuditLogs.Vector.Files[1]);
        written =
        [
            .. Seeds.SelectMany(seed => Enumerable.Range(0, seed.Files[0].Length / 512).Select(i => AuditLogs.Text(seed.Files[0], i))),
        ];
        originals = [.. Seeds.Select(Original)];
    }

    public string Name => "audit log, verifier";

    public int Share => 80;

    public IReadOnlyList<string> Types { get; } =
    [
        "Lapel.Verify.AuditLogReader",
        "Lapel.Verify.AuditVerifier",
        "Lapel.Verify.AuditSector",
        "Lapel.Verify.AuditCheckpoint",
        "Lapel.Verify.AuditClock",
        "Lapel.Verify.AuditReport",
        "Lapel.Verify.AuditJson",
        "Lapel.Verify.AuditWording",
        "Lapel.Verify.Coverage",
        "Lapel.Verify.BootCoverage",
    ];

    public IReadOnlyList<Sample> Seeds { get; } =
    [AuditLogs.Vector, .. AuditLogs.All.Append(AuditLogs.Holes).Select(log => new Sample(log.Files[0], []))];

    public string? Try(Sample input)
    {
        byte[] file = input.Files[0];
        if (turn++ % 4 != 0)
        {
            AuditLogs.Repair(file);
        }

        bool ownSegment = input.Files[1].AsSpan().SequenceEqual(AuditLogs.Vector.Files[1]);
        AuditResult log = AuditVerifier.Verify(new MemorySource(file), Name, key, Segments(input.Files[1], ownSegment));
        return Said(log) ?? Forged(log, file, ownSegment);
    }

    IEnumerable<SegmentResult> Segments(byte[] file, bool own) =>
        own ? [segment]
        : file.Length == 0 || turn % 16 != 0 ? []
        : [Judged(file)];

    SegmentResult Judged(byte[] file) => SegmentVerifier.Verify(new MemorySource(file), "slot", null, KeyChoice.Given(key));

    (string[] Signed, int Positions) Original(Sample seed)
    {
        AuditResult log = AuditVerifier.Verify(new MemorySource(seed.Files[0]), Name, key, []);
        if (log.Checkpoints == 0 || log.Agrees == (seed.Files[0] == AuditLogs.Holes.Files[0]))
        {
            throw new InvalidOperationException("a seed is not what it should be: " + string.Join("; ", log.Findings));
        }

        return ([.. Signed(log, seed.Files[0])], log.Positions);
    }

    static IEnumerable<string> Signed(AuditResult log, byte[] file) =>
        log.Sectors.Where(sector => sector.IsSigned).Select(sector => AuditLogs.Text(file, (int)sector.Position));

    static string? Said(AuditResult log)
    {
        AuditReport.Write(log, new AuditFilter(), TextWriter.Null);
        AuditJson.Write(log, new AuditFilter(), TextWriter.Null);
        Verify.Coverage coverage = Verify.Coverage.Of(log, null, null);
        AuditReport.Write(log, coverage, TextWriter.Null);
        AuditJson.Write(log, coverage, TextWriter.Null);
        for (int i = 1; i < coverage.Spans.Count; i++)
        {
            if (coverage.Spans[i].FromUtc != coverage.Spans[i - 1].ToUtc)
            {
                return "the coverage statement has a hole or an overlap";
            }
        }

        return null;
    }

    string? Forged(AuditResult log, byte[] file, bool ownSegment)
    {
        string[] signed = [.. Signed(log, file)];
        if (signed.FirstOrDefault(sector => !written.Contains(sector)) is string forged)
        {
            return "a sector is called signed that the device did not write: " + forged;
        }

        if (!log.Agrees)
        {
            return null;
        }

        if (signed.Length > 0 && !originals.Any(original => Holds(original, signed, log)))
        {
            return "a log agrees whose signed sectors are no original's from its beginning on";
        }

        bool excused = log.Overwritten > 0 || log.Sectors.Any(sector => sector is { Found: > 0, Before: > 0 });
        return ownSegment && log.Heads == 0 && !excused ? "a log agrees that does not reach to the head that a segment states" : null;
    }

    // The beginning may be gone as far as a ring's does: a sector that nobody signed stands over each. A shortened file is a smaller ring
    // by itself, which the rest of the card shows.
    static bool Holds((string[] Signed, int Positions) original, string[] signed, AuditResult log)
    {
        int first = Array.IndexOf(original.Signed, signed[0]);
        int most =
            log.Overwritten == 0 ? 0
            : log.Positions < original.Positions ? original.Signed.Length
            : MostOldest + log.Unsigned;
        return first >= 0 && first <= most && original.Signed.AsSpan(first).StartsWith(signed);
    }
}
