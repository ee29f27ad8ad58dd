// SPDX-License-Identifier: MIT

namespace Lapel.Evidence
{
    /// <summary>
    /// How many pre-event segments a recording needs: k. It is known before live footage is written, whose segments are numbered from k.
    /// </summary>
    public sealed class PreEventPlan
    {
        private readonly FragmentGatherer _gatherer = new FragmentGatherer();
        private readonly SegmentBudget _budget = new SegmentBudget();

        /// <summary>Whether the content is sealed.</summary>
        public bool IsSealed
        {
            get { return _gatherer.IsSealed; }
            set { _gatherer.IsSealed = value; }
        }

        /// <summary>
        /// Serial behind the last picture that is larger than an empty slot, of the frames that were counted last; the first frame's when
        /// there is none. With one there is no plan: it is asked for again from there.
        /// </summary>
        public int FirstFitting { get; private set; }

        /// <summary>Counts the pre-event segments for the frames from first to end (exclusive).</summary>
        /// <param name="frames">The frames.</param>
        /// <param name="first">Serial of the first pre-event frame.</param>
        /// <param name="end">Serial of the first live frame.</param>
        /// <param name="slotBytes">Bytes of a slot.</param>
        /// <param name="pressMs">
        /// Monotonic time of the press; bounds the last fragment's end from above well enough for checkpoints.
        /// </param>
        /// <returns>k; 0 without frames.</returns>
        public int Segments(IFrames frames, int first, int end, int slotBytes, long pressMs)
        {
            FirstFitting = first;
            if (first == end)
            {
                return 0;
            }

            if (SurelyOne(frames, first, end, slotBytes, pressMs))
            {
                return 1;
            }

            int segments = 1;
            _budget.Reset(slotBytes, frames.TimeMs(first));
            _gatherer.Reset();
            _gatherer.MostBytes = SegmentBudget.MostFragmentBytes(slotBytes);
            int mostPicture = SegmentBudget.MostPictureBytes(slotBytes, IsSealed);
            for (int serial = first; serial < end; serial++)
            {
                if (frames.Length(serial) > mostPicture)
                {
                    FirstFitting = serial + 1;
                }

                if (_gatherer.Accept(frames, serial))
                {
                    continue;
                }

                segments += Take(frames, frames.TimeMs(serial), slotBytes);
                _gatherer.Accept(frames, serial);
            }

            return segments + Take(frames, pressMs, slotBytes);
        }

        // A bound from above that costs little: the usual pre-event fits one slot many times over.
        private static bool SurelyOne(IFrames frames, int first, int end, int slotBytes, long pressMs)
        {
            int count = end - first;
            if (count > SegmentBudget.MaxFragments)
            {
                return false;
            }

            int checkpoints = (int)((pressMs - frames.TimeMs(first)) / SegmentBudget.CheckpointMs) + 1;
            long bytes = SegmentInit.MaxBytes + (long)(checkpoints + 2) * SegmentBudget.ManifestBlockBytes + IndexBlock.SizeFor(count);
            for (int serial = first; serial < end; serial++)
            {
                bytes += frames.Length(serial) + 3 * Sector.Size + Sector.Size;
            }

            return bytes <= slotBytes;
        }

        private int Take(IFrames frames, long endMs, int slotBytes)
        {
            int opened = 0;
            if (!_budget.Fits(_gatherer.Bytes))
            {
                _budget.Reset(slotBytes, frames.TimeMs(_gatherer.First));
                opened = 1;
            }
            else if (_budget.CheckpointDue(endMs))
            {
                _budget.TakeCheckpoint(frames.TimeMs(_gatherer.First));
            }

            _budget.TakeFragment(_gatherer.Bytes);
            _gatherer.Reset();
            return opened;
        }
    }
}
