// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Lapel.Verify
{
    /// <summary>An entry of an audit log in words.</summary>
    internal static class AuditWording
    {
        private static readonly Dictionary<AuditKind, string> Names = new()
        {
            [AuditKind.Boot] = "boot",
            [AuditKind.State] = "state",
            [AuditKind.Press] = "press",
            [AuditKind.RecordingBegan] = "recording-began",
            [AuditKind.RecordingClosed] = "recording-closed",
            [AuditKind.Marker] = "marker",
            [AuditKind.Mute] = "mute",
            [AuditKind.ClockSet] = "clock",
            [AuditKind.Login] = "login",
            [AuditKind.LoginRefused] = "login-refused",
            [AuditKind.Configuration] = "configuration",
            [AuditKind.Faults] = "faults",
            [AuditKind.Battery] = "battery",
            [AuditKind.Card] = "card",
            [AuditKind.Released] = "released",
            [AuditKind.ReceiptRefused] = "receipt-refused",
            [AuditKind.ClosedByRecovery] = "recovered",
            [AuditKind.Retired] = "retired",
            [AuditKind.Alive] = "alive",
            [AuditKind.Lost] = "lost",
            [AuditKind.Dock] = "dock",
            [AuditKind.SelfTest] = "self-test",
            [AuditKind.LogFound] = "log-found",
            [AuditKind.Ended] = "ended",
            [AuditKind.ConfigurationRefused] = "configuration-refused",
            [AuditKind.OrderRefused] = "order-refused",
            [AuditKind.KeyRotation] = "key-rotation",
            [AuditKind.RotationRefused] = "rotation-refused",
            [AuditKind.KeyMade] = "key-made",
            [AuditKind.RecoveryRefused] = "recovery-refused",
            [AuditKind.CutRecording] = "recording-cut",
            [AuditKind.PartFailed] = "part-failed",
            [AuditKind.RestartedAfter] = "restarted-after",
            [AuditKind.Continued] = "continued",
            [AuditKind.Repaired] = "repaired",
            [AuditKind.FormerDevice] = "former-device",
            [AuditKind.Firmware] = "firmware",
        };

        /// <summary>Names of all kinds, for messages.</summary>
        public static IEnumerable<string> AllNames => Names.Values;

        public static string Name(AuditKind kind) => Names.TryGetValue(kind, out string? name) ? name : "kind-" + N((byte)kind);

        /// <summary>The kind of a name or number; null when there is none.</summary>
        public static AuditKind? Kind(string text)
        {
            foreach ((AuditKind kind, string name) in Names)
            {
                if (name.Equals(text, StringComparison.OrdinalIgnoreCase))
                {
                    return kind;
                }
            }

            return byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out byte number) && number > 0
                ? (AuditKind)number
                : null;
        }

        public static string Text(AuditEntry e) =>
            e.Kind switch
            {
                AuditKind.Boot => "switched on" + Woken(e.First) + "; before: " + Ended(e.Code) + Booted(e.Data),
                AuditKind.Firmware => Firmware(e.Data),
                AuditKind.State => State(e.Code) + ", before: " + State(Small(e.First)),
                AuditKind.Press => Wording.Button(e.Code)
                    + " at "
                    + Wording.Clock(e.First)
                    + " "
                    + Wording.Held(e.Second)
                    + ", taken for "
                    + (e.Data.Length == 1 ? Wording.Meaning(e.Data[0]) : "?"),
                AuditKind.RecordingBegan => "recording "
                    + N(e.Code)
                    + ", zero at "
                    + Wording.Clock(e.First)
                    + ", "
                    + Wording.Seconds(e.Second)
                    + " of pre-event"
                    + Hex(", id ", e.Data),
                AuditKind.RecordingClosed => "recording "
                    + N(e.Code)
                    + ": "
                    + (e.Data.Length == 0 ? "could not be closed" : Wording.CloseReason((uint)Small(e.First)))
                    + Hex(", close ", e.Data),
                AuditKind.Marker => Wording.Button(e.Code) + " at " + Wording.Clock(e.First),
                AuditKind.Mute => e.Code == 1 ? "sound off" : "sound on",
                AuditKind.ClockSet => "set to "
                    + Time(e.Second)
                    + " UTC, before: "
                    + (e.First == 0 ? "unset" : Time(e.First))
                    + ", within "
                    + (e.Data.Length == 4 ? N(BoxBytes.U32(e.Data, 0)) + " ms" : "?"),
                AuditKind.Login => Role(e.Code) + Hex(", key ", e.Data),
                AuditKind.LoginRefused => Why(e.Code),
                AuditKind.Configuration => "serial " + N(e.Code) + Hex(", before and after ", e.Data),
                AuditKind.Faults => Wording.Faults(e.Code) + ", before: " + Wording.Faults(Small(e.First)),
                AuditKind.Battery => N(e.Code) + " %, " + N(e.First) + " mV: " + Battery(e.Second),
                AuditKind.Card => Card(e.Code) + (e.Code == 0 ? ", " + N(e.Second) + " of " + N(e.First) + " slots free" : ""),
                AuditKind.Released => "slot "
                    + N(e.Code)
                    + ", segment "
                    + N(e.Second)
                    + " of recording "
                    + N(e.First)
                    + Hex(", close and archive ", e.Data),
                AuditKind.ReceiptRefused => Why(e.Code),
                AuditKind.ConfigurationRefused => Why(e.Code),
                AuditKind.OrderRefused => Why(e.Code),
                AuditKind.KeyRotation => "rotation "
                    + N(e.Code)
                    + (e.First == 0 ? " ordered" + Hex(", order ", e.Data) : " in force" + Hex(", keys before and now ", e.Data)),
                AuditKind.RotationRefused => Why(e.Code),
                AuditKind.KeyMade => "the device's first key",
                AuditKind.CutRecording => "recording " + N(e.First) + " was not closed: committed up to " + N(e.Second) + " ms",
                AuditKind.RecoveryRefused => "slot "
                    + N(e.Code)
                    + ", segment "
                    + N(e.Second)
                    + " of recording "
                    + N(e.First)
                    + ": "
                    + (e.Data is [2] ? "other footage than was committed" : "the close that the device wrote is gone"),
                AuditKind.ClosedByRecovery => "slot "
                    + N(e.Code)
                    + ", segment "
                    + N(e.Second)
                    + " of recording "
                    + N(e.First)
                    + Hex(", close ", e.Data),
                AuditKind.PartFailed => FaultWording.Failed(e),
                AuditKind.RestartedAfter => FaultWording.Restarted(e),
                AuditKind.Continued => FaultWording.Continued(e),
                AuditKind.Repaired => FaultWording.Repaired(e),
                AuditKind.FormerDevice => FaultWording.Former(e),
                AuditKind.Retired => "secrets erased" + Hex(", certificate ", e.Data),
                AuditKind.Alive => State(e.Code),
                AuditKind.Lost => N(e.Code) + " entries found no room",
                AuditKind.Dock => e.Code == 1 ? "in" : "out",
                AuditKind.SelfTest => N(e.First) + " passed, " + N(e.Code) + " failed",
                AuditKind.LogFound => Wording.LogFound(e.Code)
                    + ": last known "
                    + N(e.First)
                    + (e.Code == 3 ? ", " + N(e.Second) + " missing" : ", found " + N(e.Second)),
                AuditKind.Ended => Ended(e.Code),
                _ => "code " + N(e.Code) + ", " + N(e.First) + ", " + N(e.Second) + Hex(", ", e.Data),
            };

        private static string Ended(int how) =>
            how switch
            {
                1 => "a power cut",
                2 => "switched off properly",
                3 => "a restart that was asked for",
                4 => "a restart of its own, after a fault",
                5 => "switched itself off properly, battery empty",
                _ => "unknown",
            };

        private static string Woken(long by) =>
            by switch
            {
                0 => "",
                1 => " by the record button",
                _ => " by " + N(by),
            };

        private static string Battery(long what) =>
            what switch
            {
                0 => "no longer low",
                1 => "low",
                2 => "empty, the camera ends",
                3 => "too low for a recording to go on",
                _ => "state " + N(what),
            };

        private static string State(int state) =>
            state switch
            {
                0 => "booting",
                1 => "buffering",
                2 => "recording",
                3 => "closing a recording",
                4 => "card full",
                5 => "fault",
                _ => "state " + N(state),
            };

        private static string Card(int status) =>
            status switch
            {
                0 => "in use",
                1 => "none",
                2 => "a file is missing",
                3 => "full",
                4 => "cannot be read",
                5 => "takes no writes",
                6 => "no FAT32 card",
                8 => "slots too small for the configured pictures",
                _ => "status " + N(status),
            };

        private static string Role(int role) =>
            role switch
            {
                0 => "given back",
                1 => "technician",
                2 => "dock",
                _ => "role " + N(role),
            };

        private static string Why(int reason) =>
            reason switch
            {
                3 => "malformed",
                4 => "the signature does not hold",
                5 => "a key that has no say",
                6 => "for another device",
                7 => "stale",
                8 => "no such segment",
                9 => "locked after refused log-ins",
                10 => "not allowed to this key or in this state",
                11 => "card or internal storage failed",
                _ => "reason " + N(reason),
            };

        private static string Time(long ms) =>
            ms is < 0 or > 253_402_300_799_999 ? N(ms) + " ms" : Wording.Utc(DateTime.UnixEpoch.AddMilliseconds(ms));

        private static int Small(long value) => value is < int.MinValue or > int.MaxValue ? -1 : (int)value;

        private static string Hex(string before, byte[] data) => data.Length == 0 ? "" : before + Convert.ToHexStringLower(data);

        // The configuration's digest, and behind it the build's when the firmware states one.
        private static string Booted(byte[] data)
        {
            const int Digest = 32;
            return data.Length == 2 * Digest
                ? Hex(", configuration ", data[..Digest]) + ", build " + Convert.ToHexStringLower(data.AsSpan(Digest))
                : Hex(", configuration ", data);
        }

        // Version, board, target, runtime: ASCII with a blank between.
        private static string Firmware(byte[] line) =>
            string.Concat(line.Select(b => b is >= (byte)' ' and <= (byte)'~' ? (char)b : '.'));

        private static string N(long value) => value.ToString(CultureInfo.InvariantCulture);
    }
}
