// SPDX-License-Identifier: MIT

namespace Lapel.Intake
{
    /// <summary>What a sync did.</summary>
    public sealed class SyncReport
    {
        /// <summary>The camera's id, hex.</summary>
        public string Device { get; set; } = "";

        /// <summary>Segments brought.</summary>
        public int Brought { get; set; }

        /// <summary>Segments that were stored before.</summary>
        public int Already { get; set; }

        /// <summary>Segments that did not verify.</summary>
        public int Refused { get; set; }

        /// <summary>Segments still open on the camera: recording, or left to recovery.</summary>
        public int Open { get; set; }

        /// <summary>Segments released.</summary>
        public int Released { get; set; }

        /// <summary>Segments that the camera did not release.</summary>
        public int NotReleased { get; set; }

        /// <summary>What speaks against the audit log that the card holds; null when nothing does.</summary>
        public string? LogProblem { get; set; }

        /// <summary>Whether all that was asked for was brought and released, and the log agrees with what the camera keeps.</summary>
        public bool IsGood => Refused + NotReleased == 0 && LogProblem == null;

        /// <summary>Bytes of segments that the line carried.</summary>
        public long Bytes { get; set; }
    }
}
