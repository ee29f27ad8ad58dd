// SPDX-License-Identifier: MIT

namespace Lapel.Evidence
{
    /// <summary>
    /// Keys of signed manifests: FORMAT.md 3.4 (1 to 30), section 7 (31, 35) and 9.3 (32 to 34). The values' shapes stand there.
    /// </summary>
    internal static class ManifestKey
    {
        internal const int Version = 1;
        internal const int Kind = 2;
        internal const int DeviceId = 3;
        internal const int RecordingId = 4;
        internal const int RecordingNumber = 5;
        internal const int Segment = 6;
        internal const int FirstLive = 7;
        internal const int Fragments = 8;
        internal const int Chain = 9;
        internal const int Sector = 10;
        internal const int PreviousClose = 11;
        internal const int PreEventClose = 12;
        internal const int Times = 13;
        internal const int Frames = 14;
        internal const int Capture = 15;
        internal const int PreEvent = 16;
        internal const int Markers = 17;
        internal const int Presses = 18;
        internal const int Unlisted = 19;
        internal const int MuteSpans = 20;
        internal const int Sealing = 21;
        internal const int Firmware = 22;
        internal const int Configuration = 23;
        internal const int Battery = 24;
        internal const int AuditHead = 25;
        internal const int PreviousRecording = 26;
        internal const int CloseReason = 27;
        internal const int Index = 28;
        internal const int Segments = 29;
        internal const int Statistics = 30;
        internal const int Recovery = 31;
        internal const int AuditPlace = 32;
        internal const int SigningTime = 33;
        internal const int CheckpointReason = 34;
        internal const int Commitment = 35;
    }
}
