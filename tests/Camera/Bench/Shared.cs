// SPDX-License-Identifier: MIT

using System;
using System.IO;

namespace Lapel.WholeCamera.Tests
{
    /// <summary>Files that stand beside the repository and are no part of it.</summary>
    internal static class Shared
    {
        /// <summary>
        /// The path of a shared file, by LAPEL_SHARED or beside the repository; null, with a line that says so, where it is absent.
        /// </summary>
        public static string? Find(string name)
        {
            string? shared = Environment.GetEnvironmentVariable("LAPEL_SHARED");
            for (DirectoryInfo? folder = new(AppContext.BaseDirectory); shared == null && folder != null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "Lapel.slnx")))
                {
                    shared = Path.Combine(folder.FullName, "..", "shared");
                }
            }

            string? path = shared == null ? null : Path.Combine(shared, name);
            if (path != null && File.Exists(path))
            {
                return path;
            }

            Console.WriteLine($"SKIPPED: there is no {path ?? name}; set LAPEL_SHARED to the folder of shared files");
            return null;
        }
    }
}
