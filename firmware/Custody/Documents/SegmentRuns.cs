// SPDX-License-Identifier: MIT

using Lapel.Evidence;

namespace Lapel.Custody
{
    /// <summary>Segments as a certificate lists them: runs of one recording in consecutive slots; what finds no room is counted.</summary>
    /// <remarks>
    /// A full card has thousands of segments, a certificate 4 KB. Recordings lie in consecutive slots, so runs are few; what the limit
    /// leaves out is counted, never passed over.
    /// </remarks>
    public sealed class SegmentRuns
    {
        /// <summary>Most runs that are listed: with both lists full a certificate fits an entry of internal storage.</summary>
        public const int MaxRuns = 64;

        private readonly int[] _recordings = new int[MaxRuns];
        private readonly int[] _firsts = new int[MaxRuns];
        private readonly int[] _counts = new int[MaxRuns];
        private int _runs;

        /// <summary>Segments noted.</summary>
        public int Segments { get; private set; }

        /// <summary>Segments that are not listed.</summary>
        public int Unlisted { get; private set; }

        /// <summary>Begins anew.</summary>
        public void Clear()
        {
            _runs = 0;
            Segments = 0;
            Unlisted = 0;
        }

        /// <summary>Notes a segment.</summary>
        public void Add(int recording, int segment)
        {
            Segments++;
            int last = _runs - 1;

            // Once something was left out nothing more is appended: the list ends where it is complete, and the count says what comes
            // after.
            if (_runs > 0 && Unlisted == 0 && _recordings[last] == recording && _firsts[last] + _counts[last] == segment)
            {
                _counts[last]++;
            }
            else if (_runs < MaxRuns)
            {
                _recordings[_runs] = recording;
                _firsts[_runs] = segment;
                _counts[_runs++] = 1;
            }
            else
            {
                Unlisted++;
            }
        }

        /// <summary>Writes the list: an array of [recording, first segment, segments].</summary>
        public void Put(CborWriter cbor)
        {
            cbor.BeginArray(_runs);
            for (int i = 0; i < _runs; i++)
            {
                cbor.BeginArray(3);
                cbor.Int(_recordings[i]);
                cbor.Int(_firsts[i]);
                cbor.Int(_counts[i]);
            }
        }
    }
}
