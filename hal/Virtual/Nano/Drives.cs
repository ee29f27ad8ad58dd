// SPDX-License-Identifier: MIT

using Code = Lapel.Hal.Virtual.Nano.IOException.IOExceptionErrorCode;

namespace Lapel.Hal.Virtual.Nano
{
    /// <summary>Finds the volume of a device path such as D:\LAPEL\A.</summary>
    internal static class Drives
    {
        /// <summary>The volume of a path, and the path within it, '/'-separated and in upper case as FAT keeps short names.</summary>
        public static VirtualVolume Find(string path, out string inside)
        {
            if (path.Length < 3 || path[1] != ':' || path[2] != '\\')
            {
                throw new IOException("not an absolute path: " + path, Code.Others);
            }

            inside = path[3..].Replace('\\', '/').ToUpperInvariant();
            VirtualMachine machine = VirtualMachine.Current;
            switch (path[0])
            {
                case 'D' when machine.Card != null:
                    return machine.Card;
                case 'I':
                    return machine.Flash;
                default:
                    throw new IOException("no drive " + path[0], Code.VolumeNotFound);
            }
        }
    }
}
