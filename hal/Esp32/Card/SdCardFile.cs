// SPDX-License-Identifier: MIT

using System;
using System.IO;

namespace Lapel.Hal.Esp32
{
    /// <summary>A preallocated file on the card.</summary>
    public sealed class SdCardFile : ICardFile
    {
        /// <summary>Bytes of a sector.</summary>
        public const int SectorBytes = 512;

        // The stream's position is not known: seek before the next access.
        private const long Unknown = -1;

        private readonly SdCard _card;
        private readonly FileStream _stream;

        // Asked once: it never changes, and each question is a native call.
        private readonly long _length;
        private long _position;
        private bool _closed;

        internal SdCardFile(SdCard card, FileStream stream, long length)
        {
            _card = card;
            _stream = stream;
            _length = length;
        }

        /// <inheritdoc/>
        public long Length
        {
            get { return _length; }
        }

        /// <inheritdoc/>
        public CardStatus Write(long position, byte[] buffer, int offset, int count)
        {
            // A write that grew the file would change the FAT, and on a full card never return under one of the native drivers.
            // Below zero when one of the two is.
            long both = position | (long)count;
            long end = position + count;
            if (_closed || both < 0 || (both & (SectorBytes - 1)) != 0 || end > _length)
            {
                return CardStatus.WriteError;
            }

            try
            {
                // Most accesses go on where the last ended; a seek backwards walks the cluster chain from the start of the file.
                if (_position != position)
                {
                    _stream.Seek(position, SeekOrigin.Begin);
                }

                // Before the access: where the stream stands after a failure nobody knows.
                _position = Unknown;
                _stream.Write(buffer, offset, count);
                _position = end;
                return CardStatus.Ok;
            }
            catch (Exception e) when (FileErrors.IsFailure(e))
            {
                return _card.Failed(e, CardStatus.WriteError);
            }
        }

        /// <inheritdoc/>
        public CardStatus Read(long position, byte[] buffer, int offset, int count)
        {
            long end = position + count;
            if (_closed || (position | (long)count) < 0 || end > _length)
            {
                return CardStatus.ReadError;
            }

            try
            {
                if (_position != position)
                {
                    _stream.Seek(position, SeekOrigin.Begin);
                }

                _position = Unknown;
                int left = count;
                while (left > 0)
                {
                    // The runtime may give less than asked for; none is the end of what can be read.
                    int got = _stream.Read(buffer, offset, left);
                    if (got <= 0)
                    {
                        return CardStatus.ReadError;
                    }

                    offset += got;
                    left -= got;
                }

                _position = end;
                return CardStatus.Ok;
            }
            catch (Exception e) when (FileErrors.IsFailure(e))
            {
                return _card.Failed(e, CardStatus.ReadError);
            }
        }

        /// <inheritdoc/>
        public void Close()
        {
            if (_closed)
            {
                return;
            }

            _closed = true;
            SdCard.Close(_stream);
        }
    }
}
