// SPDX-License-Identifier: MIT

using Lapel.Evidence;

namespace Lapel.App
{
    /// <summary>What is known of a recording that ended without being stopped, and that another one is to go on from.</summary>
    public sealed class ContinuedRecording
    {
        private const int IdBytes = 16;

        /// <summary>Its number.</summary>
        public int Number;

        /// <summary>Its id, 16 bytes.</summary>
        public byte[] Id;

        /// <summary>Monotonic time of this boot, ms, at which what the card has of it ends; -1 when it was another boot.</summary>
        public long EndMs = -1;

        /// <summary>UTC of its last commitment, milliseconds since 1970; 0 when that is not known.</summary>
        public long UtcMs;

        private readonly byte[] _data = new byte[IdBytes + 8 + Digests.Size];

        /// <summary>States what was last committed of it.</summary>
        /// <param name="commitment">The commitment; null when there is none.</param>
        public void Commit(Commitment commitment)
        {
            System.Array.Copy(Id, 0, _data, 0, IdBytes);
            BigEndian.Put32(_data, IdBytes, commitment == null ? -1 : commitment.Segment);
            if (commitment == null)
            {
                return;
            }

            BigEndian.Put32(_data, IdBytes + 4, commitment.Fragments);
            System.Array.Copy(commitment.Chain, 0, _data, IdBytes + 8, Digests.Size);
        }

        /// <summary>Id, segment, fragments and chain value, as entry 34 of the log has them (FORMAT.md 9.1): 56 bytes.</summary>
        public byte[] Data
        {
            get { return _data; }
        }

        /// <summary>From its end to a recording that begins, milliseconds, at most; -1 when that is not known.</summary>
        /// <param name="next">The recording that goes on from it.</param>
        public long GapTo(RecordingFacts next)
        {
            if (EndMs >= 0)
            {
                return next.ZeroMs > EndMs ? next.ZeroMs - EndMs : 0;
            }

            return UtcMs == 0 || next.ZeroUtcMs < UtcMs ? -1 : next.ZeroUtcMs - UtcMs;
        }
    }
}
