// SPDX-License-Identifier: MIT

namespace Lapel.Evidence
{
    /// <summary>Who has a file of the card and can be put out of it.</summary>
    public interface IFileHolder
    {
        /// <summary>
        /// Closes the file that is open, if any: another needs the place. One card operation at most. What was under way goes on from
        /// there when the place is given again, or is given up.
        /// </summary>
        void PutOut();
    }
}
