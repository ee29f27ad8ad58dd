// SPDX-License-Identifier: MIT

using System;
using System.Globalization;
using System.IO;

namespace Lapel.Locks
{
    /// <summary>
    /// Holds a folder for one process. The system's own lock on a file in it decides, which ends with the process however that ends: so the
    /// lock of a dead process is nobody's, and the next one takes it over. The file stays, since deleting it could take it from under the
    /// next holder; a second one names the holder.
    /// </summary>
    public sealed class FolderLock : IDisposable
    {
        /// <summary>What the names of both files begin with. Readers of a card or store pass them over.</summary>
        public const string Name = ".lapel-lock";

        private const string HolderName = Name + "-holder";

        private readonly string _holder;
        private readonly FileStream _file;

        private FolderLock(string holder, FileStream file) => (_holder, _file) = (holder, file);

        /// <summary>
        /// Takes the folder, and makes it when it is not there. Throws <see cref="FolderLockedException"/> when another holds it, or the
        /// file system's exception.
        /// </summary>
        public static FolderLock Take(string folder)
        {
            Directory.CreateDirectory(folder);
            string path = Path.Combine(folder, Name),
                holder = Path.Combine(folder, HolderName);
            FileStream file;
            try
            {
                file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path))
            {
                throw new FolderLockedException(folder, Holder(holder));
            }

            string own = "process " + Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + " on " + Environment.MachineName;
            File.WriteAllText(holder, own);
            return new FolderLock(holder, file);
        }

        /// <summary>Gives the folder back.</summary>
        public void Dispose()
        {
            File.Delete(_holder);
            _file.Dispose();
        }

        private static string Holder(string path)
        {
            try
            {
                return File.ReadAllText(path) is { Length: > 0 and < 200 } text ? text : "another process";
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                return "another process";
            }
        }
    }
}
