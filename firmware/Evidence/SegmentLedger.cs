namespace Lapel.Evidence
{
    /// <summary>
    /// Markers and presses that a live segment lists in its manifests: fixed room, what does not fit is counted. Times are
    /// milliseconds since recording zero.
    /// </summary>
    public sealed class SegmentLedger
    {
        /// <summary>Most markers listed in one segment.</summary>
        public const int MaxMarkers = 64;

        /// <summary>Most presses listed in one segment.</summary>
        public const int MaxPresses = 64;

        private readonly int[] _markerMs = new int[MaxMarkers];
        private readonly byte[] _markerButton = new byte[MaxMarkers];
        private readonly int[] _pressMs = new int[MaxPresses];
        private readonly int[] _pressDuration = new int[MaxPresses];
        private readonly byte[] _pressButton = new byte[MaxPresses];
        private readonly byte[] _pressMeaning = new byte[MaxPresses];
        private int _markers;
        private int _presses;
        private int _markersUnlisted;
        private int _pressesUnlisted;

        /// <summary>Adds a marker.</summary>
        public void AddMarker(int ms, int button)
        {
            if (_markers == MaxMarkers)
            {
                _markersUnlisted++;
                return;
            }

            _markerMs[_markers] = ms;
            _markerButton[_markers++] = (byte)button;
        }

        /// <summary>Adds a press with its meaning (FORMAT.md key 18).</summary>
        public void AddPress(int button, int ms, int durationMs, int meaning)
        {
            if (_presses == MaxPresses)
            {
                _pressesUnlisted++;
                return;
            }

            _pressButton[_presses] = (byte)button;
            _pressMs[_presses] = ms;
            _pressDuration[_presses] = durationMs;
            _pressMeaning[_presses++] = (byte)meaning;
        }

        /// <summary>Empties the ledger, for the next segment.</summary>
        public void Clear()
        {
            _markers = 0;
            _presses = 0;
            _markersUnlisted = 0;
            _pressesUnlisted = 0;
        }

        /// <summary>Writes the values of keys 17, 18 and 19 with their keys.</summary>
        public void WriteTo(CborWriter cbor)
        {
            cbor.Int(17);
            cbor.BeginArray(_markers);
            for (int i = 0; i < _markers; i++)
            {
                cbor.BeginArray(2);
                cbor.Int(_markerMs[i]);
                cbor.Int(_markerButton[i]);
            }

            cbor.Int(18);
            cbor.BeginArray(_presses);
            for (int i = 0; i < _presses; i++)
            {
                cbor.BeginArray(4);
                cbor.Int(_pressButton[i]);
                cbor.Int(_pressMs[i]);
                cbor.Int(_pressDuration[i]);
                cbor.Int(_pressMeaning[i]);
            }

            cbor.Int(19);
            cbor.BeginArray(2);
            cbor.Int(_markersUnlisted);
            cbor.Int(_pressesUnlisted);
        }
    }
}
