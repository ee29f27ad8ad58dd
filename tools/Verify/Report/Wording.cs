// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Globalization;

namespace Lapel.Verify
{
    /// <summary>The words for enumerations and quantities that text and JSON share.</summary>
    internal static class Wording
    {
        /// <summary>A button by its name.</summary>
        public static string Button(long button) =>
            button switch
            {
                0 => "record button",
                1 => "event button",
                _ => "button " + button.ToString(CultureInfo.InvariantCulture),
            };

        /// <summary>A change of the device's key that was followed.</summary>
        public static string Rotation(RotationStatement r) =>
            "Rotation "
            + r.Number.ToString(CultureInfo.InvariantCulture)
            + " of device "
            + Convert.ToHexStringLower(r.DeviceId)
            + " followed: key "
            + Convert.ToHexStringLower(r.FormerKey.Fingerprint)
            + " up to recording "
            + r.Recordings.ToString(CultureInfo.InvariantCulture)
            + ", key "
            + Convert.ToHexStringLower(r.NextKey.Fingerprint)
            + " from boot "
            + r.Boot.ToString(CultureInfo.InvariantCulture)
            + (r.Utc is DateTime at ? " on (" + Utc(at) + " UTC)" : " on (clock unset)")
            + "; both have signed it";

        public static string Of(Verdict verdict) =>
            verdict switch
            {
                Verdict.Authentic => "authentic",
                Verdict.PartsMissing => "parts missing",
                Verdict.NotSigned => "not signed",
                _ => "not authentic",
            };

        public static string Of(KeySupplier supplier) =>
            supplier switch
            {
                KeySupplier.Given => "given",
                KeySupplier.Card => "card",
                KeySupplier.Segment => "segment",
                KeySupplier.Registry => "registry",
                _ => "none",
            };

        public static string Of(ReleaseProof proof) =>
            proof switch
            {
                ReleaseProof.SignedEntry => "signed entry",
                ReleaseProof.Receipt => "receipt",
                ReleaseProof.UnsignedEntry => "unsigned entry",
                ReleaseProof.NotKnown => "not known",
                _ => "contradicted",
            };

        public static string Of(Whereabouts where) =>
            where switch
            {
                Whereabouts.Here => "here",
                Whereabouts.Released => "released",
                Whereabouts.OtherCard => "on another card",
                Whereabouts.NeverBegan => "never begun",
                Whereabouts.NotKnown => "not known",
                _ => "missing",
            };

        public static string Of(Severity severity) =>
            severity switch
            {
                Severity.Note => "note",
                Severity.Warning => "warning",
                Severity.Missing => "missing",
                _ => "error",
            };

        public static string Of(ClockSource source) =>
            source switch
            {
                ClockSource.RealTimeClock => "real-time clock",
                ClockSource.Host => "set by a host",
                _ => "unset",
            };

        public static string Of(CoverageState state) => state.ToString().ToLowerInvariant();

        public static string LogFound(int how) =>
            how switch
            {
                1 => "the log begins anew on a card that had none",
                2 => "the log goes on on a card that did not hold its last sector",
                3 => "the device found sectors missing",
                _ => "the log was found in an unknown way",
            };

        public static string Faults(int set)
        {
            if (set == 0)
            {
                return "no fault";
            }

            var names = new List<string>();
            if ((set & 1) != 0)
            {
                names.Add("no pictures from the sensor");
            }

            if ((set & 2) != 0)
            {
                names.Add("no card");
            }

            if ((set & 4) != 0)
            {
                names.Add("card or internal storage fails");
            }

            if ((set & 8) != 0)
            {
                names.Add("restarts did not mend it");
            }

            if ((set & 16) != 0)
            {
                names.Add("battery empty");
            }

            if ((set & ~31) != 0)
            {
                names.Add("fault " + (set & ~31).ToString(CultureInfo.InvariantCulture));
            }

            return string.Join(", ", names);
        }

        public static string CloseReason(uint reason) =>
            reason switch
            {
                1 => "stopped",
                2 => "slot full",
                3 => "card full",
                4 => "fault",
                5 => "stopped without shutdown, closed by recovery",
                6 => "pictures larger than a slot of the card",
                7 => "battery empty",
                _ => "not closed",
            };

        public static string Shortfall(uint reason) =>
            reason switch
            {
                0 => "none",
                1 => "not long enough on",
                2 => "memory",
                3 => "previous recording",
                4 => "sensor fault",
                _ => "card too full",
            };

        /// <summary>How a pre-event that was thinned goes on; empty for one that was not.</summary>
        public static string Thinned(PreEvent p) =>
            !p.IsThinned
                ? ""
                : "; the newest "
                    + Seconds(p.Unthinned)
                    + " with every picture, older ones thinned"
                    + (p.KeptEach == 0 ? "" : " to about one in " + p.KeptEach.ToString("0.0", CultureInfo.InvariantCulture));

        public static string Meaning(uint meaning) =>
            meaning switch
            {
                1 => "tap",
                2 => "double press",
                3 => "hold",
                _ => "nothing",
            };

        public static string Held(long durationMs) =>
            durationMs < 0 ? "still held" : "for " + durationMs.ToString(CultureInfo.InvariantCulture) + " ms";

        public static string Utc(DateTime time) => time.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);

        /// <summary>h:mm:ss.fff with its sign.</summary>
        public static string Clock(long ms)
        {
            ulong abs = ms < 0 ? (ulong)-(ms + 1) + 1 : (ulong)ms;
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{(ms < 0 ? "-" : "+")}{abs / 3600000}:{abs / 60000 % 60:00}:{abs / 1000 % 60:00}.{abs % 1000:000}"
            );
        }

        public static string Seconds(double ms) => (ms / 1000).ToString("0.0##", CultureInfo.InvariantCulture) + " s";

        public static string Bytes(long bytes) =>
            bytes < 1_000_000
                ? (bytes / 1e3).ToString("0.0", CultureInfo.InvariantCulture) + " kB"
                : (bytes / 1e6).ToString("0.0", CultureInfo.InvariantCulture) + " MB";
    }
}
