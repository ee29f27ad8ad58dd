// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Link
{
    /// <summary>How far a camera's audit log has come by what the camera itself keeps, and how the card's log stood to that.</summary>
    /// <param name="Sequence">Sequence number of the last sector that it wrote; 0 when there is none.</param>
    /// <param name="Digest">H of that sector, 32 bytes; empty when there is none.</param>
    /// <param name="Found">How the log was found when the card was opened (FORMAT.md 9.2), 0 as it was left; null without a card.</param>
    /// <param name="Known">Sequence number of the sector that the camera knew then; 0 when it knew none.</param>
    /// <param name="Last">That of the camera's last sector on the card then; 0 when there was none.</param>
    /// <param name="IsCutBack">Whether the sector known then had been in this very log, and was gone from it.</param>
    public sealed record LogState(long Sequence, byte[] Digest, int? Found, long Known, long Last, bool IsCutBack)
    {
        private const int DigestBytes = 32,
            WithHoles = 3;

        /// <summary>What speaks against the card's log; null when nothing does.</summary>
        public string? Problem =>
            IsCutBack
                ? "the audit log on the card was cut back: the camera had written up to sector "
                    + $"{Known} to it, and found sector {Last} at its end"
            : Found == WithHoles ? "sectors of the audit log on the card were missing when it was put in"
            : null;

        /// <summary>Reads the answer; throws <see cref="LinkException"/> when it is none.</summary>
        internal static LogState Read(CborMap map)
        {
            long sequence = map.Number("seq");
            return new LogState(
                sequence,
                sequence == 0 ? [] : map.Bytes("h", DigestBytes),
                map.Has("found") ? (int)Math.Clamp(map.Number("found"), 0, int.MaxValue) : null,
                map.Number("known", 0),
                map.Number("last", 0),
                map.Has("cut") && map.Flag("cut")
            );
        }
    }
}
