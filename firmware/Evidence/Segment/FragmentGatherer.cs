// SPDX-License-Identifier: MIT

namespace Lapel.Evidence
{
    /// <summary>
    /// Decides where one fragment ends and the next begins. The same rule plans the pre-event segments, writes
    /// them, and writes the live ones, so that what was planned is what happens (FORMAT.md 3.2).
    /// </summary>
    public sealed class FragmentGatherer
    {
        /// <summary>A fragment ends with the first frame this many milliseconds after its own first.</summary>
        public const int FragmentMs = 500;

        /// <summary>Most frames in a fragment: 24 `trun` boxes still fit a header block of 1,024 bytes.</summary>
        public const int MaxFrames = 24;

        // One of the chain's 63 blocks is the header block.
        private const int MaxFrameBlocks = Chain.MaxBlocks - 1;

        // The largest header block, and the trailer.
        private const int MostOverhead = 3 * Sector.Size;

        private int _first;
        private int _count;
        private int _frameBytes;
        private int _mostFrameBytes = int.MaxValue;
        private int _frameBlocks;
        private long _firstMs;

        /// <summary>
        /// Most bytes of a fragment, <see cref="SegmentBudget.MostFragmentBytes"/> of the slots: it ends early rather than fit no slot.
        /// </summary>
        public int MostBytes
        {
            set { _mostFrameBytes = value - MostOverhead; }
        }

        /// <summary>Whether the content is sealed: the header block is larger then.</summary>
        public bool IsSealed { get; set; }

        /// <summary>Serial of the first frame.</summary>
        public int First
        {
            get { return _first; }
        }

        /// <summary>Frames gathered.</summary>
        public int Count
        {
            get { return _count; }
        }

        /// <summary>Bytes of the frames, padding included.</summary>
        public int FrameBytes
        {
            get { return _frameBytes; }
        }

        /// <summary>Bytes of the fragment as it would be written now.</summary>
        public int Bytes
        {
            get { return FragmentHeader.BlockSize(_count, IsSealed) + _frameBytes + Sector.Size; }
        }

        /// <summary>Begins an empty fragment.</summary>
        public void Reset()
        {
            _count = 0;
            _frameBytes = 0;
            _frameBlocks = 0;
        }

        /// <summary>Takes the next frame.</summary>
        /// <param name="frames">Where the frames are.</param>
        /// <param name="serial">Serial of the frame; the one after the last that was taken.</param>
        /// <returns>
        /// False when the fragment is complete without it: it would be longer than 500 ms, 24 frames, 63 blocks or an empty slot. The frame
        /// belongs to the next.
        /// </returns>
        public bool Accept(IFrames frames, int serial)
        {
            int stored = Sector.RoundUp(frames.Length(serial));
            int blocks = (stored + Digests.MaxBlock - 1) / Digests.MaxBlock;
            long ms = frames.TimeMs(serial);
            if (_count == 0)
            {
                _first = serial;
                _firstMs = ms;
            }
            else if (
                ms - _firstMs >= FragmentMs
                || _count == MaxFrames
                || _frameBlocks + blocks > MaxFrameBlocks
                || _frameBytes + stored > _mostFrameBytes
            )
            {
                return false;
            }

            _count++;
            _frameBytes += stored;
            _frameBlocks += blocks;
            return true;
        }
    }
}
