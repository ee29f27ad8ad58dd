// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Hal.Virtual
{
    /// <summary>
    /// Where a simulated volume keeps its bytes. Paths are relative, '/'-separated, upper case. Errors are host exceptions; the volume
    /// turns them into the device's.
    /// </summary>
    public interface IMedium
    {
        /// <summary>Whether a file exists.</summary>
        bool FileExists(string path);

        /// <summary>Whether a folder exists; the root does.</summary>
        bool FolderExists(string path);

        /// <summary>Creates one folder.</summary>
        void CreateFolder(string path);

        /// <summary>Creates an empty file or empties an existing one.</summary>
        void Create(string path);

        /// <summary>Deletes a file.</summary>
        void Delete(string path);

        /// <summary>Renames a file.</summary>
        void Move(string from, string to);

        /// <summary>A file's length.</summary>
        long Length(string path);

        /// <summary>Changes a file's length; what it gains has unspecified content.</summary>
        void SetLength(string path, long length);

        /// <summary>Reads inside the file.</summary>
        void Read(string path, long position, Span<byte> into);

        /// <summary>Writes inside the file.</summary>
        void Write(string path, long position, ReadOnlySpan<byte> data);

        /// <summary>Bytes of clusters in use, when each file takes whole clusters of this size.</summary>
        long Used(int clusterBytes);
    }
}
