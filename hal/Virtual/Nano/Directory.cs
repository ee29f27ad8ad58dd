// SPDX-License-Identifier: MIT

namespace Lapel.Hal.Virtual.Nano
{
    /// <summary>nanoFramework's Directory as far as the drivers use it.</summary>
    public static class Directory
    {
        /// <summary>Whether the folder exists.</summary>
        public static bool Exists(string path) => Drives.Find(path, out string inside).FolderExists(inside);

        /// <summary>Creates one folder; its parent must exist.</summary>
        public static void CreateDirectory(string path) => Drives.Find(path, out string inside).CreateFolder(inside);
    }
}
