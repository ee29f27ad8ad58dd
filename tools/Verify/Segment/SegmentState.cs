// SPDX-License-Identifier: MIT

namespace Lapel.Verify
{
    /// <summary>How far a segment came.</summary>
    public enum SegmentState
    {
        /// <summary>The file holds no segment: stale or foreign bytes.</summary>
        None,

        /// <summary>It could not be read, or is of a version that is not known.</summary>
        Refused,

        /// <summary>No signed close: the camera was cut off, or it still records.</summary>
        Open,

        /// <summary>Ends with a signed close.</summary>
        Closed,
    }
}
