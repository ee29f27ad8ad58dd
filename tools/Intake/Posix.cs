// SPDX-License-Identifier: MIT

using System;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Lapel.Intake
{
    /// <summary>
    /// What the file system offers and .NET does not. Elsewhere than on Linux nothing is done: renames are journalled there.
    /// </summary>
    internal static class Posix
    {
        private const int ReadOnly = 0,
            DontNeed = 4;

        /// <summary>Syncs a folder, so that a rename in it outlives a power cut.</summary>
        public static void SyncFolder(string path)
        {
            if (!OperatingSystem.IsLinux())
            {
                return;
            }

            int folder = Open(path, ReadOnly);
            if (folder < 0)
            {
                return;
            }

            Sync(folder);
            Close(folder);
        }

        /// <summary>Drops a file's pages; those that are not on the disk yet stay.</summary>
        public static void Forget(SafeFileHandle file)
        {
            if (OperatingSystem.IsLinux())
            {
                Advise(file, 0, 0, DontNeed);
            }
        }

        [DllImport("libc", EntryPoint = "open")]
        private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

        [DllImport("libc", EntryPoint = "fsync")]
        private static extern int Sync(int file);

        [DllImport("libc", EntryPoint = "close")]
        private static extern int Close(int file);

        [DllImport("libc", EntryPoint = "posix_fadvise")]
        private static extern int Advise(SafeFileHandle file, long offset, long length, int advice);
    }
}
