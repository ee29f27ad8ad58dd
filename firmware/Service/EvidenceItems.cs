using Lapel.Evidence;
using Lapel.Hal;

namespace Lapel.Service
{
    /// <summary>
    /// The items that a dock reads: closed segments by slot, and the audit log. At most one file is open here, and none while a recording runs: the card takes five at once.
    /// </summary>
    public sealed class EvidenceItems
    {
        /// <summary>Id of the audit log; ids below are slots.</summary>
        public const long Log = 0x10000;

        private const long None = -1;

        private readonly IServiceCamera _camera;
        private ICardFile _file;
        private long _item = None;

        /// <summary>Items of this camera.</summary>
        public EvidenceItems(IServiceCamera camera)
        {
            _camera = camera;
        }

        /// <summary>Whether a file is open here.</summary>
        public bool IsOpen
        {
            get { return _item != None; }
        }

        /// <summary>Bytes of an item; 0 when there is no such item.</summary>
        public long Length(long item)
        {
            if (item == Log) return _camera.AuditBytes;
            Catalogue catalogue = _camera.Store.Catalogue;
            if (item < 0 || item >= catalogue.Slots || catalogue.State((int)item) != SlotState.Closed) return 0;
            return catalogue.SlotBytes;
        }

        /// <summary>Opens an item, closing the one before. An open takes about 100 ms.</summary>
        public CardStatus Open(long item)
        {
            if (_item == item) return CardStatus.Ok;
            Close();
            if (item != Log)
            {
                _file = _camera.Store.OpenSlot((int)item);
                if (_file == null) return _camera.Store.OpenStatus;
            }

            _item = item;
            return CardStatus.Ok;
        }

        /// <summary>Whether an item is the one that is open.</summary>
        public bool IsAt(long item)
        {
            return _item == item;
        }

        /// <summary>Reads from the item that is open.</summary>
        public CardStatus Read(long position, byte[] buffer, int offset, int count)
        {
            return _file == null ? _camera.ReadAudit(position, buffer, offset, count) : _file.Read(position, buffer, offset, count);
        }

        /// <summary>Closes what is open: another needs the card's files.</summary>
        public void Close()
        {
            if (_file != null) _file.Close();
            _file = null;
            _item = None;
        }
    }
}
