// SPDX-License-Identifier: MIT

using System.IO;

namespace Lapel.Locks
{
    /// <summary>A folder in which another process is at work.</summary>
    public sealed class FolderLockedException : IOException
    {
        /// <param name="folder">The folder.</param>
        /// <param name="holder">Who is at work there, as far as is known.</param>
        public FolderLockedException(string folder, string holder)
            : base(folder + " is in use by " + holder + ": nothing was changed in it") { }
    }
}
