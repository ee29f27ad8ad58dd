// SPDX-License-Identifier: MIT

using System.Collections.Generic;
using Lapel.Hal;

namespace Lapel.Shift.Tests
{
    /// <summary>A recording of whose start the officer was told; monotonic milliseconds of its boot.</summary>
    internal sealed class TrueRecording
    {
        public required TrueBoot Boot { get; init; }

        /// <summary>The press from which it counts: the first of the double press, or the event button's.</summary>
        public required long PressMs { get; init; }

        public required long ToldMs { get; init; }

        public required Button StartedWith { get; init; }

        /// <summary>Pre-event asked for by the configuration in force.</summary>
        public required int PreEventSeconds { get; init; }

        public RecordingEnd End { get; set; }

        /// <summary>When it ended: the hold was 3 s old, the power went, the card was pulled.</summary>
        public long EndMs { get; set; } = long.MaxValue;

        public List<(long AtMs, Button Button)> Markers { get; } = [];

        public override string ToString() =>
            $"the recording of boot {Boot.Index} (number {Boot.Number}), press at {PressMs} ms, {End} at {EndMs} ms";
    }

    /// <summary>What ended a recording.</summary>
    internal enum RecordingEnd
    {
        Running,
        Held,
        Cut,
        Pulled,
    }
}
