// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;

namespace Lapel.Shift.Tests
{
    /// <summary>
    /// What happened, as those saw it who did it. Nothing in here is asked of the firmware but the number that it gives to a boot.
    /// </summary>
    internal sealed class Truth
    {
        /// <summary>True UTC at virtual time 0.</summary>
        public static readonly DateTime Zero = new(2026, 11, 26, 5, 0, 0, DateTimeKind.Utc);

        public List<TrueBoot> Boots { get; } = [];

        public List<TruePress> Presses { get; } = [];

        public List<TrueRecording> Recordings { get; } = [];

        /// <summary>
        /// Starts whose answer the power, or a missing card, cut off: boot and monotonic time of the press, milliseconds.
        /// </summary>
        public List<(TrueBoot Boot, long PressMs)> Unanswered { get; } = [];

        /// <summary>Settings of the clock that the camera acknowledged: boot and monotonic time, milliseconds.</summary>
        public List<(TrueBoot Boot, long AtMs)> ClockSettings { get; } = [];

        /// <summary>Log-ins that were granted, and how many proofs were given in all: boot, role, fingerprint.</summary>
        public List<(TrueBoot Boot, long AtMs, int Role, byte[] Fingerprint)> Logins { get; } = [];

        public int Proofs { get; set; }

        /// <summary>Configurations that were taken: boot and serial number.</summary>
        public List<(TrueBoot Boot, int Serial)> Configurations { get; } = [];

        /// <summary>When the battery was found to have run low: boot and monotonic time, milliseconds.</summary>
        public List<(TrueBoot Boot, long AtMs)> LowBatteries { get; } = [];

        /// <summary>
        /// From when to when somebody was at the port, whatever the line did: while a dock's role lasts this counts as being in it.
        /// </summary>
        public List<(long FromUs, long ToUs)> Docked { get; } = [];

        /// <summary>Parts of them in which a dock, logged in, brought segments.</summary>
        public List<(TrueBoot Boot, long FromMs, long ToMs)> Served { get; } = [];

        /// <summary>Receipts that the archive signed.</summary>
        public List<TrueReceipt> Receipts { get; } = [];

        /// <summary>Segments that were stored: recording, segment, beginning of the close digest.</summary>
        public List<(long Recording, long Segment, byte[] Digest)> Stored { get; } = [];

        /// <summary>What was done to the camera, in words: for the failing seed.</summary>
        public List<string> Story { get; } = [];

        public int Cuts { get; set; }

        public int OtherFaults { get; set; }

        /// <summary>What went wrong beside cuts and the line, each kind once.</summary>
        public SortedSet<string> KindsOfFault { get; } = [];

        public int Visits { get; set; }

        /// <summary>The shift itself: what comes before is the camera's making.</summary>
        public long FromUs { get; set; }

        public long ToUs { get; set; }

        public static DateTime Utc(long us) => Zero.AddMicroseconds(us);
    }
}
