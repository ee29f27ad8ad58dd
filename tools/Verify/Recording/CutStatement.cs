// SPDX-License-Identifier: MIT

using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;

namespace Lapel.Verify
{
    /// <summary>
    /// What the camera signed in its log of a recording that was cut: what it had committed to (FORMAT.md 7.2). It excuses segments that
    /// never reached the card, and none that did.
    /// </summary>
    public sealed class CutStatement
    {
        private const int Bytes = 16;
        private const int WindowMs = 8500;
        private const int LeastMs = 1000;

        private readonly AuditEntry _entry;
        private readonly HashSet<long> _recovered;

        private CutStatement(AuditEntry entry, HashSet<long> recovered) => (_entry, _recovered) = (entry, recovered);

        private int Segment => BinaryPrimitives.ReadInt32BigEndian(_entry.Data);

        private int Fragments => BinaryPrimitives.ReadInt32BigEndian(_entry.Data.AsSpan(4));

        private int PreSegment => BinaryPrimitives.ReadInt32BigEndian(_entry.Data.AsSpan(8));

        private int PreFragments => BinaryPrimitives.ReadUInt16BigEndian(_entry.Data.AsSpan(12));

        /// <summary>The statement of an entry by itself; null when it is none.</summary>
        public static CutStatement? Read(AuditEntry entry) =>
            entry.Kind == AuditKind.CutRecording && entry.Data.Length == Bytes ? new CutStatement(entry, []) : null;

        /// <summary>The statement on a recording; null when there is none that counts.</summary>
        /// <param name="first">A segment of it.</param>
        /// <param name="audits">The logs.</param>
        public static CutStatement? Of(SegmentResult first, IEnumerable<AuditResult> audits)
        {
            SegmentHeader header = first.Header!;
            long number = header.RecordingNumber;
            foreach (AuditResult log in audits.Where(a => a.DeviceId.AsSpan().SequenceEqual(first.DeviceId)))
            {
                List<AuditEntry> own = [.. log.Entries.Where(e => e.Signed && (e.First == number || e.Code == number))];
                bool isClosed = own.Exists(e => e.Kind == AuditKind.RecordingClosed && e.Code == number && e.Data.Length > 0);
                AuditEntry? entry = own.Find(e =>
                    e.Kind == AuditKind.CutRecording
                    && e.First == number
                    && e.Data.Length == Bytes
                    && (e.Boot > header.Boot || (e.Boot == header.Boot && e.Monotonic > (long)header.ZeroMonotonic))
                );
                if (entry != null && !isClosed)
                {
                    IEnumerable<AuditEntry> recovered = own.Where(e => e.Kind == AuditKind.ClosedByRecovery && e.First == number);
                    return new CutStatement(entry, [.. recovered.Select(e => e.Second)]);
                }
            }

            return null;
        }

        /// <summary>Whether a segment may be absent though nobody took it away.</summary>
        /// <param name="segment">Its number.</param>
        /// <param name="firstLive">k.</param>
        public bool Excuses(uint segment, uint firstLive)
        {
            if (_recovered.Contains(segment))
            {
                return false;
            }

            if (Segment < 0)
            {
                return true;
            }

            return segment < firstLive
                ? (_entry.Code & 2) == 0 && (segment > PreSegment || (segment == PreSegment && PreFragments == 0))
                : segment > Segment || (segment == Segment && Fragments == 0 && (_entry.Code & 1) == 0);
        }

        /// <summary>Milliseconds of live footage that are lost at most.</summary>
        /// <param name="endMs">Where the last segment that is there ends, ms since recording zero.</param>
        public ulong Bound(long endMs) => (ulong)Math.Max(LeastMs, _entry.Second + WindowMs - endMs);
    }
}
