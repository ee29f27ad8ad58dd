// SPDX-License-Identifier: MIT

namespace Lapel.Verify
{
    /// <summary>Where recordings with consecutive numbers of one device are.</summary>
    /// <param name="DeviceId">The device.</param>
    /// <param name="From">First number.</param>
    /// <param name="To">Last number.</param>
    /// <param name="Where">Where they are.</param>
    /// <param name="Why">What shows it, in words; empty for those that are here.</param>
    public sealed record Account(byte[] DeviceId, uint From, uint To, Whereabouts Where, string Why);
}
