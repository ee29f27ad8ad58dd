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
            _presses.Restart(fromMs);
        }

        /// <summary>
        /// All that there is was listed in a close: from now on the ledger is the next segment's, which is opened later. A press that has
        /// not ended is kept, to
        /// be listed again with its end.
        /// </summary>
        public void GoOn()
        {
            long from = long.MaxValue;
            for (int i = _presses.Count - 1; i >= 0; i--)
            {
                if (_presses.DurationMsAt(i) < 0)
                {
                    from = _presses.DownMsAt(i);
                }
            }

            Restart(from);
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

            cbor.Int(ManifestKey.Unlisted);
            cbor.BeginArray(2);
            cbor.Int(_markersUnlisted);
            cbor.Int(_presses.Lost);
        }
    }
}
