// SPDX-License-Identifier: MIT

using Lapel.Evidence;
using Lapel.Hal;

namespace Lapel.Recorder
{
    /// <summary>
    /// Carries a run of frames, the live or the pre-event ones of a recording, into segment after segment without a gap: gathers fragments,
    /// signs checkpoints when they are due, closes a full slot and goes on in the next. One card operation a step.
    /// </summary>
    public sealed class SegmentSequence
    {
        // A segment is opened in two stages: a slot is made ready, then the catalogue says that it is open.
        private enum Opening
        {
            None,
            Slot,
            Record,
        }

        // Fragments, half a second each, that a segment near its end has room for: 1.5 s, in which the next slot is opened beside the
        // pictures.
        private const int LastFragments = 3;

        private readonly FileUse _use;
        private readonly SegmentWriter _writer;
        private readonly SlotAllocator _allocator;
        private readonly RecordAccess _access;
        private readonly IFrames _frames;
        private readonly FragmentGatherer _gatherer = new FragmentGatherer();
        private readonly SegmentStart _start = new SegmentStart();

        private RecordingFacts _recording;
        private SegmentLedger _ledger;
        private int _next;
        private int _fragmentBytes;
        private bool _complete;
        private long _completeMs;
        private int _segment;
        private SlotRecord _record;
        private int _segmentUtc;
        private Opening _opening;
        private ICardFile _file;
        private int _firstSerial;
        private bool _closing;
        private bool _last;
        private bool _closed;
        private byte[] _previousClose;

        /// <summary>A sequence that writes through this writer.</summary>
        /// <param name="use">What its files are open for.</param>
        /// <param name="writer">The writer.</param>
        /// <param name="allocator">The slots.</param>
        /// <param name="frames">The frames.</param>
        public SegmentSequence(FileUse use, SegmentWriter writer, SlotAllocator allocator, IFrames frames)
        {
            _use = use;
            _writer = writer;
            _allocator = allocator;
            _frames = frames;
            _access = new RecordAccess(allocator.Catalogue);
        }

        /// <summary>What the card said when a step failed; the sequence is dead then.</summary>
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

        /// <summary>Whether something was begun on the open segment that takes further card operations.</summary>
        public bool IsWriting
        {
            get { return _writer.IsBusy || _closing; }
        }

        /// <summary>Whether a slot was taken that the catalogue does not call open yet: no other is taken meanwhile.</summary>
        public bool IsTakingSlot
        {
            get { return _opening == Opening.Record; }
        }

        /// <summary>Whether the open segment is nearly full: a slot for the next will be needed soon.</summary>
        public bool IsNearEnd { get; private set; }

        /// <summary>What of the segment that is or was last written is on the card. Only once one was opened.</summary>
        public SegmentWriter Written
        {
            get { return _writer; }
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

        /// <summary>
        /// Whether the next picture is larger than an empty slot: there is no segment that it could go into. <see cref="CloseLast"/> is all
        /// that is left to do.
        /// </summary>
        public bool IsTooLarge { get; private set; }

        /// <summary>Slots that the sequence must leave free, for others.</summary>
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
            _opening = Opening.None;
            _closing = false;
            _closed = false;
            _previousClose = null;
            _gatherer.Reset();
            _gatherer.IsSealed = recording.Seal != null;
            _gatherer.MostBytes = SegmentBudget.MostFragmentBytes(_allocator.Catalogue.SlotBytes);
            IsTooLarge = false;
            Opened = 0;
            IsOutOfSlots = false;
            IsNearEnd = false;
            Status = CardStatus.Ok;
        }

        /// <summary>
        /// Opens the first segment at once, before there is a frame: it is the press's own work, and a picture between two of its card
        /// operations would cost it 20 ms.
        /// </summary>
        /// <param name="nowMs">Monotonic time: of the press.</param>
        /// <returns>False when that failed; see <see cref="Status"/>.</returns>
        public bool OpenNow(long nowMs)
        {
            BeginOpening(nowMs, _next);
            while (_opening == Opening.Slot)
            {
                if (!StepSlot())
                {
                    Status = CardStatus.Busy;
                }

                if (Status != CardStatus.Ok)
                {
                    return false;
                }
            }

            Status = _allocator.Catalogue.Mark(_start.Slot, OpenRecord());
            if (Status == CardStatus.Ok)
            {
                OpenSegment();
            }

            return Status == CardStatus.Ok;
        }

        /// <summary>One card operation, if there is one to do.</summary>
        /// <param name="limit">Serial after the last frame there is for this sequence.</param>
        /// <param name="ended">No frame will follow: the last fragment ends at <paramref name="endMs"/>.</param>
        /// <param name="endMs">Monotonic time at which the last frame ends.</param>
        /// <returns>Whether something was done.</returns>
        public bool Step(int limit, bool ended, long endMs)
        {
            if (IsWriting)
            {
                return StepWrite();
            }

            if (_opening != Opening.None)
            {
                return StepOpening();
            }

            if (!_complete && !Gather(limit, ended, endMs))
            {
                return false;
            }

            if (!_writer.IsOpen)
            {
                BeginOpening(_frames.TimeMs(_gatherer.First), _gatherer.First);
                return StepOpening();
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

        /// <summary>What was begun goes on by one card operation; only while <see cref="IsWriting"/>.</summary>
        public bool StepWrite()
        {
            SegmentWriter writer = _writer;
            if (_closing && !writer.IsBusy)
            {
                StepClosed();
                return true;
            }

            Status = writer.Step();
            if (writer.IsBusy)
            {
                return true;
            }

            IsNearEnd = writer.IsOpen && !writer.Fits(LastFragments * _fragmentBytes);
            if (_closing && Status == CardStatus.Ok)
            {
                BeginClosed();
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
            IsTooLarge = false;
            return first;
        }

        /// <summary>Gives up after a card error.</summary>
        public void Abandon()
        {
            _writer.Abandon();
            _access.Abandon();
            if (_file != null)
            {
                _file.Close();
            }

            _file = null;
            _opening = Opening.None;
            _closing = false;
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
            if (_writer.Fragments == 0)
            {
                // The next slot would not take it either: card after card would fill with empty segments.
                IsTooLarge = true;
                return false;
            }

            if (_allocator.Catalogue.FreeSlots <= ReservedSlots)
            {
                // The pictures wait in memory for a slot that is being made.
                IsOutOfSlots = !_allocator.MayGetSlots;
                return false;
            }

            CloseLast(CloseReason.SlotFull, 0);
            return true;
        }

        private void BeginOpening(long firstMs, int firstSerial)
        {
            if (_closed)
            {
                _segment++;
                _closed = false;
            }

            _start.FirstMs = firstMs;
            _firstSerial = firstSerial;
            long utc = _recording.ZeroUtcMs == 0 ? 0 : _recording.ZeroUtcMs + (firstMs - _recording.ZeroMs);
            _segmentUtc = (int)(utc / 1000);
            _opening = Opening.Slot;
        }

        private bool StepOpening()
        {
            if (_opening == Opening.Slot)
            {
                return StepSlot();
            }

            if (!_access.IsBusy)
            {
                _access.BeginMark(_start.Slot, OpenRecord());
            }

            Status = _access.Step();
            if (Status == CardStatus.Ok && !_access.IsBusy)
            {
                OpenSegment();
            }

            return true;
        }

        // False when there is no place for its file now.
        private bool StepSlot()
        {
            if (!_allocator.HasSpare)
            {
                Status = _allocator.Prepare(_use);
                return !_allocator.MustWait;
            }

            _file = _allocator.Take(_use);
            _start.Slot = _allocator.TakenSlot;
            _opening = Opening.Record;
            return true;
        }

        private SlotRecord OpenRecord()
        {
            _record = SlotRecord.Open(_recording.Number, _segment, _segmentUtc, _recording.Id);
            return _record;
        }

        private void OpenSegment()
        {
            _opening = Opening.None;
            _start.Segment = _segment;
            _start.FirstFrame = _firstSerial - _recording.FirstSerial;
            _start.PreviousClose = _previousClose;
            _writer.Open(_file, _recording, _ledger, _start);
            _file = null;
            Opened++;
        }

        private void BeginClosed()
        {
            _previousClose = _writer.CloseDigest;

            // Between the close and the opening of the next segment there may be a marker. After a last close the presses stay: they may be
            // the next recording's.
            if (_ledger != null && !_last)
            {
                _ledger.GoOn();
            }

            _record.Close(_writer.UsedSectors, _writer.Fragments, _previousClose);
            _access.BeginMark(_start.Slot, _record);
        }

        private void StepClosed()
        {
            Status = _access.Step();
            if (_access.IsBusy)
            {
                return;
            }

            _closing = false;
            _closed = true;
        }
    }
}
