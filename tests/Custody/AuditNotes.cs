// SPDX-License-Identifier: MIT

using System;
using Lapel.Evidence;

namespace Lapel.Custody.Tests
{
    /// <summary>Keeps what was entered in the audit log.</summary>
    public sealed class AuditNotes : IAudit
    {
        private const int Room = 4096;

        private readonly AuditKind[] _kinds = new AuditKind[Room];
        private readonly int[] _codes = new int[Room];
        private readonly byte[][] _data = new byte[Room][];

        public int Count { get; private set; }

        /// <summary>Whether what was entered is on the card.</summary>
        public bool IsSettled { get; set; } = true;

        /// <inheritdoc/>
        public bool Settle()
        {
            return IsSettled;
        }

        /// <summary>How many entries there were when the log was finished; -1 while it is not.</summary>
        public int Finished { get; private set; } = -1;

        /// <inheritdoc/>
        public void Finish()
        {
            Finished = Count;
        }

        public long LastFirst { get; private set; }

        public long LastSecond { get; private set; }

        public void Add(AuditKind kind, int code, long first, long second, byte[] data)
        {
            if (data != null && data.Length > 64)
            {
                throw new ArgumentException("an entry has at most 64 bytes of data");
            }

            int at = Count % Room;
            _kinds[at] = kind;
            _codes[at] = code;
            _data[at] = data;
            LastFirst = first;
            LastSecond = second;
            Count++;
        }

        public AuditKind LastKind
        {
            get { return _kinds[(Count - 1) % Room]; }
        }

        public int LastCode
        {
            get { return _codes[(Count - 1) % Room]; }
        }

        public byte[] Data(int index)
        {
            return _data[index];
        }

        /// <summary>How many entries of a kind there are.</summary>
        public int CountOf(AuditKind kind)
        {
            int found = 0;
            for (int i = 0; i < Count && i < Room; i++)
            {
                if (_kinds[i] == kind)
                {
                    found++;
                }
            }

            return found;
        }
    }
}
