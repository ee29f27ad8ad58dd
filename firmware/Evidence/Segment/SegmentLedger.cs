// SPDX-License-Identifier: MIT

using Lapel.Hal;

namespace Lapel.Evidence
{
    /// <summary>
    /// Markers and presses that a live segment lists in its manifests: fixed room, what does not fit is counted.
    /// </summary>
    public sealed class SegmentLedger
    {
        /// <summary>Most markers listed in one segment.</summary>
        public const int MaxMarkers = 64;

        private readonly IPresses _presses;
        private readonly int[] _markerMs = new int[MaxMarkers];
        private readonly byte[] _markerButton = new byte[MaxMarkers];
        private int _markers;
        private int _markersUnlisted;

        // What the manifest built last has: what comes after that, while it is being written, is the next segment's.
        private int _listedMarkers;
        private int _listedUnlisted;
        private long _keepFromMs;

        /// <summary>An empty ledger over the log of presses.</summary>
        /// <param name="presses">All presses; the ledger drops those that came before it.</param>
        public SegmentLedger(IPresses presses)
        {
            _presses = presses;
        }

        /// <summary>Adds a marker; one that finds no room is counted (key 19).</summary>
        /// <param name="ms">Milliseconds since recording zero; negative before it.</param>
        /// <param name="button">Button number: 0 record, 1 event.</param>
        public void AddMarker(int ms, Button button)
        {
            if (_markers == MaxMarkers)
            {
                _markersUnlisted++;
                return;
            }

            _markerMs[_markers] = ms;
            _markerButton[_markers++] = (byte)button;
        }

        /// <summary>Begins the ledger of a recording's first live segment.</summary>
        /// <param name="fromMs">Monotonic time from which presses belong to it: of the press that started it.</param>
        public void Restart(long fromMs)
        {
            _markers = 0;
            _markersUnlisted = 0;
            _listedMarkers = 0;
            _listedUnlisted = 0;
            _keepFromMs = fromMs;
            _presses.Restart(fromMs);
        }

        /// <summary>
        /// The manifest built last was a close, and it is on the card: from now on the ledger is the next segment's, which is opened later.
        /// What came since it was built is kept, and a press that had not ended then, to be listed again with its end.
        /// </summary>
        public void GoOn()
        {
            int kept = _markers - _listedMarkers;
            for (int i = 0; i < kept; i++)
            {
                _markerMs[i] = _markerMs[_listedMarkers + i];
                _markerButton[i] = _markerButton[_listedMarkers + i];
            }

            _markers = kept;
            _markersUnlisted -= _listedUnlisted;
            _listedMarkers = 0;
            _listedUnlisted = 0;
            _presses.Restart(_keepFromMs);
        }

        private void NoteListed(int presses)
        {
            _listedMarkers = _markers;
            _listedUnlisted = _markersUnlisted;
            if (presses > 0)
            {
                _keepFromMs = _presses.DownMsAt(presses - 1) + 1;
            }

            for (int i = presses - 1; i >= 0; i--)
            {
                if (_presses.DurationMsAt(i) < 0)
                {
                    _keepFromMs = _presses.DownMsAt(i);
                }
            }
        }

        /// <summary>Writes keys 17, 18 and 19 with their values.</summary>
        /// <param name="cbor">Destination.</param>
        /// <param name="zeroMs">Monotonic time of recording zero.</param>
        public void WriteTo(CborWriter cbor, long zeroMs)
        {
            cbor.Int(ManifestKey.Markers);
            cbor.BeginArray(_markers);
            for (int i = 0; i < _markers; i++)
            {
                cbor.BeginArray(2);
                cbor.Int(_markerMs[i]);
                cbor.Int(_markerButton[i]);
            }

            cbor.Int(ManifestKey.Presses);
            int presses = _presses.Count;
            cbor.BeginArray(presses);
            for (int i = 0; i < presses; i++)
            {
                cbor.BeginArray(4);
                cbor.Int((int)_presses.ButtonAt(i));
                cbor.Int(_presses.DownMsAt(i) - zeroMs);
                cbor.Int(_presses.DurationMsAt(i));
                cbor.Int((int)_presses.MeaningAt(i));
            }

            NoteListed(presses);

            cbor.Int(ManifestKey.Unlisted);
            cbor.BeginArray(2);
            cbor.Int(_markersUnlisted);
            cbor.Int(_presses.Lost);
        }
    }
}
