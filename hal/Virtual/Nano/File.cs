// SPDX-License-Identifier: MIT

namespace Lapel.Hal.Virtual.Nano
{
    /// <summary>nanoFramework's File as far as the drivers use it.</summary>
    public static class File
    {
        /// <summary>Whether the file exists.</summary>
        public static bool Exists(string path) => Drives.Find(path, out string inside).FileExists(inside);

        /// <summary>Deletes a file; silent when there is none.</summary>
        public static void Delete(string path) => Drives.Find(path, out string inside).Delete(inside);

        /// <summary>Renames a file; fails when the target exists.</summary>
        public static void Move(string sourceFileName, string destFileName)
        {
            VirtualVolume volume = Drives.Find(sourceFileName, out string from);
            Drives.Find(destFileName, out string to);
            volume.Move(from, to);
        }
    }
}
