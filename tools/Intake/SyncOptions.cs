// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Intake
{
    /// <summary>How to sync.</summary>
    public sealed record SyncOptions
    {
        /// <summary>The store's folder.</summary>
        public required string Folder { get; init; }

        /// <summary>The disk under it.</summary>
        public IStoreDisk Disk { get; init; } = new FileDisk();

        /// <summary>Which segments.</summary>
        public SyncQuery Query { get; init; } = new();

        /// <summary>The archive, when stored segments are to be released on the camera; else null.</summary>
        public IArchive? Archive { get; init; }

        /// <summary>The clock of this machine, for records and receipts.</summary>
        public Func<DateTime> UtcNow { get; init; } = () => DateTime.UtcNow;

        /// <summary>Highest rate, bits a second.</summary>
        public int MostBaud { get; init; } = 3_000_000;

        /// <summary>Whether the camera's clock is set first, once a sync; never while it records.</summary>
        public bool SetsClock { get; init; }

        /// <summary>
        /// Whether the role of a dock is kept at the end, as a dock does that the camera stays in; else it is given back.
        /// </summary>
        public bool StaysLoggedIn { get; init; }

        /// <summary>Whether a camera that is not there yet is waited for too.</summary>
        public bool WaitsAtFirst { get; init; }

        /// <summary>How long to wait for a camera that was unplugged, restarts, or records.</summary>
        public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);
    }
}
