// SPDX-License-Identifier: MIT

namespace Lapel.Evidence
{
    /// <summary>
    /// How far a recording had come on the card when the device last committed to it (FORMAT.md 7.1): its live segments and its
    /// pre-event segments, each in one chain. What comes before the segment named here was closed.
    /// </summary>
    public sealed class Commitment
    {
        /// <summary>Number of the recording.</summary>
        public int Number;

        /// <summary>k, the number of the first live segment.</summary>
        public int FirstLive;

        /// <summary>The live segment that was being written; -1 as long as nothing of the recording is committed.</summary>
        public int Segment = -1;

        /// <summary>Fragments of it that were on the card.</summary>
        public int Fragments;

        /// <summary>Where the last of them ends, ms since recording zero; without one, where the segment begins.</summary>
        public int EndMs;

        /// <summary>Chain value that the last of them states, 32 bytes; zero without one.</summary>
        public readonly byte[] Chain = new byte[Digests.Size];

        /// <summary>Whether the live segment named here was closed, by the recording's last close or by recovery.</summary>
        public bool IsClosed;

        /// <summary>The pre-event segment that was being written.</summary>
        public int PreSegment;

        /// <summary>Fragments of it that were on the card.</summary>
        public int PreFragments;

        /// <summary>Where the last of them ends, ms since recording zero.</summary>
        public int PreEndMs;

        /// <summary>Whether all pre-event segments were closed.</summary>
        public bool IsPreClosed;

        /// <summary>Whether the device had closed a segment.</summary>
        public bool HasClosed(int segment)
        {
            if (segment < FirstLive)
            {
                return IsPreClosed || segment < PreSegment;
            }

            return segment < Segment || (IsClosed && segment == Segment);
        }

        /// <summary>Fragments of a segment that the device is known to have written to the card: 0 too when that is not said.</summary>
        public int FragmentsOf(int segment)
        {
            if (segment < FirstLive)
            {
                return segment == PreSegment ? PreFragments : 0;
            }

            return segment == Segment ? Fragments : 0;
        }

        /// <summary>Flags of a log entry: bit 0 the live segment named is closed, bit 1 all pre-event segments are.</summary>
        public int Flags
        {
            get { return (IsClosed ? 1 : 0) | (IsPreClosed ? 2 : 0); }
        }

        /// <summary>What a log entry states of it (FORMAT.md 9.1, note 13), 16 bytes.</summary>
        public byte[] Put()
        {
            var data = new byte[16];
            BigEndian.Put32(data, 0, Segment);
            BigEndian.Put32(data, 4, Fragments);
            BigEndian.Put32(data, 8, PreSegment);
            BigEndian.Put16(data, 12, PreFragments);
            BigEndian.Put16(data, 14, FirstLive);
            return data;
        }

        /// <summary>Whether nothing of it can be open on a card any more.</summary>
        public bool IsOver
        {
            get { return IsClosed && (IsPreClosed || FirstLive == 0); }
        }
    }
}
