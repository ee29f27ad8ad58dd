using System;

namespace Lapel.Evidence
{
    /// <summary>
    /// Cuts a frame, which lies in pieces of pages, into the blocks of 16,384 bytes that natives take whole, the last in the smallest buffer that holds it. One
    /// copy by the runtime's own code for each part.
    /// </summary>
    public sealed class FrameBlocks
    {
        private readonly Digests _digests;
        private IFrames _frames;
        private int _serial;
        private int _left;
        private int _piece;
        private int _offset;
        private int _room;
        private int _size;

        /// <summary>Blocks in the buffers of these digests.</summary>
        public FrameBlocks(Digests digests)
        {
            _digests = digests;
        }

        /// <summary>Bytes of the last block that are the frame's; what follows them in the buffer is left from before.</summary>
        public int Size
        {
            get { return _size; }
        }

        /// <summary>Bytes of the frame that are still to come.</summary>
        public int Left
        {
            get { return _left; }
        }

        /// <summary>Begins a frame.</summary>
        public void Begin(IFrames frames, int serial)
        {
            _frames = frames;
            _serial = serial;
            _left = Sector.RoundUp(frames.Length(serial));
            _piece = 0;
            _offset = 0;
            _room = frames.PieceLength(serial, 0);
        }

        /// <summary>The next block, in a buffer that is used again.</summary>
        public byte[] Next()
        {
            int size = _left < Digests.MaxBlock ? _left : Digests.MaxBlock;
            byte[] block = _digests.BlockFor(size);
            int filled = 0;
            while (filled < size)
            {
                if (_offset == _room)
                {
                    _piece++;
                    _offset = 0;
                    _room = _frames.PieceLength(_serial, _piece);
                }

                int part = size - filled;
                if (part > _room - _offset) part = _room - _offset;
                Array.Copy(_frames.PiecePage(_serial, _piece), _frames.PieceOffset(_serial, _piece) + _offset, block, filled, part);
                filled += part;
                _offset += part;
            }

            _left -= size;
            _size = size;
            return block;
        }
    }
}
