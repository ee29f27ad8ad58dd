using Lapel.Evidence;
using Lapel.Hal;
using Lapel.Recorder;
using Lapel.Service;

namespace Lapel.App
{
    /// <summary>The camera's figures, as the statistics groups of SMP and the console show them (PROTOCOL.md). All are since boot.</summary>
    public sealed class CameraFigures
    {
        private static readonly string[] Names =
        {
            "recorder.frames",
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
            "recorder.pages_free",
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
            "link.text_lost",
        };

        private readonly CapturePump _pump;
        private readonly Governor _governor;
        private readonly FrameRing _ring;
        private readonly RecordingControl _recordings;
        private readonly CardStore _store;
        private readonly StorageKeeper _storage;
        private readonly Signals _signals;
        private readonly ILink _link;
        private ServiceOutput _output;
        private ServicePort _port;

        /// <summary>Figures of a camera's parts.</summary>
        public CameraFigures(
            CapturePump pump, Governor governor, FrameRing ring, RecordingControl recordings, CardStore store, StorageKeeper storage, Signals signals, ILink link)
        {
            _pump = pump;
            _governor = governor;
            _ring = ring;
            _recordings = recordings;
            _store = store;
            _storage = storage;
            _signals = signals;
            _link = link;
        }

        /// <summary>Number of figures.</summary>
        public static int Count
        {
            get { return Names.Length; }
        }

        /// <summary>The port, which is made after this.</summary>
        public void SetPort(ServicePort port, ServiceOutput output)
        {
            _port = port;
            _output = output;
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
                case 0: return _pump.Captured;
                case 1: return _pump.DroppedNoMemory;
                case 2: return _pump.DroppedCorrupt;
                case 3: return _pump.Missed;
                case 4: return _pump.LateMs;
                case 5: return _pump.LongestGapMs;
                case 6: return _pump.Faults;
                case 7: return _governor.IntervalMs;
                case 8: return (int)_governor.Quality;
                case 9: return _governor.Changes;
                case 10: return _ring.BufferedMs;
                case 11: return _ring.BufferedFrames;
                case 12: return _ring.Pages;
                case 13: return _ring.FreePages;
                case 14: return _recordings.Recordings;
                case 15: return _recordings.Markers;
                case 16: return _recordings.IsActive ? 1 : 0;
                case 17: return (int)_storage.Status;
                case 18: return _storage.IsReady ? 1 : 0;
                case 19: return _store.Catalogue.Slots;
                case 20: return _store.Catalogue.FreeSlots;
                case 21: return _store.Catalogue.UnknownSlots;
                case 22: return _store.Catalogue.SlotBytes;
                case 23: return _store.Catalogue.RepairedSectors;
                case 24: return _store.Catalogue.NewestRecording;
                case 25: return _signals.BatteryMillivolts;
                case 26: return _signals.BatteryPercent;
                case 27: return _link.Baud;
                case 28: return _port.Received;
                case 29: return _output.Sent;
                case 30: return _port.Lines;
                case 31: return _port.LinesTooLong;
                default: return _output.Lost;
            }
        }
    }
}
