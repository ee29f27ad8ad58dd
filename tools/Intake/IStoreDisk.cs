// SPDX-License-Identifier: MIT

using System;
using System.IO;

namespace Lapel.Intake
{
    /// <summary>
    /// The disk under a store. What fails throws <see cref="IOException"/> or <see cref="System.UnauthorizedAccessException"/>.
    /// </summary>
    public interface IStoreDisk
    {
        /// <summary>Makes a folder and those above it.</summary>
        void MakeFolder(string path);

        /// <summary>
        /// Holds a folder for this process until it is given back. Throws <see cref="StoreException"/> when another holds it.
        /// </summary>
        IDisposable Lock(string folder);

        /// <summary>Whether a file is there.</summary>
        bool Exists(string path);

        /// <summary>A file's length; 0 when it is not there.</summary>
        long Length(string path);

        /// <summary>A file's bytes; null when it is not there or longer than <paramref name="most"/>.</summary>
        byte[]? Read(string path, int most);

        /// <summary>Writes a whole small file under a temporary name, syncs it to disk, then gives it its name.</summary>
        void Write(string path, byte[] content);

        /// <summary>Opens a file for writing, at a length; what was there stays.</summary>
        IStoreFile Open(string path, long length);

        /// <summary>Gives a file another name, never one that is taken, and syncs the folder.</summary>
        void Move(string from, string to);

        /// <summary>Deletes a file if it is there.</summary>
        void Delete(string path);

        /// <summary>
        /// Forgets what the machine keeps in memory of a file, so that the next reading is from the disk, as far as the system allows.
        /// </summary>
        void ForgetCached(string path);
    }
}
