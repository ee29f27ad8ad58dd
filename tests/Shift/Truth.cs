using System;
using System.Collections.Generic;
using System.Linq;
using Lapel.Hal;
using Lapel.Hal.Virtual;

namespace Lapel.Shift.Tests
{
    /// <summary>What happened, as those saw it who did it. Nothing in here is asked of the firmware but the number that it gives to a boot.</summary>
    internal sealed class Truth
    {
        /// <summary>True UTC at virtual time 0.</summary>
        public static readonly DateTime Zero = new(2026, 11, 26, 5, 0, 0, DateTimeKind.Utc);

        public List<TrueBoot> Boots { get; } = [];

        public List<TruePress> Presses { get; } = [];

        public List<TrueRecording> Recordings { get; } = [];

        /// <summary>Starts whose answer the power, or a missing card, cut off: boot and monotonic time of the press, milliseconds.</summary>
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

        /// <summary>Receipts that the archive signed.</summary>
        public List<TrueReceipt> Receipts { get; } = [];

        /// <summary>What was done to the camera, in words: for the failing seed.</summary>
        public List<string> Story { get; } = [];

        public int Cuts { get; set; }

        public int OtherFaults { get; set; }

        public int Visits { get; set; }

        /// <summary>The shift itself: what comes before is the camera's making.</summary>
        public long FromUs { get; set; }

        public long ToUs { get; set; }

        public static DateTime Utc(long us) => Zero.AddMicroseconds(us);
    }

    /// <summary>How a power-on ended.</summary>
    internal enum BootEnd
    {
        Running,
        Cut,
        SwitchedOff,
        Restarted,
    }

    /// <summary>From power to no power.</summary>
    internal sealed class TrueBoot
    {
        public required int Index { get; init; }

        /// <summary>Virtual time of the power's coming, microseconds.</summary>
        public required long FromUs { get; init; }

        public long ToUs { get; set; } = long.MaxValue;

        public BootEnd End { get; set; }

        /// <summary>The number that the firmware gave it; 0 when it did not come so far.</summary>
        public long Number { get; set; }

        /// <summary>Monotonic time when it was first seen to have that number, milliseconds.</summary>
        public long NumberedMs { get; set; }

        /// <summary>What the chip took.</summary>
        public required MegaLog Sensor { get; init; }

        /// <summary>Spans in which the module gave nothing, was gone, or spoilt pictures; monotonic milliseconds.</summary>
        /// <summary>When it was first seen to be ready, monotonic milliseconds; <see cref="long.MaxValue"/> when it never was.</summary>
        public long ReadyMs { get; set; } = long.MaxValue;

        public List<Span> SensorOut { get; } = [];

        public List<Span> CardOut { get; } = [];

        /// <summary>Spans in which sectors of the card could not be read.</summary>
        public List<Span> Unreadable { get; } = [];

        /// <summary>Spans in which the card stalled now and then.</summary>
        public List<Span> Stalls { get; } = [];

        public long Ms(long us) => (us - FromUs) / 1000;

        public long Us(long ms) => FromUs + ms * 1000;

        public long EndMs => ToUs == long.MaxValue ? long.MaxValue : Ms(ToUs);

        public bool StallsAt(long fromMs, long toMs) => Stalls.Any(s => s.Meets(fromMs, toMs));
    }

    /// <summary>A span of a boot's monotonic time, milliseconds.</summary>
    internal sealed class Span(long fromMs)
    {
        public long FromMs { get; } = fromMs;

        public long ToMs { get; set; } = long.MaxValue;

        /// <summary>Whether nothing at all comes meanwhile, so that it is noticed.</summary>
        public bool IsHard { get; init; }

        public bool Meets(long fromMs, long toMs) => FromMs <= toMs && ToMs >= fromMs;
    }

    /// <summary>A press of a finger; monotonic milliseconds.</summary>
    internal sealed record TruePress(TrueBoot Boot, Button Button, long DownMs, long DurationMs, PressKind Kind);

    /// <summary>What a press is meant as, by the numbers of FORMAT.md 3.4, key 18.</summary>
    internal enum PressKind
    {
        Tap = 1,
        Double = 2,
        Hold = 3,
    }

    /// <summary>What ended a recording.</summary>
    internal enum RecordingEnd
    {
        Running,
        Held,
        Cut,
        Pulled,
    }

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

        public override string ToString() => $"the recording of boot {Boot.Index} (number {Boot.Number}), press at {PressMs} ms, {End} at {EndMs} ms";
    }

    /// <summary>A receipt of the archive.</summary>
    internal sealed record TrueReceipt(uint Recording, uint Segment, byte[] Digest, long AtUs);
}
