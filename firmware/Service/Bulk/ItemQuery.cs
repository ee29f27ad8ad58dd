// SPDX-License-Identifier: MIT

using Lapel.Evidence;
using Lapel.Hal;

namespace Lapel.Service
{
    /// <summary>
    /// Tells what an item is: its length, the block that suits the rate, and of a segment its recording, number and close digest.
    /// </summary>
    /// <remarks>The digest is read from the slot, which is open then for the ranges that follow; one card operation a step.</remarks>
    public sealed class ItemQuery
    {
        // A host takes an answer that does not come within a second for lost. What a recording left no time for by then is not told.
        private const long WaitsUs = 700000;

        // Beside a recording the card is read in the gaps between its fragments, half a second apart: two blocks of this many times the
        // usual size keep the line at work meanwhile.
        private const int RecordingBlocks = 4;

        // A sector of the catalogue, or the end of a segment: 2 to 8 ms.
        private const long ReadUs = 8000;

        private readonly IServiceCamera _camera;
        private readonly EvidenceItems _items;
        private readonly LineRate _rate;
        private readonly CardTime _time;
        private readonly RecordAccess _access;
        private readonly byte[] _end = new byte[SignedReader.Room];
        private long _item;
        private long _sinceUs;
        private bool _isTold;
        private bool _mayOpen;

        /// <summary>Questions about these items.</summary>
        public ItemQuery(IServiceCamera camera, EvidenceItems items, LineRate rate, CardTime time)
        {
            _camera = camera;
            _items = items;
            _rate = rate;
            _time = time;
            _access = new RecordAccess(camera.Store.Catalogue);
        }

        /// <summary>Whether one is being answered.</summary>
        public bool IsUnderWay { get; private set; }

        /// <summary>Begins an answer.</summary>
        /// <param name="item">The item.</param>
        /// <param name="mayOpen">Whether a file may be opened for it: nobody else has one.</param>
        /// <param name="reply">The answer.</param>
        public SmpProgress Begin(long item, bool mayOpen, SmpReply reply)
        {
            long length = _items.Length(item);
            if (length == 0)
            {
                CameraErrors.Fail(reply, CameraError.NoSuchItem);
                return SmpProgress.Answered;
            }

            // What is known without the card is told at once, so that a query of a slot that cannot be read still says how long it is.
            reply.Key("len");
            reply.Int(length);
            reply.Key("k");
            reply.Int(Block());
            if (item == EvidenceItems.Log)
            {
                return SmpProgress.Answered;
            }

            _item = item;
            _mayOpen = mayOpen;
            _isTold = false;
            _access.Abandon();
            _sinceUs = _camera.Board.Clock.Microseconds;
            IsUnderWay = true;
            return SmpProgress.Continues;
        }

        /// <summary>Goes on with the answer.</summary>
        public SmpProgress Continue(SmpReply reply)
        {
            bool goesOn = _items.CanBeRead ? Step(reply) : Fail(reply, CameraError.Recording);
            IsUnderWay = goesOn;
            return goesOn ? SmpProgress.Continues : SmpProgress.Answered;
        }

        private int Block()
        {
            int block = _camera.IsRecording ? RecordingBlocks * _rate.Block : _rate.Block;
            return block < BulkFrame.MaxPayload ? block : BulkFrame.MaxPayload;
        }

        private static bool Fail(SmpReply reply, CameraError error)
        {
            CameraErrors.Fail(reply, error);
            return false;
        }

        private bool Step(SmpReply reply)
        {
            bool isLate = _camera.IsRecording && _camera.Board.Clock.Microseconds - _sinceUs > WaitsUs;
            bool isOpen = _items.IsAt(_item);
            if (isLate)
            {
                // Numbers without the digest are an answer; nothing at all is an error.
                return !_isTold && Fail(reply, CameraError.Recording);
            }

            if (_isTold && !isOpen)
            {
                return _mayOpen && _items.StepOpen(_item, _time) == CardStatus.Ok;
            }

            if (!_time.Has(ReadUs))
            {
                return true;
            }

            return _isTold ? TellDigest(reply) : TellNumbers(reply);
        }

        private bool TellNumbers(SmpReply reply)
        {
            if (!_access.IsBusy)
            {
                _access.BeginRead((int)_item);
            }

            if (_access.Step() != CardStatus.Ok)
            {
                return Fail(reply, CameraError.Card);
            }

            if (_access.IsBusy)
            {
                return true;
            }

            reply.Key("rec");
            reply.Int((uint)BigEndian.Get32(_access.Record, CatalogueSector.RecordingAt));
            reply.Key("seg");
            reply.Int((uint)BigEndian.Get32(_access.Record, CatalogueSector.SegmentAt));
            _isTold = true;
            return true;
        }

        // What cannot be read is not told: the rest of the segment may be readable all the same.
        private bool TellDigest(SmpReply reply)
        {
            long end = (uint)BigEndian.Get32(_access.Record, CatalogueSector.SectorsAt) * (long)Sector.Size;
            int count = end < _end.Length ? (int)end : _end.Length;
            if (count == 0 || end > _camera.Store.Catalogue.SlotBytes || _items.Read(end - count, _end, 0, count) != CardStatus.Ok)
            {
                return false;
            }

            byte[] digest = CloseProbe.Digest(_camera.Digests, _end, count);

            // A close that is not the one in the catalogue is not told: the host would ask for a receipt that the camera refuses.
            if (digest == null || !IsListed(digest))
            {
                return false;
            }

            reply.Key("digest");
            reply.Bytes(digest, 0, digest.Length);
            return false;
        }

        private bool IsListed(byte[] digest)
        {
            for (int i = 0; i < CatalogueSector.DigestBytes; i++)
            {
                if (digest[i] != _access.Record[CatalogueSector.DigestAt + i])
                {
                    return false;
                }
            }

            return true;
        }
    }
}
