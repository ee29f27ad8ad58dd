// SPDX-License-Identifier: MIT

using System;
using System.IO;

namespace Lapel.Hal.Esp32
{
    /// <summary>
    /// Entries as files on the internal drive I:, each in two copies, NAME.A and NAME.B. Nothing is ever deleted or renamed there: the
    /// runtime's Move does not replace. A save writes one copy over its file, closes it and reads it back, and only then writes the
    /// other; so at a cut between any two steps one of the two is whole. Of two whole copies the one with the higher generation counts.
    /// </summary>
    public sealed class FlashStore : IInternalStore
    {
        private const string Drive = "I:\\";
        private const string First = ".A";
        private const string Second = ".B";
        private const int LongestName = 8;
        private const int Tries = 3;

        private readonly INatives _natives;

        // The entry that is saved in turn: what its next save would otherwise have to read from both files.
        private string _turnName;
        private string _turnCopy;
        private uint _turnGeneration;

        /// <summary>The store; its natives do the CRC.</summary>
        public FlashStore(INatives natives)
        {
            _natives = natives;
        }

        /// <inheritdoc/>
        public StoreStatus Load(string name, out byte[] content)
        {
            content = null;
            if (!IsName(name))
            {
                return StoreStatus.Absent;
            }

            StoreEntry first = Read(name + First);
            StoreEntry second = Read(name + Second);
            if (first.Status != StoreStatus.Ok && second.Status != StoreStatus.Ok)
            {
                return StatusOfNone(first, second);
            }

            bool isFirst = IsNewer(first, second);
            StoreEntry newest = isFirst ? first : second;
            StoreEntry other = isFirst ? second : first;
            bool isSame = other.Status == StoreStatus.Ok && other.Generation == newest.Generation;
            if (newest.Copies > 1 && !isSame)
            {
                // A cut came between the two copies, or one is damaged: the old content, which may be a secret that was erased, must
                // not stay, and the entry must not hang by one copy. What was read counts, whether this succeeds or not.
                Write(name + (isFirst ? Second : First), StoreEntry.Pack(newest.Content, newest.Generation, newest.Copies, _natives));
            }

            content = newest.Content;
            return StoreStatus.Ok;
        }

        /// <inheritdoc/>
        public bool Save(string name, byte[] content)
        {
            if (!IsName(name) || content == null || content.Length > StoreEntry.LongestContent)
            {
                return false;
            }

            StoreEntry first = Read(name + First);
            StoreEntry second = Read(name + Second);
            uint generation = NewestOf(first, second) + 1;
            byte[] file = StoreEntry.Pack(content, generation, 2, _natives);

            // The newest copy, or the only one that is whole, is written last: what was in force once never goes back.
            bool isFirst = IsNewer(first, second);
            return WriteChecked(name + (isFirst ? Second : First), file, generation)
                && WriteChecked(name + (isFirst ? First : Second), file, generation);
        }

        /// <inheritdoc/>
        public bool SaveInTurn(string name, byte[] content)
        {
            if (!IsName(name) || content == null || content.Length > StoreEntry.LongestContent)
            {
                return false;
            }

            if (_turnName != name)
            {
                StoreEntry first = Read(name + First);
                StoreEntry second = Read(name + Second);
                _turnName = name;
                _turnGeneration = NewestOf(first, second);
                _turnCopy = IsNewer(first, second) ? Second : First;
            }

            // The file system compares what it has programmed itself; the copy before is there still.
            if (!Write(name + _turnCopy, StoreEntry.Pack(content, _turnGeneration + 1, 1, _natives)))
            {
                return false;
            }

            _turnGeneration++;
            _turnCopy = _turnCopy == First ? Second : First;
            return true;
        }

        // The first save of an entry begins with its first copy: one that is torn beside a second one that was never there is what a cut
        // leaves of a save that was never over. Anything else that is there and not whole was whole once.
        private static StoreStatus StatusOfNone(StoreEntry first, StoreEntry second)
        {
            return second.Status == StoreStatus.Absent ? StoreStatus.Absent : StoreStatus.Unreadable;
        }

        private static bool IsNewer(StoreEntry first, StoreEntry second)
        {
            return first.Status == StoreStatus.Ok && (second.Status != StoreStatus.Ok || first.Generation >= second.Generation);
        }

        private static uint NewestOf(StoreEntry first, StoreEntry second)
        {
            uint newest = first.Status == StoreStatus.Ok ? first.Generation : 0;
            return second.Status == StoreStatus.Ok && second.Generation > newest ? second.Generation : newest;
        }

        private static bool IsName(string name)
        {
            if (name == null || name.Length == 0 || name.Length > LongestName)
            {
                return false;
            }

            foreach (char c in name)
            {
                if ((c < 'A' || c > 'Z') && (c < '0' || c > '9'))
                {
                    return false;
                }
            }

            return true;
        }

        private StoreEntry Read(string file)
        {
            StoreEntry entry = ReadOnce(Drive + file);
            for (int tries = 1; tries < Tries && entry.Status == StoreStatus.Unreadable; tries++)
            {
                entry = ReadOnce(Drive + file);
            }

            return entry;
        }

        private StoreEntry ReadOnce(string path)
        {
            try
            {
                if (!File.Exists(path))
                {
                    return StoreEntry.Absent();
                }

                FileStream stream = new FileStream(path, FileMode.Open, FileAccess.Read);
                try
                {
                    long length = stream.Length;

                    // A file of another program, or damage: no memory is taken for a length that is not ours.
                    if (length > StoreEntry.HeaderBytes + StoreEntry.LongestContent)
                    {
                        return StoreEntry.Unreadable();
                    }

                    byte[] file = new byte[(int)length];
                    int at = 0;
                    while (at < file.Length)
                    {
                        // The runtime may give fewer bytes than asked for; none at all means that the file is shorter than it says.
                        int got = stream.Read(file, at, file.Length - at);
                        if (got <= 0)
                        {
                            return StoreEntry.Unreadable();
                        }

                        at += got;
                    }

                    return StoreEntry.Unpack(file, _natives);
                }
                finally
                {
                    stream.Close();
                }
            }
            catch (Exception e) when (FileErrors.IsFailure(e))
            {
                return StoreEntry.Unreadable();
            }
        }

        private bool WriteChecked(string file, byte[] bytes, uint generation)
        {
            for (int tries = 0; tries < Tries; tries++)
            {
                if (!Write(file, bytes))
                {
                    continue;
                }

                StoreEntry written = Read(file);
                if (written.Status == StoreStatus.Ok && written.Generation == generation)
                {
                    return true;
                }
            }

            return false;
        }

        private static bool Write(string file, byte[] bytes)
        {
            try
            {
                FileStream stream = new FileStream(Drive + file, FileMode.Create, FileAccess.Write);
                try
                {
                    stream.Write(bytes, 0, bytes.Length);
                }
                finally
                {
                    stream.Close();
                }

                return true;
            }
            catch (Exception e) when (FileErrors.IsFailure(e))
            {
                return false;
            }
        }
    }
}
