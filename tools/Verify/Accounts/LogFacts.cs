// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Linq;

namespace Lapel.Verify
{
    /// <summary>What an audit log knows of recordings, and how far back.</summary>
    internal sealed class LogFacts
    {
        // How a log was found, as the field at 94 of a sector says it (FORMAT.md 9.2): on another card in between.
        private const int GoneOn = 2;

        private readonly ILookup<uint, AuditEntry> _byRecording;

        public LogFacts(AuditResult log)
        {
            Log = log;
            _byRecording = log.Entries.Where(e => Number(e) != null).ToLookup(e => Number(e)!.Value);
            int from = Start(log);
            FirstReached =
                log.Sectors.Count == 0 ? null
                : log.Sectors[from].Before == 0 && !log.Sectors[from].FollowsOverwritten ? 1
                : log
                    .Sectors.Skip(from)
                    .SelectMany(s => s.Entries)
                    .Where(e => e.Kind is AuditKind.RecordingBegan or AuditKind.RecordingClosed)
                    .Select(Number)
                    .FirstOrDefault();
            Elsewhere =
            [
                .. Enumerable
                    .Range(1, Math.Max(0, log.Sectors.Count - 1))
                    .Where(i => log.Sectors[i].Found == GoneOn && log.Sectors[i].Parent != log.Sectors[i - 1])
                    .Select(i => log.Sectors[i].Sequence),
            ];
        }

        public AuditResult Log { get; }

        /// <summary>
        /// Number of the first recording of which the log holds all that was entered; null when it holds nothing whole of any.
        /// </summary>
        public uint? FirstReached { get; }

        /// <summary>Sequence numbers of sectors before which the log says that it was on another card.</summary>
        public IReadOnlyList<long> Elsewhere { get; }

        /// <summary>Whether everything that was entered of a recording is in the log.</summary>
        public bool Reaches(uint recording) => recording >= FirstReached;

        /// <summary>Numbers of the recordings that entries speak of, in order.</summary>
        public IEnumerable<uint> Numbers => _byRecording.Select(g => g.Key).Order();

        /// <summary>The entries of a kind about a recording.</summary>
        public IEnumerable<AuditEntry> Of(AuditKind kind, uint recording) => _byRecording[recording].Where(e => e.Kind == kind);

        /// <summary>The entries about a recording, in order.</summary>
        public IEnumerable<AuditEntry> Of(uint recording) => _byRecording[recording];

        /// <summary>Whether the log was on another card somewhere between two entries; null: the beginning or the end of the log.</summary>
        public bool WasElsewhere(AuditEntry? before, AuditEntry? after) =>
            Elsewhere.Any(s => s > (before?.Sequence ?? 0) && s <= (after?.Sequence ?? long.MaxValue));

        /// <summary>The first 8 bytes of the close digest that an entry about a release states; null when it states none.</summary>
        public static ulong? Digest(AuditEntry entry) => entry.Data.Length >= 8 ? BoxBytes.U64(entry.Data, 0) : null;

        private static uint? Number(AuditEntry e) =>
            e.Kind switch
            {
                AuditKind.RecordingBegan or AuditKind.RecordingClosed => e.Code > 0 ? (uint)e.Code : null,
                AuditKind.Released or AuditKind.ClosedByRecovery => e.First is > 0 and <= uint.MaxValue ? (uint)e.First : null,
                _ => null,
            };

        // Where the part begins that leads without a hole to the end; that the chain was on another card in between is none.
        private static int Start(AuditResult log)
        {
            int i = log.Sectors.Count - 1;
            while (i > 0 && (log.Sectors[i].Parent == log.Sectors[i - 1] || log.Sectors[i].Found == GoneOn))
            {
                i--;
            }

            return Math.Max(0, i);
        }
    }
}
