// SPDX-License-Identifier: MIT

using System;
using System.Formats.Tar;
using System.IO;

namespace Lapel.Verify
{
    /// <summary>Tells files from pipes, sockets and devices, which may stand under any name and must not be opened.</summary>
    internal static class RegularFile
    {
        /// <summary>What is said of another.</summary>
        public const string None = "it is no regular file but a pipe, a socket or a device";

        /// <summary>
        /// Whether a file is one. All others show a length of 0: only such a one is looked at more closely.
        /// </summary>
        public static bool Is(string path)
        {
            if (OperatingSystem.IsWindows() || new FileInfo(path).Length > 0)
            {
                return true;
            }

            // Of what the runtime offers only the writer of tar archives tells one from the other without opening it.
            string whole = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
            using var archive = new MemoryStream();
            try
            {
                using (var writer = new TarWriter(archive, TarEntryFormat.Pax, leaveOpen: true))
                {
                    writer.WriteEntry(whole, "file");
                }
            }
            catch (IOException)
            {
                return false;
            }

            archive.Position = 0;
            using var reader = new TarReader(archive);
            return reader.GetNextEntry()?.EntryType == TarEntryType.RegularFile;
        }
    }
}
