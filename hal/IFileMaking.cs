// SPDX-License-Identifier: MIT

namespace Lapel.Hal
{
    /// <summary>
    /// A file that is being made by <see cref="ICard.BeginFile"/>: opened, given its length, its first sector cleared, closed. It holds one
    /// of the card's five files from the first step until it is done or left.
    /// </summary>
    public interface IFileMaking
    {
        /// <summary>Whether the file is there, closed, and of the length that was asked for.</summary>
        bool IsDone { get; }

        /// <summary>
        /// The next card operation. Anything but Ok ends the making: Full when the card has no room, and then nothing is left behind.
        /// </summary>
        CardStatus Step();

        /// <summary>Closes what is open. The file stays as far as it was made, and can be begun again.</summary>
        void Abandon();
    }
}
