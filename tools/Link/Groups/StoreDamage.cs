// SPDX-License-Identifier: MIT

namespace Lapel.Link
{
    /// <summary>What is wrong with a camera's internal storage (CUSTODY.md 9.4).</summary>
    /// <param name="Needed">What an order has to allow: 1 a new identity, 2 counters, 4 a key that may wait; 0 nothing.</param>
    /// <param name="Entries">Names of the entries that cannot be read, a space between; empty when there are none.</param>
    /// <param name="State">The state that the order has to name, 32 bytes.</param>
    public sealed record StoreDamage(int Needed, string Entries, byte[] State);
}
