// SPDX-License-Identifier: MIT

namespace Lapel.Verify
{
    /// <summary>Where a recording is that log, links or numbers know of (FORMAT.md 5.2).</summary>
    public enum Whereabouts
    {
        /// <summary>Segments of it are here.</summary>
        Here,

        /// <summary>Released by receipts: signed entries of the log say so, or the receipts themselves.</summary>
        Released,

        /// <summary>Recorded while another card was in the camera, as the log says.</summary>
        OtherCard,

        /// <summary>A press took its number, and nothing of it had reached log or card when the power went.</summary>
        NeverBegan,

        /// <summary>The log does not reach back that far.</summary>
        NotKnown,

        /// <summary>It must be here and is not.</summary>
        Missing,
    }
}
