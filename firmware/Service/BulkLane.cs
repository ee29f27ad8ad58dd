using Lapel.Custody;
using Lapel.Hal;

namespace Lapel.Service
{
    /// <summary>
    /// Sends items to a dock in frames (PROTOCOL.md section 6). Two ranges wait at most; two frames are held, one on the line while the next is read from the card. One card
    /// read a step, and only when it makes no picture late: a recording ends whatever is under way here.
    /// </summary>
    public sealed class BulkLane
    {
        /// <summary>Ranges that may be outstanding.</summary>
        public const int MaxRanges = 2;

        /// <summary>Longest range, bytes: 23 s at 115,200 baud, 0.9 s at 3 M.</summary>
        public const int MaxRangeBytes = 262144;

        // A read that never fits between two pictures is done after this long all the same, as long as nothing is recorded: a picture of the past comes later by it.
        private const long PatienceUs = 30000;

        // A file that nobody reads from is closed after this long: others may need one.
        private const long IdleUs = 3000000;

        // Cards read 1 MB/s or faster; after the first block it is known.
        private const long FirstReadUs = 20000;

        private readonly IServiceCamera _camera;
        private readonly Custodian _custodian;
        private readonly ILink _link;
        private readonly ServiceOutput _output;
        private readonly EvidenceItems _items;
        private readonly IClock _clock;
        private readonly BulkRange[] _ranges = new BulkRange[MaxRanges];
        private readonly BulkFrame[] _frames = new BulkFrame[2];
        private int _first;
        private int _count;
        private int _next;
        private bool _ready;
        private long _readUs = FirstReadUs;
        private long _workedUs;

        /// <summary>Allocates its two frames, 32 KB.</summary>
        public BulkLane(IServiceCamera camera, Custodian custodian, ILink link, ServiceOutput output, EvidenceItems items)
        {
            _camera = camera;
            _custodian = custodian;
            _link = link;
            _output = output;
            _items = items;
            _clock = camera.Board.Clock;
            for (int i = 0; i < MaxRanges; i++) _ranges[i] = new BulkRange();
            for (int i = 0; i < _frames.Length; i++) _frames[i] = new BulkFrame(camera.Board.Natives);
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
        public int Frames { get; private set; }

        /// <summary>The range whose answer is due; null when none is.</summary>
        public BulkRange Over
        {
            get { return _count > 0 && _ranges[_first].IsOver ? _ranges[_first] : null; }
        }

        /// <summary>Queues a range that was checked; only when <see cref="HasRoom"/>.</summary>
        public void Queue(SmpRequest request, long item, long offset, int length, int block)
        {
            BulkRange range = _ranges[(_first + _count) % MaxRanges];
            range.Version = request.Version;
            range.Sequence = request.Sequence;
            range.Item = item;
            range.Offset = offset;
            range.Length = length;
            range.Block = block;
            range.Read = 0;
            range.Sent = 0;
            range.IsOver = false;
            range.Error = CameraError.None;
            _count++;
        }

        /// <summary>Forgets the range that is over: it was answered.</summary>
        public void Answered()
        {
            _first = (_first + 1) % MaxRanges;
            _count--;
        }

        /// <summary>Ends all ranges. A frame that is on the line already goes on to its end.</summary>
        /// <param name="error">Why; None when the host asked for it.</param>
        public void End(CameraError error)
        {
            for (int i = 0; i < _count; i++) End(_ranges[(_first + i) % MaxRanges], error);
            _ready = false;
        }

        /// <summary>One step. True when more is to be done soon.</summary>
        public bool Step(long nowUs)
        {
            if (_count == 0) return CloseIdle(nowUs);
            BulkRange range = _ranges[_first];
            if (range.IsOver) return true;
            if (_ready) Send(range);
            else if (_custodian.Role < Role.Dock) End(CameraError.RoleNeeded);
            else if (!_camera.MayRead) End(CameraError.Recording);
            else if (!_items.IsAt(range.Item)) Open(range, nowUs);
            else if (IsTime(nowUs)) ReadBlock(range);
            return true;
        }

        private void Open(BulkRange range, long nowUs)
        {
            _workedUs = nowUs;
            if (_items.Open(range.Item) != CardStatus.Ok) End(range, CameraError.Card);
        }

        private bool IsTime(long nowUs)
        {
            bool free = _camera.FreeUs(nowUs) >= _readUs || (nowUs - _workedUs >= PatienceUs && !_camera.IsRecording);
            if (free) _workedUs = nowUs;
            return free;
        }

        private void ReadBlock(BulkRange range)
        {
            int left = range.Length - range.Read;
            int count = left < range.Block ? left : range.Block;
            BulkFrame frame = _frames[_next];
            long position = range.Offset + range.Read;
            long beforeUs = _clock.Microseconds;
            CardStatus status = _items.Read(position, frame.Buffer, BulkFrame.PayloadAt, count);
            _readUs = _clock.Microseconds - beforeUs;
            if (status != CardStatus.Ok)
            {
                _items.Close();
                End(range, CameraError.Card);
                return;
            }

            frame.Complete(range.Sequence, position, count);
            range.Read += count;
            _ready = true;
        }

        // Text and SMP lines that wait go first: they leave in pieces, and a frame must not fall between two.
        private void Send(BulkRange range)
        {
            if (_link.IsSending || _output.Step()) return;
            BulkFrame frame = _frames[_next];
            _link.Send(frame.Buffer, 0, frame.Count + BulkFrame.OverheadBytes);
            Frames++;
            _next ^= 1;
            _ready = false;
            range.Sent += frame.Count;
            if (range.Sent == range.Length) range.IsOver = true;
        }

        private bool CloseIdle(long nowUs)
        {
            if (_items.IsOpen && nowUs - _workedUs > IdleUs) _items.Close();
            return false;
        }

        private static void End(BulkRange range, CameraError error)
        {
            if (range.IsOver) return;
            range.IsOver = true;
            range.Error = error;
        }
    }
}
