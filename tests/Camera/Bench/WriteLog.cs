// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using Lapel.Hal.Virtual;

namespace Lapel.WholeCamera.Tests
{
    /// <summary>When each sector of a slot reached the card: microseconds since boot, at the end of the write it was part of.</summary>
    internal sealed class WriteLog(VirtualClock clock) : ISectorObserver
    {
        public List<(long AtUs, string Path, long Sector)> Writes { get; } = [];

        public void BeforeWrite(string path, long sector, ReadOnlySpan<byte> data512)
        {
            if (path.EndsWith(".MP4", StringComparison.Ordinal))
            {
                Writes.Add((clock.NowUs, path, sector));
            }
        }
    }
}
