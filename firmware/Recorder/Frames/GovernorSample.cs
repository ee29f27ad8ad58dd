// SPDX-License-Identifier: MIT

namespace Lapel.Recorder
{
    /// <summary>What a second has cost: what <see cref="Governor.Update"/> decides by. Made once, filled in each second.</summary>
    public sealed class GovernorSample
    {
        /// <summary>
        /// Whether no recording runs: then nothing is written, and only a module that never keeps up is reason to go down.
        /// </summary>
        public bool IsBuffering;

        /// <summary>Time since the sample before, microseconds.</summary>
        public int ElapsedUs;

        /// <summary>Pictures taken in that time.</summary>
        public int Frames;

        /// <summary>Mean bytes of them; as before when there was none.</summary>
        public int FrameBytes;

        /// <summary>
        /// Mean microseconds from a picture's command to its last byte: exposure, reading, and what the loop did in between.
        /// </summary>
        public int SensorUs;

        /// <summary>How late the latest capture came, milliseconds: <see cref="CapturePump.LateMs"/>.</summary>
        public int LateMs;

        /// <summary>Bytes of live frames that are not on the card; pre-event frames do not count.</summary>
        public int BacklogBytes;

        /// <summary>Time inside card writes, microseconds: of live pictures and of the pre-event.</summary>
        public int WriteUs;

        /// <summary>Bytes written in that time, of both.</summary>
        public int WrittenBytes;

        /// <summary>Free pages of the ring.</summary>
        public int FreePages;

        /// <summary>
        /// Bytes written over the time inside writes, stalls included, over the latest seconds; 0 when not known.
        /// </summary>
        public int CardBytesPerSecond;
    }
}
