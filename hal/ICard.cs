// SPDX-License-Identifier: MIT

namespace Lapel.Hal
{
    /// <summary>
    /// The outcome of a card operation; the numbers are those of entry 14 of the audit log (FORMAT.md 9.1). Card code never throws: a card
    /// that is pulled is an ordinary event.
    /// </summary>
    public enum CardStatus
    {
        /// <summary>Done.</summary>
        Ok = 0,

        /// <summary>No card, or it went away.</summary>
        NoCard = 1,

        /// <summary>No such file or folder.</summary>
        NotFound = 2,

        /// <summary>The card has no room for it.</summary>
        Full = 3,

        /// <summary>The card could not be read.</summary>
        ReadError = 4,

        /// <summary>The card could not be written: worn out, write-protected, or no rights.</summary>
        WriteError = 5,

        /// <summary>Not a FAT32 card, or its file system is damaged.</summary>
        Unformatted = 6,

        /// <summary>
        /// No file could be opened now: five are open already, or the asker has no place. It says nothing about the card.
        /// </summary>
        Busy = 7,

        /// <summary>Its slots hold less than half a second of the configured pictures: nothing is recorded to it.</summary>
        SlotsTooSmall = 8,
    }

    /// <summary>
    /// The removable card. Paths are relative, '/'-separated, 8.3 names in upper case. At most five files are open at once
    /// (FatFs as built into the official images).
    /// </summary>
    public interface ICard
    {
        /// <summary>
        /// Mounts the card; safe to call again. After <see cref="CardStatus.NoCard"/> it starts afresh: files that were open are dead.
        /// </summary>
        /// <returns>Ok, NoCard, or Unformatted when a card is there and no FAT32 volume on it.</returns>
        CardStatus Mount();

        /// <summary>Whether a card is in the socket.</summary>
        bool IsPresent { get; }

        /// <summary>Whether the file exists.</summary>
        bool Exists(string path);

        /// <summary>Creates a folder; Ok when it is there already.</summary>
        CardStatus CreateFolder(string path);

        /// <summary>
        /// Creates a file of exactly this length, and closes it, so that its clusters and directory entry are final. Its first sector is
        /// zero; the rest of its content is unspecified (stale card data). Full, with nothing left behind, when the card has no room. An
        /// existing file is an error (WriteError): nothing is ever overwritten here. But an empty one is what a cut left of an earlier
        /// call, and is made anew. It takes a third of a second: for what takes longer, or while presses wait, see <see cref="BeginFile"/>.
        /// </summary>
        /// <param name="path">Path of the new file.</param>
        /// <param name="length">Bytes, a multiple of 512, below 2 GiB.</param>
        CardStatus Preallocate(string path, long length);

        /// <summary>
        /// Begins to make the same file in steps of one card operation each. A file that is there already and not longer is completed: its
        /// first sector is cleared, so the caller knows that it holds nothing. The first sector is zero before the directory has the
        /// length: no cut leaves a file whose beginning is stale.
        /// </summary>
        /// <param name="path">Path of the file.</param>
        /// <param name="length">Bytes, a multiple of 512 and not 0, below 2 GiB.</param>
        IFileMaking BeginFile(string path, long length);

        /// <summary>Opens a file for reading and writing in place. Null when that failed; <see cref="LastStatus"/> says why.</summary>
        ICardFile Open(string path);

        /// <summary>Outcome of the last <see cref="Open"/>.</summary>
        CardStatus LastStatus { get; }
    }

    /// <summary>
    /// A preallocated file: it never grows or shrinks. A write is on the card when it returns; a write of whole 512-byte
    /// multiples at 512-aligned positions changes neither FAT nor directory.
    /// </summary>
    public interface ICardFile
    {
        /// <summary>Length in bytes.</summary>
        long Length { get; }

        /// <summary>Writes at a position.</summary>
        /// <param name="position">Byte position, a multiple of 512. Going back is slow (the cluster chain is walked from its
        /// start).</param>
        /// <param name="buffer">Source.</param>
        /// <param name="offset">First byte in it.</param>
        /// <param name="count">Bytes, a multiple of 512; position + count at most Length.</param>
        CardStatus Write(long position, byte[] buffer, int offset, int count);

        /// <summary>Reads exactly count bytes at a position; ReadError when they are not all there.</summary>
        /// <param name="position">Byte position, 0 and up.</param>
        /// <param name="buffer">Destination; undefined where the read failed.</param>
        /// <param name="offset">First byte written in it.</param>
        /// <param name="count">Bytes; position + count at most Length.</param>
        CardStatus Read(long position, byte[] buffer, int offset, int count);

        /// <summary>Closes the file; the object is dead afterwards.</summary>
        void Close();
    }
}
