// SPDX-License-Identifier: MIT

using Lapel.Custody;
using Lapel.Evidence;
using Lapel.Hal;

namespace Lapel.Service
{
    /// <summary>Commands of group 64 that tell a dock what is on the card and have it sent.</summary>
    public sealed class EvidenceCommands
    {
        /// <summary>Most slots in a list.</summary>
        public const int MaxListed = 16;

        // Slots looked at for one answer: 20 instructions each. A list that finds none among them says where to go on.
        private const int MaxExamined = 256;

        // Answers come within a second: what a recording leaves no time for by then is for the next one.
        private const long WaitsUs = 700000;

        // A sector of the catalogue, two for each slot listed.
        private const long ReadUs = 5000;

        private readonly IServiceCamera _camera;
        private readonly AccessControl _access;
        private readonly EvidenceItems _items;
        private readonly BulkLane _lane;
        private readonly ItemQuery _query;
        private readonly CardTime _time;
        private readonly RecordAccess _records;
        private int _slot;
        private int _listLeft;
        private int _examineLeft;
        private long _sinceUs;
        private bool _isAny;

        /// <summary>Commands of this camera.</summary>
        public EvidenceCommands(IServiceCamera camera, AccessControl access, EvidenceItems items, BulkLane lane, LineRate rate)
        {
            _camera = camera;
            _access = access;
            _items = items;
            _lane = lane;
            _time = new CardTime(camera);
            _records = new RecordAccess(camera.Store.Catalogue);
            _query = new ItemQuery(camera, items, rate, _time);
        }

        /// <summary>Begins a list of the slots that hold evidence; each record is read in a step of its own.</summary>
        public SmpProgress BeginList(SmpRequest request, SmpReply reply)
        {
            long from = 0;
            long most = MaxListed;
            bool sound = request.Map.Unsigned("from", ref from) && request.Map.Unsigned("n", ref most) && most > 0;
            if (!sound)
            {
                CameraErrors.Fail(reply, CameraError.Malformed);
            }
            else if (IsRefused(reply))
            {
                return SmpProgress.Answered;
            }
            else if (most > MaxListed)
            {
                CameraErrors.Fail(reply, CameraError.OutOfRange);
            }
            else
            {
                // A start beyond the card is an empty list and no error: the card may be another one since the last page.
                int slots = _camera.Store.Catalogue.Slots;
                _slot = from < slots ? (int)from : slots;
                _listLeft = (int)most;
                _examineLeft = MaxExamined;
                _isAny = false;
                _records.Abandon();
                _sinceUs = _camera.Board.Clock.Microseconds;
                reply.Key("items");
                reply.BeginArray();
                return SmpProgress.Continues;
            }

            return SmpProgress.Answered;
        }

        /// <summary>Goes on with a list or with what is told of an item.</summary>
        public SmpProgress Continue(SmpReply reply)
        {
            return _query.IsUnderWay ? _query.Continue(reply) : ContinueList(reply);
        }

        private SmpProgress ContinueList(SmpReply reply)
        {
            if (!_items.CanBeRead)
            {
                return Refuse(reply);
            }

            Catalogue catalogue = _camera.Store.Catalogue;

            // In memory, so cheap; but bounded, since a card of 16,384 free slots would hold the loop for longer than a picture may wait.
            while (_slot < catalogue.Slots && _examineLeft > 0 && !HoldsEvidence(catalogue.State(_slot)))
            {
                _slot++;
                _examineLeft--;
            }

            bool more = _slot < catalogue.Slots && _examineLeft > 0 && _listLeft > 0;
            if (more && _camera.IsRecording && !_time.Has(ReadUs))
            {
                if (_time.NowUs - _sinceUs < WaitsUs)
                {
                    return SmpProgress.Continues;
                }

                if (!_isAny)
                {
                    return Refuse(reply);
                }

                more = false;
            }

            if (more)
            {
                return ListOne(catalogue, reply);
            }

            reply.Close();
            if (_slot >= catalogue.Slots)
            {
                return SmpProgress.Answered;
            }

            reply.Key("next");
            reply.Int(_slot);
            return SmpProgress.Answered;
        }

        /// <summary>Begins to tell what an item is.</summary>
        public SmpProgress BeginItem(SmpRequest request, SmpReply reply)
        {
            long item = -1;
            if (!request.Map.Unsigned("id", ref item) || item < 0)
            {
                CameraErrors.Fail(reply, CameraError.Malformed);
            }
            else if (!IsRefused(reply))
            {
                return _query.Begin(item, !_lane.IsBusy && !_access.IsBusy, reply);
            }

            return SmpProgress.Answered;
        }

        /// <summary>Queues a range: its frames follow, then its answer.</summary>
        public SmpProgress QueueRange(SmpRequest request, SmpReply reply)
        {
            long item = -1;
            long offset = -1;
            long length = -1;
            long block = -1;
            SmpMap map = request.Map;
            bool sound =
                map.Unsigned("id", ref item)
                && map.Unsigned("off", ref offset)
                && map.Unsigned("len", ref length)
                && map.Unsigned("k", ref block);

            // All four are required: -1 stands for a key that is not there.
            if (!sound || item < 0 || offset < 0 || length < 0 || block < 0)
            {
                CameraErrors.Fail(reply, CameraError.Malformed);
            }
            else if (IsRefused(reply))
            {
                return SmpProgress.Answered;
            }
            else if (_items.Length(item) == 0)
            {
                CameraErrors.Fail(reply, CameraError.NoSuchItem);
            }
            else if (!IsWithin(_items.Length(item), offset, length) || !LineRate.IsBlock(block))
            {
                CameraErrors.Fail(reply, CameraError.OutOfRange);
            }
            else if (!_lane.HasRoom)
            {
                reply.Fail(SmpError.Busy);
            }
            else
            {
                _lane.Queue(request, item, offset, (int)length, (int)block);
                return SmpProgress.Queued;
            }

            return SmpProgress.Answered;
        }

        private static bool IsWithin(long itemLength, long offset, long length)
        {
            return length > 0 && length <= BulkLane.MaxRangeBytes && offset < itemLength && length <= itemLength - offset;
        }

        private static bool HoldsEvidence(SlotState state)
        {
            return state == SlotState.Closed || state == SlotState.Open;
        }

        private bool IsRefused(SmpReply reply)
        {
            bool refused = true;
            if (_access.Role < Role.Dock)
            {
                CameraErrors.Fail(reply, CameraError.RoleNeeded);
            }
            else if (!_items.CanBeRead)
            {
                CameraErrors.Fail(reply, CameraError.Recording);
            }
            else
            {
                refused = false;
            }

            return refused;
        }

        private static SmpProgress Refuse(SmpReply reply)
        {
            CameraErrors.Fail(reply, CameraError.Recording);
            return SmpProgress.Answered;
        }

        private SmpProgress ListOne(Catalogue catalogue, SmpReply reply)
        {
            if (!_records.IsBusy)
            {
                _records.BeginRead(_slot);
            }

            if (_records.Step() != CardStatus.Ok)
            {
                CameraErrors.Fail(reply, CameraError.Card);
                return SmpProgress.Answered;
            }

            if (_records.IsBusy)
            {
                return SmpProgress.Continues;
            }

            reply.BeginArray();
            reply.Int(_slot);
            reply.Int((int)catalogue.State(_slot));

            // Recording, segment, sectors, time, fragments: in the order of the record, unsigned.
            for (int at = CatalogueSector.RecordingAt; at <= CatalogueSector.FragmentsAt; at += 4)
            {
                reply.Int((uint)BigEndian.Get32(_records.Record, at));
            }

            reply.Bytes(_records.Record, CatalogueSector.DigestAt, CatalogueSector.DigestBytes);
            reply.Close();
            _slot++;
            _listLeft--;
            _examineLeft--;
            _isAny = true;
            return SmpProgress.Continues;
        }
    }
}
