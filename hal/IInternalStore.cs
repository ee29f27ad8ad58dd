// SPDX-License-Identifier: MIT

namespace Lapel.Hal
{
    /// <summary>
    /// Storage inside the camera, out of the card's reach: keys, configuration, counters. Small entries, replaced whole; an entry is
    /// either the old or the new one at any cut.
    /// </summary>
    public interface IInternalStore
    {
        /// <summary>The entry's content, or null when there is none or it cannot be read.</summary>
        /// <param name="name">1 to 8 characters, A-Z and 0-9.</param>
        byte[] Load(string name);

        /// <summary>Replaces the entry. False when it could not be written.</summary>
        /// <param name="name">1 to 8 characters, A-Z and 0-9.</param>
        /// <param name="content">At most 4,096 bytes.</param>
        bool Save(string name, byte[] content);
    }
}
