// SPDX-License-Identifier: MIT

using System;
using System.Globalization;
using Lapel.VirtualCamera;

namespace Lapel.Cli
{
    /// <summary>What a person wants to know of a camera that runs: what it does, for how long, and what came of the last key.</summary>
    internal sealed class LiveLine
    {
        /// <summary>For so long what came of a key is shown: 5 s.</summary>
        private const long ShownUs = 5_000_000;

        /// <summary>Pictures wait for the card for so long, in seconds, before it is worth a word.</summary>
        private const double NotableSeconds = 2;

        private CameraStatus? _before;
        private long _begunUs,
            _saidUs = long.MinValue / 2;
        private int _markersBefore;
        private string _key = "",
            _effect = "";

        /// <summary>A key was struck.</summary>
        /// <param name="did">What the hands do, such as "double press of record".</param>
        /// <param name="nowUs">Time, microseconds.</param>
        public void Struck(string did, long nowUs)
        {
            (_key, _effect, _saidUs) = (did, "", nowUs);
        }

        /// <summary>The line.</summary>
        public string Of(CameraStatus status)
        {
            Notice(status);
            string doing = status.State switch
            {
                OperatingState.Recording => $"{Recording(status)}, {Time(status.NowUs - _begunUs)}, "
                    + $"{Count(status.Markers - _markersBefore, "marker")}, {Unwritten(status)}",
                OperatingState.Closing => $"{Recording(status)}, closing, " + Unwritten(status),
                _ => "",
            };
            string last =
                status.NowUs - _saidUs > ShownUs ? ""
                : _effect.Length == 0 ? $"   [{_key}]"
                : _key.Length == 0 ? $"   [{_effect}]"
                : $"   [{_key}: {_effect}]";
            string clock = status.Utc == null && status.State != OperatingState.Off ? ", clock unset" : "";
            return doing + StatusText.Line(status) + clock + last;
        }

        private static string Recording(CameraStatus status) =>
            status.RecordingNumber is int number
                ? string.Create(CultureInfo.InvariantCulture, $"recording {number}")
                : string.Create(CultureInfo.InvariantCulture, $"recording {status.Recordings} since power-on");

        private static string Name(CameraStatus status) =>
            string.Create(CultureInfo.InvariantCulture, $"recording {status.RecordingNumber ?? status.Recordings}");

        /// <summary>What was before the press takes its time; of the pictures of the moment half a second always waits.</summary>
        private static string Unwritten(CameraStatus status) =>
            status.UnwrittenSeconds < NotableSeconds
                ? ""
                : string.Create(CultureInfo.InvariantCulture, $"{status.UnwrittenSeconds:0} s not on the card yet, ");

        /// <summary>Finds out what happened since the line before.</summary>
        private void Notice(CameraStatus status)
        {
            CameraStatus before = _before ?? status;
            _before = status;
            string effect = "";
            if (status.Recordings > before.Recordings || _begunUs == 0 && status.State == OperatingState.Recording)
            {
                (_begunUs, _markersBefore) = (status.NowUs, before.Markers);
                effect = $"{Name(status)} began";
            }
            else if (status.Markers > before.Markers)
            {
                effect = $"marker {status.Markers - _markersBefore} set";
            }
            else if (before.State == OperatingState.Recording && status.State != OperatingState.Recording)
            {
                effect = status.State == OperatingState.Off ? "the power is off in a recording" : $"{Name(before)} ends";
            }
            else if (before.State == OperatingState.Closing && status.State == OperatingState.Buffering)
            {
                effect = $"{Name(before)} is closed";
            }
            else if (status.Fault != before.Fault)
            {
                effect = status.Fault ?? "it can record again";
            }

            if (effect.Length > 0)
            {
                bool isOfTheKey = status.NowUs - _saidUs <= ShownUs;
                (_key, _effect, _saidUs) = (isOfTheKey ? _key : "", effect, status.NowUs);
            }
        }

        private static string Count(int n, string what) => n == 1 ? $"1 {what}" : $"{n} {what}s";

        private static string Time(long us)
        {
            TimeSpan time = TimeSpan.FromMicroseconds(us);
            return string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time.Minutes:D2}:{time.Seconds:D2}");
        }
    }
}
