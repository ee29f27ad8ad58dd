// SPDX-License-Identifier: MIT

using Lapel.Evidence;

namespace Lapel.Recorder
{
    /// <summary>
    /// Keeps the pre-event time that is asked for in the memory there is: every picture of the newest 10 s, and of the older ones
    /// each n-th, as few taken out as do. What n is follows from the size of the newest pictures and from the rate.
    /// </summary>
    public sealed class PreEventThinning
    {
        /// <summary>Every picture is kept for so long, milliseconds, while memory allows.</summary>
        public const int WholeMs = 10000;

        /// <summary>Where older pictures would come further apart than this, milliseconds, those of 5 s are kept, not of 10 s.</summary>
        public const int MostApartMs = 3000;

        // A press that is seen late counts from when it was: so much longer every picture is kept.
        private const int LateMs = 500;

        // Further apart, milliseconds, none is kept: then the time asked for is not to be had, and the oldest are forgotten.
        private const int FarthestMs = 5000;

        // The open page of each kind, and the page of each kind whose oldest frames are gone.
        private const int PartPages = 4;

        // Pictures that one housekeeping period may add before it thins again, the frame under construction included.
        private const int FramesBetween = 8;

        // The mean size is that of about so many pictures.
        private const int MeanFrames = 64;

        private readonly FrameRing _ring;
        private readonly CapturePump _pump;
        private readonly int _askedMs;
        private int _captured;
        private long _bytes;
        private int _frameBytes;

        /// <summary>Thins this ring.</summary>
        /// <param name="ring">The frames in memory.</param>
        /// <param name="pump">Where they come from.</param>
        /// <param name="askedMs">Pre-event time asked for, milliseconds.</param>
        public PreEventThinning(FrameRing ring, CapturePump pump, int askedMs)
        {
            _ring = ring;
            _pump = pump;
            _askedMs = askedMs;
        }

        /// <summary>Forgets what is too old, and thins what is not new. A few pictures at a call: four calls a second do.</summary>
        /// <param name="nowMs">Monotonic milliseconds.</param>
        public void Step(long nowMs)
        {
            _ring.Forget(nowMs - _askedMs);
            MeasureFrames();
            if (_frameBytes == 0)
            {
                return;
            }

            int wholeMs = WholeMs;
            int each = Each(wholeMs);
            if (each * _pump.IntervalMs > MostApartMs)
            {
                wholeMs = FrameRing.LeastWholeMs;
                each = Each(wholeMs);
            }

            _ring.KeepEach = each;
            _ring.Thin(nowMs - wholeMs - LateMs - _pump.IntervalMs);
        }

        // n: how many of the older pictures that there would be share the room of one.
        private int Each(int wholeMs)
        {
            int oldMs = _askedMs - wholeMs;
            if (oldMs <= 0)
            {
                return 1;
            }

            int intervalMs = _pump.IntervalMs;
            int most = 1 + FarthestMs / intervalMs;
            int whole = (wholeMs + LateMs) / intervalMs + FramesBetween;
            int pages = _ring.Pages - _ring.ReservePages - PartPages;
            int room = (int)((long)pages * FramePages.PageBytes / (_frameBytes + Sector.Size));
            if (room > _ring.MostFrames)
            {
                room = _ring.MostFrames;
            }

            room -= whole;
            if (room <= 0)
            {
                return most;
            }

            int each = (oldMs / intervalMs + room) / room;
            return each < most ? each : most;
        }

        private void MeasureFrames()
        {
            int frames = _pump.Captured - _captured;
            if (frames == 0)
            {
                return;
            }

            int bytes = (int)((_pump.Bytes - _bytes) / frames);
            _captured = _pump.Captured;
            _bytes = _pump.Bytes;
            if (_frameBytes == 0 || frames > MeanFrames)
            {
                _frameBytes = bytes;
                return;
            }

            _frameBytes += (bytes - _frameBytes) * frames / MeanFrames;
        }
    }
}
