// SPDX-License-Identifier: MIT

namespace Lapel.Verify
{
    /// <summary>Key 30, statistics of a recording (FORMAT.md 3.6), in the order of the format.</summary>
    public sealed record Statistics(
        ulong FramesPerSecondX100,
        ulong MeanFrameBytes,
        ulong ExposureMicroseconds,
        ulong SensorReadMicroseconds,
        ulong HashMicroseconds,
        ulong WriteMicroseconds,
        ulong CardBytesPerSecond,
        ulong SlowestWriteMs,
        ulong SlowWrites,
        ulong GovernorChanges,
        ulong LowestFramesPerSecondX100,
        ulong LowestQuality,
        ulong GovernorReason
    );
}
