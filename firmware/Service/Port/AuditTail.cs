// SPDX-License-Identifier: MIT

using Lapel.Evidence;
using Lapel.Hal;

namespace Lapel.Service
{
    /// <summary>
    /// On the way into the audit log: the newest entries are kept in memory for whoever stands at the port, what and when, never the data
    /// that an entry may carry.
    /// </summary>
    public sealed class AuditTail : IAudit
    {
        /// <summary>Entries kept.</summary>
        public const int Capacity = 64;

        private readonly IAudit _log;
        private readonly IClock _clock;

        // Parallel arrays in place of 64 objects: nothing is allocated when an entry is made. Data is left out: it may identify a station
        // or a configuration.
        private readonly int[] _kind = new int[Capacity];
        private readonly int[] _code = new int[Capacity];
        private readonly long[] _first = new long[Capacity];
        private readonly long[] _second = new long[Capacity];
        private readonly long[] _atMs = new long[Capacity];

        /// <summary>An empty tail.</summary>
        /// <param name="log">Where each entry goes on to.</param>
        /// <param name="clock">Dates them.</param>
        public AuditTail(IAudit log, IClock clock)
        {
            _log = log;
            _clock = clock;
        }

        /// <summary>Entries since boot; the newest has this number less one.</summary>
        public int Count { get; private set; }

        /// <summary>Number of the oldest entry that is kept.</summary>
        public int Oldest
        {
            get { return Count > Capacity ? Count - Capacity : 0; }
        }

        /// <inheritdoc/>
        public bool Settle()
        {
            return _log.Settle();
        }

        /// <inheritdoc/>
        public void Finish()
        {
            _log.Finish();
        }

        /// <inheritdoc/>
        public void Add(AuditKind kind, int code, long first, long second, byte[] data)
        {
            int place = Count & (Capacity - 1);
            _kind[place] = (int)kind;
            _code[place] = code;
            _first[place] = first;
            _second[place] = second;

            // By the same clock as the log's entry, which is made in the same call.
            _atMs[place] = _clock.Microseconds / 1000;
            Count++;
            _log.Add(kind, code, first, second, data);
        }

        /// <summary>What an entry says.</summary>
        public AuditKind Kind(int number)
        {
            return (AuditKind)_kind[number & (Capacity - 1)];
        }

        /// <summary>Its code.</summary>
        public int Code(int number)
        {
            return _code[number & (Capacity - 1)];
        }

        /// <summary>Its first number.</summary>
        public long First(int number)
        {
            return _first[number & (Capacity - 1)];
        }

        /// <summary>Its second number.</summary>
        public long Second(int number)
        {
            return _second[number & (Capacity - 1)];
        }

        /// <summary>When it was made, monotonic milliseconds.</summary>
        public long AtMs(int number)
        {
            return _atMs[number & (Capacity - 1)];
        }
    }
}
