// SPDX-License-Identifier: MIT

using Lapel.Evidence;
using Lapel.Hal;

namespace Lapel.Service
{
    /// <summary>
    /// The items that a dock reads: closed segments by slot, and the audit log, which the camera keeps open anyway. At most one file is
    /// open here: the card takes five at once.
    /// </summary>
    public sealed class EvidenceItems
    {
        /// <summary>Id of the audit log; ids below are slots.</summary>
        public const long Log = 0x10000;

        private const long None = -1;

        // A file that nobody reads from is closed after this long: others may need one.
        private const long IdleUs = 3000000;

        // An open takes 90 to 140 ms and a close 30 to 75, more than from one picture to the next: while recording the picture behind it
        // comes late, as it does when a recording goes on in its next slot. It is begun when there would be time for a read; on a card that
        // just keeps up with the recording there is never time for more.
        private const long OpenUs = 8000;

        private readonly IServiceCamera _camera;
        private readonly IClock _clock;
        private ICardFile _file;
        private long _item = None;

        // So that nothing counts as in use at boot.
        private long _usedUs = -IdleUs;

        /// <summary>Items of this camera.</summary>
        public EvidenceItems(IServiceCamera camera)
        {
            _camera = camera;
            _clock = camera.Board.Clock;
        }

        /// <summary>Whether an item is open here.</summary>
        public bool IsOpen
        {
            get { return _item != None; }
        }

        /// <summary>When it was opened or read last, monotonic microseconds.</summary>
        public long UsedUs
        {
            get { return _usedUs; }
        }

        /// <summary>Whether something was read just now: a host that goes on will want it, or the next, again.</summary>
        public bool IsInUse(long nowUs)
        {
            return nowUs - _usedUs <= IdleUs;
        }

        /// <summary>Bytes of an item; 0 when there is no such item.</summary>
        public long Length(long item)
        {
            if (item == Log)
            {
                return _camera.AuditBytes;
            }

            Catalogue catalogue = _camera.Store.Catalogue;

            // Open segments are not given out: their end is not signed, and recovery or the recording still writes there.
            if (item < 0 || item >= catalogue.Slots || catalogue.State((int)item) != SlotState.Closed)
            {
                return 0;
            }

            // The whole slot: the index stands at its end. What lies between is stale and belongs to no segment (FORMAT.md 3.4).
            return catalogue.SlotBytes;
        }

        /// <summary>
        /// One card operation on the way to an item being open, when there is time for it: closes the one before, has the camera give up
        /// the slot that it holds ready, opens.
        /// </summary>
        /// <param name="item">The item; not the one that is open.</param>
        /// <param name="turn">Says when there is time.</param>
        /// <returns>Anything but Ok: it cannot be opened.</returns>
        public CardStatus StepOpen(long item, CardTurn turn)
        {
            if (_camera.IsRecording && !turn.Has(OpenUs))
            {
                return CardStatus.Ok;
            }

            CardStatus status = CardStatus.Ok;

            // One operation a step: a close alone takes longer than the gap between two pictures.
            if (IsOpen)
            {
                Close();
            }
            else if (item == Log)
            {
                _item = item;
            }
            else if (!_camera.YieldSpare())
            {
                status = OpenSlot(item);
            }

            return status;
        }

        /// <summary>Whether an item is the one that is open.</summary>
        public bool IsAt(long item)
        {
            return _item == item;
        }

        /// <summary>Reads from the item that is open.</summary>
        public CardStatus Read(long position, byte[] buffer, int offset, int count)
        {
            CardStatus status =
                _file == null ? _camera.ReadAudit(position, buffer, offset, count) : _file.Read(position, buffer, offset, count);
            _usedUs = _clock.Microseconds;
            return status;
        }

        /// <summary>Closes what nobody reads from any more, or must not.</summary>
        public void CloseIdle(long nowUs)
        {
            if (IsOpen && (!IsInUse(nowUs) || !_camera.MayRead))
            {
                Close();
            }
        }

        /// <summary>Closes what is open: another needs the card's files.</summary>
        public void Close()
        {
            if (_file != null)
            {
                _file.Close();
            }

            _file = null;
            _item = None;
        }

        private CardStatus OpenSlot(long item)
        {
            _file = _camera.Store.OpenSlot((int)item);
            if (_file == null)
            {
                return _camera.Store.OpenStatus;
            }

            _item = item;
            _usedUs = _clock.Microseconds;
            return CardStatus.Ok;
        }
    }
}
