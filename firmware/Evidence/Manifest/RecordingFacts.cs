// SPDX-License-Identifier: MIT

namespace Lapel.Evidence
{
    /// <summary>
    /// What is known of one recording, from the press to its last close. The recorder keeps it true; manifests are written from it.
    /// Times are milliseconds; "monotonic" is since boot.
    /// </summary>
    public sealed class RecordingFacts
    {
        /// <summary>Unique id, 16 bytes.</summary>
        public byte[] Id;

        /// <summary>1, 2, 3... over the device's life.</summary>
        public int Number;

        /// <summary>First live segment: k of FORMAT.md.</summary>
        public int FirstLive;

        /// <summary>Serial, in memory, of the recording's first frame: frame index 0.</summary>
        public int FirstSerial;

        /// <summary>Monotonic time of recording zero.</summary>
        public long ZeroMs;

        /// <summary>UTC of recording zero, milliseconds since 1970; 0 when unset.</summary>
        public long ZeroUtcMs;

        /// <summary>
        /// Uncertainty of <see cref="ZeroUtcMs"/>, milliseconds; negative when not known, as it always is with an unset clock.
        /// </summary>
        public int UncertaintyMs = -1;

        /// <summary>Source of <see cref="ZeroUtcMs"/>; Unset exactly when that is 0.</summary>
        public ClockSource Source;

        /// <summary>Width of the frames, pixels.</summary>
        public int Width;

        /// <summary>Height of the frames, pixels.</summary>
        public int Height;

        /// <summary>Frames captured, pre-event included.</summary>
        public int Captured;

        /// <summary>Frames dropped for want of memory.</summary>
        public int DroppedNoMemory;

        /// <summary>Frames dropped because they were no whole JPEG.</summary>
        public int DroppedCorrupt;

        /// <summary>Capture times at which no picture could be asked for.</summary>
        public int Missed;

        /// <summary>Longest time between two frames, milliseconds, pre-event frames included.</summary>
        public int LongestGapMs;

        /// <summary>Pre-event length asked for, milliseconds.</summary>
        public int PreEventAskedMs;

        /// <summary>Pre-event length obtained, milliseconds: press minus capture of the first frame.</summary>
        public int PreEventObtainedMs;

        /// <summary>Pre-event frames.</summary>
        public int PreEventFrames;

        /// <summary>Why less was obtained than asked for.</summary>
        public ShortfallReason PreEventShortfall;

        /// <summary>
        /// Of the newest of them nothing was taken out to make room: for so long before the press, milliseconds, 0 to
        /// <see cref="PreEventObtainedMs"/>.
        /// </summary>
        public int PreEventUnthinnedMs;

        /// <summary>Pre-event frames from there on; 0 when that is 0 ms.</summary>
        public int PreEventUnthinnedFrames;

        /// <summary>Close digest of segment k-1, 32 bytes, once the pre-event segments are closed; else null (key 12).</summary>
        public byte[] PreEventClose;

        /// <summary>
        /// Last close digest of the recording before, 32 bytes; null when there is none or it was not closed yet (key 26).
        /// </summary>
        public byte[] PreviousRecording;

        /// <summary>The audit log's head, as it is whenever a manifest is written; null when the device keeps no log.</summary>
        public AuditHead Audit;

        /// <summary>Digest of the configuration in force.</summary>
        public byte[] ConfigurationDigest;

        /// <summary>The firmware that records.</summary>
        public FirmwareIdentity Firmware;

        /// <summary>Battery, millivolts.</summary>
        public int BatteryMillivolts;

        /// <summary>Battery, percent.</summary>
        public int BatteryPercent;

        /// <summary>How the content is sealed; null: clear.</summary>
        public RecordingSeal Seal;

        /// <summary>Figures of the whole recording; set before its last close.</summary>
        public RecordingStatistics Statistics;
    }
}
