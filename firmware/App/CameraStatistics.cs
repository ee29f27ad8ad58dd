// SPDX-License-Identifier: MIT

using Lapel.Evidence;
using Lapel.Hal;
using Lapel.Recorder;
using Lapel.Service;

namespace Lapel.App
{
    /// <summary>
    /// The camera's figures, as the statistics groups of SMP and the console show them (PROTOCOL.md). All are since boot.
    /// </summary>
    public sealed class CameraStatistics
    {
        private static readonly string[] Names =
        {
            "recorder.frames",
            "recorder.bytes",
            "recorder.drops_memory",
            "recorder.drops_corrupt",
            "recorder.drops_length",
            "recorder.drops_too_large",
            "recorder.drops_no_start",
            "recorder.drops_no_end",
            "recorder.drops_empty",
            "recorder.drops_double",
            "recorder.stray_skipped",
            "recorder.missed",
            "recorder.late_ms",
            "recorder.longest_gap_ms",
            "recorder.sensor_faults",
            "recorder.interval_ms",
            "recorder.quality",
            "recorder.changes",
            "recorder.buffered_ms",
            "recorder.buffered_frames",
            "recorder.pages",
            "recorder.page_bytes",
            "recorder.pages_free",
            "recorder.pages_least",
            "recorder.recordings",
            "recorder.markers",
            "recorder.active",
            "card.status",
            "card.ready",
            "card.slots",
            "card.slots_free",
            "card.slots_unknown",
            "card.slot_bytes",
            "card.repaired_sectors",
            "card.newest_recording",
            "card.making",
            "battery.millivolts",
            "battery.percent",
            "link.baud",
            "link.bytes_in",
            "link.bytes_out",
            "link.lines",
            "link.lines_too_long",
            "link.smp_requests",
            "link.smp_lines_dropped",
            "link.frames",
            "link.text_lost",
            "fence.sensor",
            "fence.card",
            "fence.log",
            "fence.port",
            "fence.buttons",
            "fence.lights",
            "fence.battery",
            "fence.resting",
            "fence.restarts",
        };

        // The last ones: one for each part but the camera as a whole, those that rest, restarts.
        private const int Fences = PartFences.Parts + 1;

        private readonly CameraParts _parts;
        private readonly CapturePump _pump;
        private readonly Governor _governor;
        private readonly FrameRing _ring;
        private readonly RecordingControl _recordings;
        private readonly CardStore _store;
        private readonly CardMaintenance _storage;
        private readonly OfficerFeedback _feedback;
        private readonly ILink _link;
        private ServiceOutput _output;
        private ServicePort _port;
        private SmpServer _smp;
        private int _leastPages = int.MaxValue;

        /// <summary>Figures of a camera's parts.</summary>
        public CameraStatistics(CameraParts parts, RecordingControl recordings)
        {
            _parts = parts;
            _pump = parts.Pump;
            _governor = parts.Governor;
            _ring = parts.Ring;
            _recordings = recordings;
            _store = parts.Store;
            _storage = parts.Storage;
            _feedback = parts.Feedback;
            _link = parts.Board.Link;
        }

        /// <summary>Number of figures.</summary>
        public static int Count
        {
            get { return Names.Length; }
        }

        /// <summary>The port, which is made after this.</summary>
        public void SetPort(ServicePort port, SmpServer smp, ServiceOutput output)
        {
            _smp = smp;
            _port = port;
            _output = output;
        }

        /// <summary>Looks how much memory is left: now and then.</summary>
        public void Sample()
        {
            if (_ring.FreePages < _leastPages)
            {
                _leastPages = _ring.FreePages;
            }
        }

        /// <summary>A figure's name, group.name.</summary>
        public static string Name(int index)
        {
            return Names[index];
        }

        /// <summary>A figure's value.</summary>
        public long Value(int index)
        {
            if (index >= Names.Length - Fences)
            {
                return Fence(index - (Names.Length - Fences));
            }

            switch (index)
            {
                case 0:
                    return _pump.Captured;
                case 1:
                    return _pump.Bytes;
                case 2:
                    return _pump.DroppedNoMemory;
                case 3:
                    return _pump.DroppedCorrupt;
                case 4:
                    return _pump.Judge.DroppedLength;
                case 5:
                    return _pump.Judge.DroppedTooLarge;
                case 6:
                    return _pump.Judge.DroppedNoStart;
                case 7:
                    return _pump.Judge.DroppedNoEnd;
                case 8:
                    return _pump.Judge.DroppedEmpty;
                case 9:
                    return _pump.Judge.DroppedDouble;
                case 10:
                    return _pump.Judge.StraySkipped;
                case 11:
                    return _pump.Missed;
                case 12:
                    return _pump.LateMs;
                case 13:
                    return _pump.LongestGapMs;
                case 14:
                    return _pump.Faults;
                case 15:
                    return _governor.IntervalMs;
                case 16:
                    return (int)_governor.Quality;
                case 17:
                    return _governor.Changes;
                case 18:
                    return _ring.BufferedMs;
                case 19:
                    return _ring.BufferedFrames;
                case 20:
                    return _ring.Pages;
                case 21:
                    return FramePages.PageBytes;
                case 22:
                    return _ring.FreePages;
                case 23:
                    return _leastPages;
                case 24:
                    return _recordings.Recordings;
                case 25:
                    return _recordings.Markers;
                case 26:
                    return _recordings.IsActive ? 1 : 0;
                case 27:
                    return (int)_storage.Fault;
                case 28:
                    return _storage.IsReady ? 1 : 0;
                case 29:
                    return _store.Catalogue.Slots;
                case 30:
                    return _store.Catalogue.FreeSlots;
                case 31:
                    return _store.Catalogue.UnknownSlots;
                case 32:
                    return _store.Catalogue.SlotBytes;
                case 33:
                    return _store.Catalogue.RepairedSectors;
                case 34:
                    return _store.Catalogue.NewestRecording;
                case 35:
                    return _store.IsMakingSlots ? 1 : 0;
                case 36:
                    return _feedback.BatteryMillivolts;
                case 37:
                    return _feedback.BatteryPercent;
                case 38:
                    return _link.Baud;
                case 39:
                    return _port.Received;
                case 40:
                    return _output.Sent;
                case 41:
                    return _port.Lines;
                case 42:
                    return _port.LinesTooLong;
                case 43:
                    return _smp.Requests;
                case 44:
                    return _smp.LinesDropped;
                case 45:
                    return _smp.Frames;
                default:
                    return _output.Lost;
            }
        }

        private long Fence(int index)
        {
            switch (index)
            {
                case PartFences.Parts - 1:
                    return _parts.Fences.Resting(_parts.Board.Clock.Microseconds);
                case PartFences.Parts:
                    return _parts.Restarts;
                default:
                    return _parts.Fences.Caught((FencedPart)(index + 1));
            }
        }
    }
}
