// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Intake
{
    /// <summary>A file being written.</summary>
    public interface IStoreFile : IDisposable
    {
        /// <summary>Writes at a place.</summary>
        void Write(long offset, ReadOnlySpan<byte> bytes);

        /// <summary>Returns when the bytes are on the disk.</summary>
        void Sync();
    }
}
