// SPDX-License-Identifier: MIT

namespace Lapel.PowerCut
{
    /// <summary>
    /// The fault model of the card: what a cut, or the card itself, can do to one write. What holds under every variant: nothing is thrown,
    /// the camera comes up, no frame is accepted that was not recorded at its place, no other segment is touched, a second boot changes
    /// nothing. What holds beside that stands with each.
    /// </summary>
    public enum CutVariant
    {
        /// <summary>
        /// Sectors before the cut are on the card, the rest keep their old content. No closed segment, no fragment whose trailer was
        /// written, and no catalogue entry is lost; at most 1 s of live footage.
        /// </summary>
        CleanCut,

        /// <summary>As CleanCut, and the sector at the cut is half new, half old. The same holds.</summary>
        TornSector,

        /// <summary>The last sectors of the write are on the card, the first are not. The same holds.</summary>
        OutOfOrder,

        /// <summary>All sectors of the write are on the card but one, which keeps its old content. The same holds.</summary>
        StaleSector,

        /// <summary>
        /// The write reports success and never reaches the card; the power goes some writes later. Nothing can save what the card lost: the
        /// segment that the write belonged to holds up to there, or does not verify when it had been closed. Every other segment, and every
        /// catalogue entry, is as under CleanCut.
        /// </summary>
        LostWrite,

        /// <summary>
        /// As CleanCut, and the sector at the cut cannot be read at the first boot. The camera comes up without it; once it can be read,
        /// the next boot recovers as under CleanCut.
        /// </summary>
        ReadError,

        /// <summary>
        /// As CleanCut in the midst of a stall of 300 ms, and the card stalls at each write of the recovery. The same holds, with 300 ms
        /// more of live footage.
        /// </summary>
        Stall,

        /// <summary>As CleanCut, in a shift that fills the card. The same holds.</summary>
        CardFull,

        /// <summary>
        /// The card is pulled at that moment and pushed back a second later, the power stays. The same holds; the recording ends at the
        /// pull.
        /// </summary>
        Pulled,
    }
}
