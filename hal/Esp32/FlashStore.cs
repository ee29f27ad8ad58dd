// SPDX-License-Identifier: MIT

using System;
using System.IO;

namespace Lapel.Hal.Esp32
{
    /// <summary>
    /// Entries as files on the internal drive I:. A new content goes to NAME.NEW in full, is closed, and only then takes the place of
    /// NAME.DAT; a complete NAME.NEW is therefore always the newest, and takes its place when it is read, should a cut have come between.
    /// </summary>
    public sealed class FlashStore : IInternalStore
    {
        private const string Drive = "I:\\";
        private const string Current = ".DAT";
        private const string Coming = ".NEW";
        private const int LongestName = 8;

        private readonly INatives _natives;

        /// <summary>The store; its natives do the CRC.</summary>
        public FlashStore(INatives natives)
        {
            _natives = natives;
        }

        /// <inheritdoc/>
        public byte[] Load(string name)
        {
            if (!IsName(name))
            {
                return null;
            }

            byte[] coming = LoadFile(Drive + name + Coming);
            if (coming == null)
            {
                return LoadFile(Drive + name + Current);
            }

            Finish(name);
            return coming;
        }

        // A cut left the replacement half done: the old content, which may be a secret that was erased, must not stay beside the new.
        private static void Finish(string name)
        {
            try
            {
                Replace(Drive + name + Current, Drive + name + Coming);
            }
            catch (Exception e) when (FileErrors.IsFailure(e))
            {
                // The new content is whole and was read: it is the one that counts either way.
            }
        }

        /// <inheritdoc/>
        public bool Save(string name, byte[] content)
        {
            if (!IsName(name) || content == null || content.Length > StoreEntry.LongestContent)
            {
                return false;
            }

            string current = Drive + name + Current;
            string coming = Drive + name + Coming;
            try
            {
                // A replacement that a cut left half done holds the newest content: it must be in place before its file is used again.
                if (LoadFile(coming) != null)
                {
                    Replace(current, coming);
                }

                FileStream stream = new FileStream(coming, FileMode.Create, FileAccess.Write);
                try
                {
                    byte[] file = StoreEntry.Pack(content, _natives);
                    stream.Write(file, 0, file.Length);
                }
                finally
                {
                    stream.Close();
                }

                if (LoadFile(coming) == null)
                {
                    return false;
                }

                Replace(current, coming);
                return true;
            }
            catch (Exception e) when (FileErrors.IsFailure(e))
            {
                return false;
            }
        }

        private static void Replace(string current, string coming)
        {
            // Move fails when the target exists.
            File.Delete(current);
            File.Move(coming, current);
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

        private byte[] LoadFile(string path)
        {
            try
            {
                if (!File.Exists(path))
                {
                    return null;
                }

                FileStream stream = new FileStream(path, FileMode.Open, FileAccess.Read);
                try
                {
                    long length = stream.Length;
                    if (length > StoreEntry.HeaderBytes + StoreEntry.LongestContent)
                    {
                        return null;
                    }

                    byte[] file = new byte[(int)length];
                    int at = 0;
                    while (at < file.Length)
                    {
                        int got = stream.Read(file, at, file.Length - at);
                        if (got <= 0)
                        {
                            return null;
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
                return null;
            }
        }
    }
}
