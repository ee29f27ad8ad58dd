// SPDX-License-Identifier: MIT

namespace Lapel.Evidence
{
    /// <summary>What <see cref="CardFiles"/> lends a place for: a file that is open, or one that is being made.</summary>
    internal abstract class Lent
    {
        /// <summary>What the place is for.</summary>
        internal FileUse Use { get; set; }

        /// <summary>Closes what is open on the card and gives the place back; nothing the second time.</summary>
        public abstract void Close();
    }
}
