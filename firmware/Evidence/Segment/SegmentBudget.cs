// SPDX-License-Identifier: MIT

namespace Lapel.Evidence
{
    /// <summary>
    /// Room in a segment's slot. It is counted the same way when pre-event segments are planned and when they are written: checkpoints
    /// count with their greatest size, so that the two can never disagree on where a segment ends.
    /// </summary>
    public sealed class SegmentBudget
    {
        /// <summary>
        /// Greatest size of a checkpoint or close block that version 1 of this writer makes: a manifest with a full ledger is under 3,000
        /// bytes.
        /// </summary>
        public const int ManifestBlockBytes = 4096;

        /// <summary>Most fragments in a segment: their index fits one hashed block.</summary>
        public const int MaxFragments = 1400;

        /// <summary>A checkpoint is signed at least every so many milliseconds of footage.</summary>
        public const int CheckpointMs = 10000;

        private int _slotBytes;
        private int _used;
        private int _fragments;
        private int _signedFragments;
        private long _lastSignedMs;

        /// <summary>Fragments taken.</summary>
        public int Fragments
        {
            get { return _fragments; }
        }

        /// <summary>Least size of a slot into which one fragment fits.</summary>
        /// <param name="pictures">Pictures in the fragment, 1 to 24.</param>
        /// <param name="pictureBytes">Bytes of each.</param>
        /// <param name="isSealed">Whether the content is sealed.</param>
        public static int LeastSlotBytes(int pictures, int pictureBytes, bool isSealed)
        {
            int fragment = FragmentHeader.BlockSize(pictures, isSealed) + pictures * Sector.RoundUp(pictureBytes) + Sector.Size;
            return SegmentInit.MaxBytes + fragment + 2 * ManifestBlockBytes + IndexBlock.SizeFor(1);
        }

        /// <summary>Most bytes of a fragment that fits an empty slot.</summary>
        /// <param name="slotBytes">Size of the slot.</param>
        public static int MostFragmentBytes(int slotBytes)
        {
            return slotBytes - SegmentInit.MaxBytes - 2 * ManifestBlockBytes - IndexBlock.SizeFor(1);
        }

        /// <summary>Most bytes of a picture that fits an empty slot.</summary>
        /// <param name="slotBytes">Size of the slot.</param>
        /// <param name="isSealed">Whether the content is sealed.</param>
        public static int MostPictureBytes(int slotBytes, bool isSealed)
        {
            return MostFragmentBytes(slotBytes) - FragmentHeader.BlockSize(1, isSealed) - Sector.Size;
        }

        /// <summary>An empty segment.</summary>
        /// <param name="slotBytes">Size of the slot.</param>
        /// <param name="firstMs">Capture time of the segment's first frame.</param>
        public void Reset(int slotBytes, long firstMs)
        {
            _slotBytes = slotBytes;
            _used = SegmentInit.MaxBytes;
            _fragments = 0;
            _signedFragments = 0;
            _lastSignedMs = firstMs;
        }

        /// <summary>Whether a fragment still fits, with a checkpoint before it, the close and the index after it.</summary>
        /// <param name="fragmentBytes">Bytes of the whole fragment, header and trailer block included.</param>
        public bool Fits(int fragmentBytes)
        {
            return _fragments < MaxFragments
                && _used + fragmentBytes + 2 * ManifestBlockBytes + IndexBlock.SizeFor(_fragments + 1) <= _slotBytes;
        }

        /// <summary>
        /// Whether a checkpoint must come before a fragment, so that no 10 s of footage are without a signature. Not when nothing was
        /// written since the last one: a picture may stand for more than 10 s.
        /// </summary>
        /// <param name="fragmentEndMs">Monotonic time at which the fragment ends.</param>
        public bool CheckpointDue(long fragmentEndMs)
        {
            return _fragments > _signedFragments && fragmentEndMs - _lastSignedMs > CheckpointMs;
        }

        /// <summary>A checkpoint was written.</summary>
        /// <param name="nextFragmentMs">Monotonic capture time at which the next fragment begins.</param>
        public void TakeCheckpoint(long nextFragmentMs)
        {
            _used += ManifestBlockBytes;
            _signedFragments = _fragments;
            _lastSignedMs = nextFragmentMs;
        }

        /// <summary>A fragment was written.</summary>
        /// <param name="bytes">Bytes of the whole fragment.</param>
        public void TakeFragment(int bytes)
        {
            _used += bytes;
            _fragments++;
        }
    }
}
