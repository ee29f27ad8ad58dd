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
        };

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
                    return _pump.Missed;
                case 5:
                    return _pump.LateMs;
                case 6:
                    return _pump.LongestGapMs;
                case 7:
                    return _pump.Faults;
                case 8:
                    return _governor.IntervalMs;
                case 9:
                    return (int)_governor.Quality;
                case 10:
                    return _governor.Changes;
                case 11:
                    return _ring.BufferedMs;
                case 12:
                    return _ring.BufferedFrames;
                case 13:
                    return _ring.Pages;
                case 14:
                    return FramePages.PageBytes;
                case 15:
                    return _ring.FreePages;
                case 16:
                    return _leastPages;
                case 17:
                    return _recordings.Recordings;
                case 18:
                    return _recordings.Markers;
                case 19:
                    return _recordings.IsActive ? 1 : 0;
                case 20:
                    return (int)_storage.Status;
                case 21:
                    return _storage.IsReady ? 1 : 0;
                case 22:
                    return _store.Catalogue.Slots;
                case 23:
                    return _store.Catalogue.FreeSlots;
                case 24:
                    return _store.Catalogue.UnknownSlots;
                case 25:
                    return _store.Catalogue.SlotBytes;
                case 26:
                    return _store.Catalogue.RepairedSectors;
                case 27:
                    return _store.Catalogue.NewestRecording;
                case 28:
                    return _feedback.BatteryMillivolts;
                case 29:
                    return _feedback.BatteryPercent;
                case 30:
                    return _link.Baud;
                case 31:
                    return _port.Received;
                case 32:
                    return _output.Sent;
                case 33:
                    return _port.Lines;
                case 34:
                    return _port.LinesTooLong;
                case 35:
                    return _smp.Requests;
                case 36:
                    return _smp.LinesDropped;
                case 37:
                    return _smp.Frames;
                default:
                    return _output.Lost;
            }
        }
    }
}
