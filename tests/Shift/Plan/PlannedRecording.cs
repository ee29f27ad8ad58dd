// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using Lapel.Hal;

namespace Lapel.Shift.Tests
{
    /// <summary>One recording as it is meant to be.</summary>
    internal sealed class PlannedRecording
    {
        public required long AtUs { get; init; }

        public required long DurationUs { get; init; }

        /// <summary>Whether the officer presses without looking whether the camera is ready.</summary>
        public required bool Blind { get; init; }

        /// <summary>Whether the event button is used to start, where it may.</summary>
        public required bool WithEvent { get; init; }

        /// <summary>Offsets of markers into the recording, their button, and how long it is pressed.</summary>
        public List<(long AfterUs, Button Button, long HeldUs)> Markers { get; } = [];

        /// <summary>What happens to the camera when it has begun: offset, and what.</summary>
        public List<(long AfterUs, Action Happens)> Faults { get; } = [];
    }
}
