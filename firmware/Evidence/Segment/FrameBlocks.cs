// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Evidence
{
    /// <summary>
    /// Cuts a frame, which lies in pieces of pages, into the blocks of 16,384 bytes that natives take whole, the last in the smallest
    /// buffer that holds it. One copy by the runtime's own code for each part.
    /// </summary>
    public sealed class FrameBlocks
    {
        private readonly Digests _digests;
        private IFrames _frames;
        private int _serial;
        private int _left;
        private int _piece;
        private byte[] _page;
        private int _at;
        private int _end;
        private int _size;

        /// <summary>Blocks in the buffers of these digests.</summary>
        /// <param name="digests">Owner of the buffers, one for each size that a block can have.</param>
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
        /// <param name="frames">Where the frames are.</param>
        /// <param name="serial">Serial of the frame, which must not be released meanwhile.</param>
        public void Begin(IFrames frames, int serial)
        {
            _frames = frames;
            _serial = serial;
            _left = Sector.RoundUp(frames.Length(serial));
            _piece = 0;
            OpenPiece();
        }

        /// <summary>
        /// The next block of at most 16,384 bytes, in a buffer that is used again at the next call. Only while <see cref="Left"/> is
        /// above 0.
        /// </summary>
        public byte[] Next()
        {
            int left = _left;
            int size = left < Digests.MaxBlock ? left : Digests.MaxBlock;
            byte[] block = _digests.BlockFor(size);
            int filled = 0;
            int at = _at;
            int room = _end - at;
            int part;
            while (true)
            {
                part = size - filled;
                if (part > room)
                {
                    part = room;
                }

                Array.Copy(_page, at, block, filled, part);
                filled += part;
                at += part;
                if (filled == size)
                {
                    break;
                }

                _piece++;
                OpenPiece();
                at = _at;
                room = _end - at;
            }

            left -= size;
            _left = left;
            _at = at;
            if (part == room && left != 0)
            {
                _piece++;
                OpenPiece();
            }

            _size = size;
            return block;
        }

        private void OpenPiece()
        {
            _page = _frames.PiecePage(_serial, _piece);
            _at = _frames.PieceOffset(_serial, _piece);
            _end = _at + _frames.PieceLength(_serial, _piece);
        }
    }
}
