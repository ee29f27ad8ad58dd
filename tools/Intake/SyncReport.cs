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

        /// <summary>Bytes of segments that the line carried.</summary>
        public long Bytes { get; set; }
    }
}
