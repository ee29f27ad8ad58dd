// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.IO;

namespace Lapel.Verify
{
    /// <summary>One file with sectors of an audit log.</summary>
    /// <param name="Path">Where it lies.</param>
    /// <param name="Name">Its name in reports.</param>
    /// <param name="Overwritten">Whether it is a store's file of sectors that the camera has overwritten since, one after another, and not
    /// a copy of the card's.</param>
    public sealed record AuditLogFile(string Path, string Name, bool Overwritten)
    {
        /// <summary>
        /// Its sectors, and in <paramref name="result"/> what was found on the way. Throws <see cref="IOException"/> or
        /// <see cref="UnauthorizedAccessException"/> when it cannot be read.
        /// </summary>
        internal List<AuditSector> Read(AuditResult result)
        {
            using var source = new FileSource(Path);
            return Overwritten ? OverwrittenLogReader.Read(source, Name, result) : AuditLogReader.Read(source, Name, result);
        }
    }
}
