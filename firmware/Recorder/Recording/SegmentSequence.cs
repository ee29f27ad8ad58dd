// SPDX-License-Identifier: MIT

using Lapel.Evidence;
using Lapel.Hal;

namespace Lapel.Recorder
{
    /// <summary>
    /// Carries a run of frames, the past or the present of a recording, into segment after segment without a gap: gathers fragments, signs
    /// checkpoints when they are due, closes a full slot and goes on in the next. One card operation a step.
    /// </summary>
    public sealed class SegmentSequence
    {
        // Fragments, half a second each, that a segment near its end has room for: 1.5 s, in which the next slot is opened beside the
        // pictures.
        private const int LastFragments = 3;

        private readonly SegmentWriter _writer;
        private readonly CardStore _store;
        private readonly SlotAllocator _allocator;
        private readonly IFrames _frames;
        private readonly FragmentGatherer _gatherer = new FragmentGatherer();

        private RecordingFacts _recording;
        private SegmentLedger _ledger;
        private int _next;
        private int _fragmentBytes;
        private bool _complete;
        private long _completeMs;
        private int _segment;
        private int _slot;
        private int _segmentUtc;
        private bool _closing;
        private bool _last;
        private bool _closed;
        private byte[] _previousClose;

        /// <summary>A track that writes through this writer.</summary>
        public SegmentSequence(SegmentWriter writer, CardStore store, SlotAllocator allocator, IFrames frames)
        {
            _writer = writer;
            _store = store;
            _allocator = allocator;
            _frames = frames;
        }

        /// <summary>What the card said when a step failed; the track is dead then.</summary>
        public CardStatus Status { get; private set; }

        /// <summary>Number of the segment that is or was last written.</summary>
        public int Segment
        {
            get { return _segment; }
        }

        /// <summary>Serial of the first frame that is not yet gathered.</summary>
        public int Next
        {
            get { return _next; }
        }

        /// <summary>Whether a card write is under way.</summary>
        public bool IsWriting
        {
            get { return _writer.IsBusy; }
        }

        /// <summary>Whether a segment is open.</summary>
        public bool IsOpen
        {
            get { return _writer.IsOpen; }
        }

        /// <summary>Whether the open segment is nearly full: a slot for the next will be needed soon.</summary>
        public bool IsNearEnd
        {
            get { return _writer.IsOpen && !_writer.Fits(LastFragments * _fragmentBytes); }
        }

        /// <summary>Segments opened so far.</summary>
        public int Opened { get; private set; }

        /// <summary>Whether the last segment was closed.</summary>
        public bool IsClosed
        {
            get { return _closed; }
        }

        /// <summary>Close digest of the last closed segment.</summary>
        public byte[] CloseDigest
        {
            get { return _previousClose; }
        }

        /// <summary>Whether the slot is full and there is no other: <see cref="CloseLast"/> is all that is left to do.</summary>
        public bool IsOutOfSlots { get; private set; }

        /// <summary>Slots that the track must leave free, for others.</summary>
        public int ReservedSlots { get; set; }

        /// <summary>Begins with a first segment.</summary>
        /// <param name="recording">The recording.</param>
        /// <param name="ledger">Markers and presses, or null.</param>
        /// <param name="segment">Number of the first segment.</param>
        /// <param name="firstSerial">Serial of the first frame.</param>
        public void Begin(RecordingFacts recording, SegmentLedger ledger, int segment, int firstSerial)
        {
            _recording = recording;
            _ledger = ledger;
            _segment = segment;
            _next = firstSerial;
            _fragmentBytes = 0;
            _complete = false;
            _closing = false;
            _closed = false;
            _previousClose = null;
            _gatherer.Reset();
            _gatherer.IsSealed = recording.Seal != null;
            Opened = 0;
            IsOutOfSlots = false;
            Status = CardStatus.Ok;
        }

        /// <summary>Opens the first segment at once, before there is a frame.</summary>
        /// <param name="nowMs">Monotonic time: of the press.</param>
        public bool OpenNow(long nowMs)
        {
            return OpenSegment(nowMs, _next);
        }

        /// <summary>One card operation, if there is one to do.</summary>
        /// <param name="limit">Serial after the last frame there is for this track.</param>
        /// <param name="ended">No frame will follow: the last fragment ends at <paramref name="endMs"/>.</param>
        /// <param name="endMs">Monotonic time at which the last frame ends.</param>
        /// <returns>Whether something was done.</returns>
        public bool Step(int limit, bool ended, long endMs)
        {
            if (_writer.IsBusy)
            {
                return StepWrite();
            }

            if (!_complete && !Gather(limit, ended, endMs))
            {
                return false;
            }

            if (!_writer.IsOpen)
            {
                return OpenSegment(_frames.TimeMs(_gatherer.First), _gatherer.First) || Status != CardStatus.Ok;
            }

            if (!_writer.Fits(_gatherer.Bytes))
            {
                return Roll();
            }

            if (_writer.CheckpointDue(_completeMs))
            {
                _writer.BeginCheckpoint(_frames.TimeMs(_gatherer.First));
            }
            else
            {
                BeginFragment();
            }

            return StepWrite();
        }

        /// <summary>The card write under way goes on; only while <see cref="IsWriting"/>.</summary>
        public bool StepWrite()
        {
            Status = _writer.Step();
            if (_closing && !_writer.IsBusy && Status == CardStatus.Ok)
            {
                FinishClose();
            }

            return true;
        }

        /// <summary>Whether every frame before the limit is on the card.</summary>
        public bool IsWritten(int limit)
        {
            return _next == limit && _gatherer.Count == 0 && !_writer.IsBusy;
        }

        /// <summary>Signs what is there, now. Only when the writer is idle and a segment is open.</summary>
        public void BeginCheckpoint(long nowMs)
        {
            _writer.BeginCheckpoint(nowMs);
        }

        /// <summary>Begins the close of the open segment. Only when the writer is idle.</summary>
        public void CloseLast(CloseReason reason, int segments)
        {
            _writer.BeginClose(reason, segments);
            _last = segments > 0;
            _closing = true;
        }

        /// <summary>
        /// The frames that were gathered but cannot be written any more are given back: the slot is full and was the last.
        /// </summary>
        public int GiveBackGathered()
        {
            int first = _gatherer.Count == 0 ? _next : _gatherer.First;
            _gatherer.Reset();
            _complete = false;
            _next = first;
            IsOutOfSlots = false;
            return first;
        }

        /// <summary>Gives up after a card error.</summary>
        public void Abandon()
        {
            _writer.Abandon();
        }

        private bool Gather(int limit, bool ended, long endMs)
        {
            while (_next < limit)
            {
                if (_gatherer.Accept(_frames, _next))
                {
                    _next++;
                    continue;
                }

                _complete = true;
                _completeMs = _frames.TimeMs(_next);
                return true;
            }

            if (!ended || _gatherer.Count == 0)
            {
                return false;
            }

            _complete = true;
            _completeMs = endMs;
            return true;
        }

        private void BeginFragment()
        {
            _fragmentBytes = _gatherer.Bytes;
            _writer.BeginFragment(_frames, _gatherer, _completeMs);
            _gatherer.Reset();
            _complete = false;
        }

        private bool Roll()
        {
            if (_store.Catalogue.FreeSlots <= ReservedSlots)
            {
                IsOutOfSlots = true;
                return false;
            }

            CloseLast(CloseReason.SlotFull, 0);
            return true;
        }

        private bool OpenSegment(long firstMs, int firstSerial)
        {
            if (_closed)
            {
                _segment++;
                _closed = false;
            }

            long utc = _recording.ZeroUtcMs == 0 ? 0 : _recording.ZeroUtcMs + (firstMs - _recording.ZeroMs);
            ICardFile file = _allocator.Take(_recording, _segment, utc);
            Status = _allocator.Status;
            if (file == null)
            {
                return false;
            }

            _slot = _allocator.TakenSlot;
            _segmentUtc = (int)(utc / 1000);
            _writer.Open(file, _recording, _ledger, _segment, _slot, firstSerial - _recording.FirstSerial, firstMs, _previousClose);
            Opened++;
            return true;
        }

        private void FinishClose()
        {
            _closing = false;
            _closed = true;
            _previousClose = _writer.CloseDigest;

            // Between the close and the opening of the next segment there may be a marker. After a last close the presses stay: they may be
            // the next recording's.
            if (_ledger != null && !_last)
            {
                _ledger.GoOn();
            }

            Status = _store.Catalogue.Mark(
                _slot,
                SlotState.Closed,
                _recording.Number,
                _segment,
                _writer.UsedSectors,
                _segmentUtc,
                _writer.Fragments,
                _previousClose
            );
        }
    }
}
