// SPDX-License-Identifier: MIT

using Lapel.Custody;
using Lapel.Evidence;
using Lapel.Hal;

namespace Lapel.Service
{
    /// <summary>Sends items to a dock in frames (PROTOCOL.md section 6).</summary>
    /// <remarks>
    /// Two ranges wait at most. Three frames are held: two are given to the line, and one is filled from the card meanwhile. One card
    /// operation a step, and only when it makes no picture late: a block is read in pieces when there is no more time. While a
    /// recording runs this takes what time it leaves.
    /// </remarks>
    public sealed class BulkLane
    {
        /// <summary>Ranges that may be outstanding.</summary>
        public const int MaxRanges = 2;

        /// <summary>Longest range, bytes: 23 s at 115,200 baud, 0.9 s at 3 M.</summary>
        public const int MaxRangeBytes = 262144;

        // What is read at once when there is no time for a whole block, and how long it takes: at 500 kB/s, the operation included. Cards
        // read 1 MB/s or faster.
        private const int PieceBytes = 4096;
        private const long PieceUs = 8000;

        // Until one was read. A stall is no rate: no block is taken to need longer than at 200 kB/s.
        private const long FirstBlockUs = 20000;
        private const long MostBlockUs = 80000;

        private readonly AccessControl _access;
        private readonly ILink _link;
        private readonly ServiceOutput _output;
        private readonly EvidenceItems _items;
        private readonly CardFiles _files;
        private readonly CardTime _time;
        private readonly BulkRange[] _ranges = new BulkRange[MaxRanges];

        // The sender reads two where they lie while the card fills the third, so that the line goes on while a picture is taken and while
        // the card waits for its turn. Taken at boot, since nothing may be allocated while one is being sent.
        private const int HeldFrames = 3;
        private BulkRange _current;
        private int _first;
        private int _count;
        private BulkFrame _next;
        private bool _ready;
        private int _filled;
        private int _sent;
        private long _blockUs = FirstBlockUs;

        /// <summary>Allocates its three frames, 48 KB.</summary>
        public BulkLane(IServiceCamera camera, AccessControl access, ILink link, ServiceOutput output, EvidenceItems items)
        {
            _access = access;
            _link = link;
            _output = output;
            _items = items;
            _files = camera.Store.Files;
            _time = new CardTime(camera);
            for (int i = 0; i < MaxRanges; i++)
            {
                _ranges[i] = new BulkRange();
            }

            BulkFrame last = new BulkFrame(camera.Board.Natives);
            _next = last;
            for (int i = 1; i < HeldFrames; i++)
            {
                last.Next = new BulkFrame(camera.Board.Natives);
                last = last.Next;
            }

            last.Next = _next;
        }

        /// <summary>Whether ranges wait or are being sent.</summary>
        public bool IsBusy
        {
            get { return _count > 0; }
        }

        /// <summary>Whether another range finds room.</summary>
        public bool HasRoom
        {
            get { return _count < MaxRanges; }
        }

        /// <summary>Frames sent since boot.</summary>
        public int Frames
        {
            get { return _sent; }
        }

        /// <summary>The range whose answer is due; null when none is.</summary>
        public BulkRange Over
        {
            get
            {
                BulkRange range = _current;
                return range != null && range.IsOver ? range : null;
            }
        }

        /// <summary>Queues a range that was checked; only when <see cref="HasRoom"/>.</summary>
        public void Queue(SmpRequest request, long item, long offset, int length, int block)
        {
            BulkRange range = _ranges[(_first + _count) % MaxRanges];

            // Kept with the range: the request's buffer is given back long before the answer.
            range.Version = request.Version;
            range.Sequence = request.Sequence;
            range.Item = item;
            range.Offset = offset;
            range.Length = length;
            range.Block = block;
            range.IsSlow = _link.Baud <= LineRate.Default;
            range.Read = 0;
            range.Sent = 0;
            range.IsOver = false;
            range.Error = CameraError.None;
            _count++;
            _current = _ranges[_first];
        }

        /// <summary>Forgets the range that is over: it was answered.</summary>
        public void Answered()
        {
            _first = (_first + 1) % MaxRanges;
            _count--;
            _current = _count > 0 ? _ranges[_first] : null;
        }

        /// <summary>Ends all ranges. A frame that is on the line already goes on to its end.</summary>
        /// <param name="error">Why; None when the host asked for it.</param>
        public void End(CameraError error)
        {
            for (int i = 0; i < _count; i++)
            {
                End(_ranges[(_first + i) % MaxRanges], error);
            }

            // A frame that was read and not yet sent is dropped: its host is told that the range has ended.
            _ready = false;
            _filled = 0;
        }

        /// <summary>One step.</summary>
        /// <returns>True when more is to be done soon.</returns>
        public bool Step(long nowUs)
        {
            BulkRange range = _current;
            if (_ready)
            {
                Send(range);
                return true;
            }

            if (range == null)
            {
                _items.Rest(nowUs);
                return false;
            }

            if (range.IsOver)
            {
                return true;
            }

            if (_access.Role < Role.Dock)
            {
                // Asked at every block and not once: a session can end while 256 KiB are on their way.
                End(CameraError.RoleNeeded);
            }
            else if (!_files.CanRead)
            {
                End(CameraError.Recording);
            }
            else if (_items.IsAt(range.Item))
            {
                Read(range);
            }
            else
            {
                Open(range);
            }

            return true;
        }

        private void Open(BulkRange range)
        {
            if (_items.StepOpen(range.Item, _time) != CardStatus.Ok)
            {
                End(range, CameraError.Card);
            }
            else
            {
                GiveUpWhenMissed();
            }
        }

        private void Read(BulkRange range)
        {
            int block = range.Length - range.Read;
            if (block > range.Block)
            {
                block = range.Block;
            }

            if (_filled > 0 || !_time.Has(_blockUs))
            {
                ReadPieces(range, block);
                return;
            }

            BulkFrame frame = _next;
            CardStatus status = _items.Read(range.Offset + range.Read, frame.Buffer, BulkFrame.PayloadAt, block);
            _blockUs = _items.UsedUs - _time.NowUs;
            if (status == CardStatus.Ok)
            {
                Finish(range, frame, block);
            }
            else
            {
                Fail(range);
            }
        }

        // As much of a block as there is time for, when there is not enough for all of it.
        private void ReadPieces(BulkRange range, int block)
        {
            if (_blockUs > MostBlockUs)
            {
                _blockUs = MostBlockUs;
            }

            if (!_time.Has(PieceUs))
            {
                GiveUpWhenMissed();
                return;
            }

            long fitUs = _time.FreeUs < _blockUs ? _time.FreeUs : block / PieceBytes * PieceUs;
            int count = PieceOf(fitUs, block - _filled);
            BulkFrame frame = _next;
            CardStatus status = _items.Read(range.Offset + range.Read + _filled, frame.Buffer, BulkFrame.PayloadAt + _filled, count);
            _filled += count;
            if (status != CardStatus.Ok)
            {
                Fail(range);
            }
            else if (_filled == block)
            {
                Finish(range, frame, block);
            }
        }

        /// <summary>Bytes of a block that are read at once.</summary>
        /// <param name="freeUs">
        /// Microseconds until a picture would be late. Zero or less when one is late already: then the range has waited long enough, and
        /// one piece is read all the same.
        /// </param>
        /// <param name="left">Bytes of the block that are still to be read, 1 to 16,384.</param>
        /// <returns>1 to <paramref name="left"/>.</returns>
        public static int PieceOf(long freeUs, int left)
        {
            long count = freeUs < PieceUs ? PieceBytes : freeUs / PieceUs * PieceBytes;
            return count < left ? (int)count : left;
        }

        private void Finish(BulkRange range, BulkFrame frame, int block)
        {
            _filled = 0;

            // The CRC is made over what was read from the card: what the cable damages is seen by the host, which asks again.
            frame.Complete(range.Sequence, range.Offset + range.Read, block);
            range.Read += block;
            _ready = true;
        }

        private void Fail(BulkRange range)
        {
            _items.CloseNext();
            _filled = 0;
            End(range, CameraError.Card);
        }

        private void GiveUpWhenMissed()
        {
            if (_time.IsMissed)
            {
                End(CameraError.Recording);
            }
        }

        // Text and SMP lines that wait go first: they are given in pieces, and a frame must not fall between two.
        private void Send(BulkRange range)
        {
            // Another frame waits behind the one on the line: a picture that is taken meanwhile leaves no gap. At the slowest rate a frame
            // takes up to 0.4 s, so what is typed would wait too long, and the gap does not count.
            if ((range.IsSlow && _link.IsSending) || _output.Step() || !_link.CanSend)
            {
                return;
            }

            BulkFrame frame = _next;
            int count = frame.Count;
            _output.Send(frame.Buffer, count + BulkFrame.OverheadBytes);
            _sent++;
            _next = frame.Next;
            _ready = false;
            count += range.Sent;
            range.Sent = count;
            if (count == range.Length)
            {
                range.IsOver = true;
            }
        }

        private static void End(BulkRange range, CameraError error)
        {
            if (range.IsOver)
            {
                return;
            }

            range.IsOver = true;
            range.Error = error;
        }
    }
}
