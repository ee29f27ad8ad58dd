// SPDX-License-Identifier: MIT

namespace Lapel.Verify
{
    /// <summary>Which firmware signed on which board (FORMAT.md 3.4, key 22).</summary>
    /// <param name="Version">Version of the firmware.</param>
    /// <param name="Build">Digest of the build, 64 hex digits; null when the build states none.</param>
    /// <param name="Board">The board's name.</param>
    /// <param name="Target">What the runtime was built for; `virtual` on a simulated board.</param>
    /// <param name="Runtime">The runtime's version; null when it is not known.</param>
    public sealed record FirmwareStatement(string Version, string? Build, string Board, string Target, string? Runtime)
    {
        /// <summary>Whether no hardware was there: the board was simulated.</summary>
        public bool IsVirtual => Target == "virtual";

        /// <inheritdoc/>
        public override string ToString() =>
            $"{Version}, build {Build ?? "not stated"}, board {Board} ({Target}), runtime {Runtime ?? "not known"}";
    }
}
