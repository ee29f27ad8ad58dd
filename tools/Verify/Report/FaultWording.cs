// SPDX-License-Identifier: MIT

using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;

namespace Lapel.Verify
{
    /// <summary>Entries 32 to 34 of an audit log in words (FORMAT.md 9.1).</summary>
    internal static class FaultWording
    {
        private const int UptimeAt = 4,
            UtcAt = 12,
            GivenUpAt = 20,
            BuildAt = 21,
            BuildBytes = 32,
            IdBytes = 16,
            ContinuedBytes = 56,
            KeyBytes = 32,
            RepairedBytes = 64,
            FormerBytes = 48;

        public static string Failed(AuditEntry e) => $"{Part(e.Code)}: {Thrown(e.Second)}, {N(e.First)} since boot; begun anew";

        public static string Restarted(AuditEntry e)
        {
            string text = $"after {Part(e.Code)}: {Thrown(e.First)}; restart {N(e.Second)} of its series";
            byte[] data = e.Data;
            if (data.Length is not (BuildAt or BuildAt + BuildBytes))
            {
                return text;
            }

            long utc = BinaryPrimitives.ReadInt64BigEndian(data.AsSpan(UtcAt));
            text += $", boot {N(BinaryPrimitives.ReadUInt32BigEndian(data))} after ";
            text += Wording.Seconds(BinaryPrimitives.ReadInt64BigEndian(data.AsSpan(UptimeAt)));
            text += utc is <= 0 or > 253_402_300_799_999 ? ", UTC not known" : ", " + Wording.Utc(DateTime.UnixEpoch.AddMilliseconds(utc));
            text += data[GivenUpAt] == 1 ? ", the camera had given up" : "";
            return data.Length == BuildAt ? text : text + ", build " + Convert.ToHexStringLower(data.AsSpan(BuildAt));
        }

        public static string Continued(AuditEntry e)
        {
            string gap = e.Second < 0 ? "a gap not known" : "a gap of at most " + Wording.Seconds(e.Second);
            string text = $"recording {N(e.Code)} goes on from recording {N(e.First)} after {gap}";
            return e.Data.Length != ContinuedBytes ? text : text + ", id before " + Convert.ToHexStringLower(e.Data.AsSpan(0, IdBytes));
        }

        public static string Repaired(AuditEntry e)
        {
            List<string> what = [];
            if ((e.Code & 1) != 0)
            {
                what.Add("the identity before ended");
            }

            if ((e.Code & 2) != 0)
            {
                what.Add("boots count on from " + N(e.First) + ", recordings from " + N(e.Second));
            }

            if ((e.Code & 4) != 0)
            {
                what.Add("a change of the key that may have waited was dropped");
            }

            string text = "internal storage, by order of the authority: " + string.Join("; ", what);
            return e.Data.Length != RepairedBytes
                ? text
                : $"{text}; key before {Convert.ToHexStringLower(e.Data.AsSpan(KeyBytes))}, "
                    + $"order {Convert.ToHexStringLower(e.Data.AsSpan(0, KeyBytes))}";
        }

        public static string Former(AuditEntry e)
        {
            string text = "this camera was device " + Convert.ToHexStringLower(e.Data.AsSpan(0, Math.Min(IdBytes, e.Data.Length)));
            return e.First == 0 || e.Data.Length != FormerBytes
                ? text + ", whose log is not known"
                : $"{text}, whose log went up to sector {N(e.First)}, H {Convert.ToHexStringLower(e.Data.AsSpan(IdBytes))}";
        }

        private static string Part(int part) =>
            part switch
            {
                0 => "the camera as a whole",
                1 => "the sensor",
                2 => "the card",
                3 => "the log",
                4 => "the port",
                5 => "the buttons",
                6 => "the lights",
                7 => "the battery gauge",
                _ => "part " + N(part),
            };

        private static string Thrown(long what) =>
            what switch
            {
                0 => "something else",
                1 => "out of memory",
                2 => "input or output",
                3 => "invalid operation",
                4 => "argument",
                5 => "time-out",
                6 => "null reference",
                7 => "index out of range",
                8 => "not supported",
                _ => "exception " + N(what),
            };

        private static string N(long value) => value.ToString(CultureInfo.InvariantCulture);
    }
}
