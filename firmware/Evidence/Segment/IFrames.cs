// SPDX-License-Identifier: MIT

namespace Lapel.Evidence
{
    /// <summary>
    /// Whole frames held in memory, named by serial number: 0, 1, 2... since boot, without holes. Each frame lies in one or more
    /// pieces of fixed pages; the last piece is zero-padded to a multiple of 512 bytes, so that pieces go to the card as they are.
    /// </summary>
    public interface IFrames
    {
        /// <summary>Exact bytes of the JPEG, SOI to EOI, without padding.</summary>
        /// <param name="serial">Serial of the frame.</param>
        int Length(int serial);

        /// <summary>When the capture was commanded, monotonic milliseconds; strictly rising from frame to frame.</summary>
        /// <param name="serial">Serial of the frame.</param>
        long TimeMs(int serial);

        /// <summary>Number of pieces, 1 or more.</summary>
        /// <param name="serial">Serial of the frame.</param>
        int Pieces(int serial);

        /// <summary>The page that holds a piece: not a copy, and not to be changed.</summary>
        /// <param name="serial">Serial of the frame.</param>
        /// <param name="piece">0 to <see cref="Pieces"/> - 1.</param>
        byte[] PiecePage(int serial, int piece);

        /// <summary>Where the piece begins in its page, a multiple of 512.</summary>
        int PieceOffset(int serial, int piece);

        /// <summary>Bytes of the piece, padding included, a multiple of 512.</summary>
        int PieceLength(int serial, int piece);

        /// <summary>The frame is on the card: its memory may be used again. Frames may be released in any order, each once.</summary>
        void Release(int serial);
    }
}
