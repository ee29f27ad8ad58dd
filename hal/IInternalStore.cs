// SPDX-License-Identifier: MIT

namespace Lapel.Hal
{
    /// <summary>
    /// Storage inside the camera, out of the card's reach: keys, configuration, counters. Small entries, replaced whole, each in two
    /// copies; an entry is either the old or the new one at any cut, and damage to one copy loses nothing.
    /// </summary>
    public interface IInternalStore
    {
        /// <summary>
        /// Reads an entry, more than once when a read fails. It may write a copy that is damaged anew from the other one.
        /// </summary>
        /// <param name="name">1 to 8 characters, A-Z and 0-9; no other name has an entry.</param>
        /// <param name="content">The entry's content when Ok, else null.</param>
        StoreStatus Load(string name, out byte[] content);

        /// <summary>
        /// Replaces the entry, both copies. False when one of them could not be written and read back: then the old content may come
        /// back as well as the new one.
        /// </summary>
        /// <param name="name">1 to 8 characters, A-Z and 0-9.</param>
        /// <param name="content">At most 4,096 bytes.</param>
        bool Save(string name, byte[] content);

        /// <summary>
        /// Replaces the older copy of an entry alone, by one write: for what is written often, and what may fall back to the content
        /// saved before when the newer copy is damaged. False when it could not be written.
        /// </summary>
        /// <param name="name">1 to 8 characters, A-Z and 0-9; an entry that is never saved otherwise.</param>
        /// <param name="content">At most 4,096 bytes.</param>
        bool SaveInTurn(string name, byte[] content);
    }
}
