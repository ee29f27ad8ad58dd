// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using Lapel.Intake;

namespace Lapel.Link.Tests
{
    /// <summary>Notes what a sync says.</summary>
    internal sealed class SyncWatch : ISyncWatch
    {
        public List<string> Said { get; } = [];

        public long Total { get; private set; }

        public long Most { get; private set; }

        /// <summary>Called with the bytes that are there.</summary>
        public Action<long>? OnBytes { get; init; }

        public void Begin(Hello hello, int segments, long bytes, int stored) => Said.Add($"begin {segments} segments, {stored} stored");

        public void Bytes(long done, long total)
        {
            Total = total;
            Most = Math.Max(Most, done);
            OnBytes?.Invoke(done);
        }

        public void Stored(SlotEntry entry, string path) => Said.Add($"stored {entry.Recording}/{entry.Segment}");

        public void Refused(SlotEntry entry, string why, string path) => Said.Add($"refused {entry.Recording}/{entry.Segment}: {why}");

        public void Released(SlotEntry entry) => Said.Add($"released {entry.Recording}/{entry.Segment}");

        public void Waits(string why) => Said.Add($"waits: {why}");
    }
}
