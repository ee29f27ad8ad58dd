// SPDX-License-Identifier: MIT

namespace Lapel.Verify
{
    /// <summary>Kinds of entries, as numbered in FORMAT.md 9.1.</summary>
    public enum AuditKind : byte
    {
        Boot = 1,
        State = 2,
        Press = 3,
        RecordingBegan = 4,
        RecordingClosed = 5,
        Marker = 6,
        Mute = 7,
        ClockSet = 8,
        Login = 9,
        LoginRefused = 10,
        Configuration = 11,
        Faults = 12,
        Battery = 13,
        Card = 14,
        Released = 15,
        ReceiptRefused = 16,
        ClosedByRecovery = 17,
        Retired = 18,
        Alive = 19,
        Lost = 20,
        Dock = 21,
        SelfTest = 22,
        LogFound = 23,
        Ended = 24,
        ConfigurationRefused = 25,
        OrderRefused = 26,
        KeyRotation = 27,
        RotationRefused = 28,
        KeyMade = 29,
        RecoveryRefused = 30,
        CutRecording = 31,
        PartFailed = 32,
        RestartedAfter = 33,
        Continued = 34,
        Repaired = 35,
        FormerDevice = 36,
        Firmware = 37,
    }
}
