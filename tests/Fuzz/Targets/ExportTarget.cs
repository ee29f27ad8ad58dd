// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lapel.Export;
using Lapel.Verify;

namespace Lapel.Fuzz.Targets;

/// <summary>
/// Sealed and clear recordings are exported whatever the verifier says of them, with the agency's key. What cannot be exported says so and
/// leaves nothing behind.
/// </summary>
public sealed class ExportTarget : ITarget, IDisposable
{
    // RFC 7748, 6.1: the agency of the sealed vector.
    static readonly AgencyKey Bob = new(Convert.FromHexString("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb"));

    readonly string folder = Directory.CreateTempSubdirectory("lapel-fuzz-export-").FullName;
    readonly KeyChoice key = KeyChoice.Given(TrustedKey.FromBytes(Fixture.PublicKey));

    public string Name => "export";

    public int Share => 40;

    public IReadOnlyList<string> Types { get; } =
    [
        "Lapel.Export.RecordingExport",
        "Lapel.Export.SegmentUnits",
        "Lapel.Export.ClearMovie",
        "Lapel.Export.ContentKey",
        "Lapel.Export.MovieBox",
    ];

    public IReadOnlyList<Sample> Seeds { get; } = [.. Fixture.Closed, .. Fixture.Recordings, .. Fixture.Recovered];

    public string? Try(Sample input)
    {
        Dictionary<string, string> paths = [];
        for (int i = 0; i < input.Files.Length; i++)
        {
            paths[Name + i] = Path.Combine(folder, i + ".in");
            File.WriteAllBytes(paths[Name + i], input.Files[i]);
        }
        IReadOnlyList<RecordingResult> recordings = RecordingVerifier.Judge(
            paths.Select(path => SegmentVerifier.Verify(path.Value, path.Key, null, key))
        );
        string? wrong = null;
        foreach (RecordingResult recording in recordings)
        {
            wrong ??= Export(recording, recordings.Count(other => other.RecordingNumber == recording.RecordingNumber) > 1, paths);
        }

        foreach (string file in Directory.EnumerateFiles(folder))
        {
            if (file.EndsWith(".part", StringComparison.Ordinal))
            {
                wrong ??= "an unfinished file is left behind";
            }

            File.Delete(file);
        }
        return wrong;
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    string? Export(RecordingResult recording, bool isAmbiguous, Dictionary<string, string> paths)
    {
        try
        {
            long frames = new RecordingExport(recording, paths, isAmbiguous).Write(folder, Bob).Frames;
            return recording.Verdict == Verdict.Authentic && frames != recording.SignedFrames
                ? $"{frames} of {recording.SignedFrames} frames of an authentic recording"
                : null;
        }
        catch (Exception error) when (error is SealException or InvalidDataException && recording.Verdict != Verdict.Authentic)
        {
            return null;
        }
    }
}
