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
        private readonly CardFiles _files;
        private readonly IClock _clock;
        private ICardFile _file;
        private long _item = None;

        // So that nothing counts as in use at boot.
        private long _usedUs = -IdleUs;
        private bool _mustClose;

        /// <summary>Items of this camera.</summary>
        public EvidenceItems(IServiceCamera camera)
        {
            _camera = camera;
            _files = camera.Store.Files;
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

        /// <summary>
        /// Whether closed segments can be read now without a recording losing anything: between recordings, and in one once what was
        /// before the press is on the card and as long as it needs no other file. Not while the self-test writes to the card.
        /// </summary>
        public bool CanBeRead
        {
            get { return _files.CanRead; }
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
        /// One card operation on the way to an item being open, when there is time for it: closes the one before, asks for a place, opens.
        /// Anything but Ok: it cannot be opened.
        /// </summary>
        /// <param name="item">The item; not the one that is open.</param>
        /// <param name="time">Says when there is time.</param>
        public CardStatus StepOpen(long item, CardTime time)
        {
            if (_camera.IsRecording && !time.Has(OpenUs))
            {
                // The slot that is opened ahead is not opened again meanwhile.
                _files.Announce(FileUse.Port);
                return CardStatus.Ok;
            }

            if (IsOpen)
            {
                Close();
                return CardStatus.Ok;
            }

            if (item == Log)
            {
                _item = item;
                return CardStatus.Ok;
            }

            return _files.Ask(FileUse.Port) ? OpenSlot(item) : CardStatus.Ok;
        }

        /// <summary>Whether an item is the one that is open.</summary>
        public bool IsAt(long item)
        {
            return _item == item && !_mustClose;
        }

        /// <summary>What is open cannot be read: it is closed at the next step.</summary>
        public void CloseNext()
        {
            _mustClose = true;
        }

        /// <summary>Reads from the item that is open.</summary>
        public CardStatus Read(long position, byte[] buffer, int offset, int count)
        {
            CardStatus status =
                _file == null ? _camera.ReadAudit(position, buffer, offset, count) : _file.Read(position, buffer, offset, count);
            _usedUs = _clock.Microseconds;
            return status;
        }

        /// <summary>
        /// No range waits: what is open stays open for a while, since a host that goes on will want it, or the next, again; but whoever
        /// asks for its place gets it.
        /// </summary>
        public void Rest(long nowUs)
        {
            if (nowUs - _usedUs <= IdleUs && !_mustClose)
            {
                _files.LetRest(FileUse.Port);
                return;
            }

            if (IsOpen)
            {
                Close();
            }

            _files.Leave(FileUse.Port);
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
            _mustClose = false;
        }

        private CardStatus OpenSlot(long item)
        {
            _file = _camera.Store.OpenSlot(FileUse.Port, (int)item);
            if (_file == null)
            {
                return _camera.Store.OpenStatus == CardStatus.Busy ? CardStatus.Ok : _camera.Store.OpenStatus;
            }

            _item = item;
            _usedUs = _clock.Microseconds;
            return CardStatus.Ok;
        }
    }
}
