// SPDX-License-Identifier: MIT

namespace Lapel.Verify
{
    /// <summary>A marker that the wearer set.</summary>
    /// <param name="Time">Milliseconds since recording zero.</param>
    /// <param name="Button">Which button.</param>
    public sealed record Marker(long Time, uint Button);
}
