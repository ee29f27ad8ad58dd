// SPDX-License-Identifier: MIT

using Lapel.Custody;
using Lapel.Evidence;
using Lapel.Recorder;

namespace Lapel.CostMeter.Scenarios;

/// <summary>Facts of a recording as any.</summary>
public static class SampleFacts
{
    public static RecordingFacts Of(Digests digests) =>
        new()
        {
            Id = new byte[16],
            Number = 1,
            ZeroUtcMs = 1_782_892_800_000,
            Source = ClockSource.Host,
            Width = 640,
            Height = 480,
            ConfigurationDigest = digests.Configuration(new CameraConfiguration().Encode()),
            Firmware = new FirmwareIdentity("1.0.0", null, "bench", "virtual", null),
        };
}
