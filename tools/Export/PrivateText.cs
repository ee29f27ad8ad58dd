// SPDX-License-Identifier: MIT

namespace Lapel.Export
{
    /// <summary>What the sealed private box says (FORMAT.md 8.3).</summary>
    public sealed record PrivateText(string Officer, string Place, string Note);
}
