// SPDX-License-Identifier: MIT

using System.Globalization;
using System.Text;

namespace Lapel.Verify
{
    /// <summary>One thing that the verifier has to say, and where.</summary>
    /// <param name="Severity">What it means for the verdict.</param>
    /// <param name="Code">Its kind.</param>
    /// <param name="Text">What is wrong, in words.</param>
    public sealed record Finding(Severity Severity, FindingCode Code, string Text)
    {
        /// <summary>File name, null when it concerns no single file.</summary>
        public string? File { get; init; }

        /// <summary>Segment number in the recording.</summary>
        public uint? Segment { get; init; }

        /// <summary>Fragment number in the segment.</summary>
        public uint? Fragment { get; init; }

        /// <summary>Byte offset in the file of the unit concerned.</summary>
        public long? Offset { get; init; }

        /// <summary>The region, or those that come into question.</summary>
        public SegmentPart Parts { get; init; }

        /// <summary>Place and text on one line.</summary>
        public override string ToString()
        {
            var line = new StringBuilder();
            if (File != null)
            {
                line.Append(File);
            }

            if (Segment != null)
            {
                Append(line, "segment " + Segment.Value.ToString(CultureInfo.InvariantCulture));
            }

            if (Fragment != null)
            {
                Append(line, "fragment " + Fragment.Value.ToString(CultureInfo.InvariantCulture));
            }

            if (Offset != null)
            {
                Append(line, "sector " + (Offset.Value / BoxBytes.Sector).ToString(CultureInfo.InvariantCulture));
            }

            return line.Length == 0 ? Text : line + ": " + Text;
        }

        private static void Append(StringBuilder line, string part)
        {
            if (line.Length > 0)
            {
                line.Append(", ");
            }

            line.Append(part);
        }
    }
}
