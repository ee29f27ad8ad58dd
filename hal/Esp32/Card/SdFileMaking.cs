// SPDX-License-Identifier: MIT

using System;
using System.IO;

namespace Lapel.Hal.Esp32
{
    /// <summary>A file that is being made on the card, one call of the file API a step.</summary>
    /// <remarks>
    /// The first sector is written before the close, and only the close brings the length into the directory: what stood in the file's
    /// clusters in an earlier life of the card is never to be seen at its beginning.
    /// </remarks>
    public sealed class SdFileMaking : IFileMaking
    {
        // What one SetLength may take: 512 clusters of 32 KB, some 26 ms of the allocation table. A slot of 2 GiB is given in 128 pieces.
        private const long PieceBytes = 16 * 1024 * 1024;

        private static readonly byte[] ZeroSector = new byte[SdCardFile.SectorBytes];

        private readonly SdCard _card;
        private readonly string _full;
        private readonly long _length;
        private FileStream _stream;
        private long _given;
        private bool _isCleared;
        private bool _isCut;

        internal SdFileMaking(SdCard card, string full, long length)
        {
            _card = card;
            _full = full;
            _length = length;
        }

        /// <inheritdoc/>
        public bool IsDone { get; private set; }

        /// <inheritdoc/>
        public CardStatus Step()
        {
            if (IsDone)
            {
                return CardStatus.Ok;
            }

            try
            {
                if (_isCut)
                {
                    return GiveBack();
                }

                if (_stream == null)
                {
                    return Open();
                }

                if (_given > 0 && !_isCleared)
                {
                    _stream.Seek(0, SeekOrigin.Begin);
                    _stream.Write(ZeroSector, 0, ZeroSector.Length);
                    _isCleared = true;
                    return CardStatus.Ok;
                }

                return _given < _length ? Grow() : Close();
            }
            catch (Exception e) when (FileErrors.IsFailure(e))
            {
                CardStatus status = _card.Failed(e, CardStatus.WriteError);
                Abandon();
                Delete();
                return status;
            }
        }

        /// <inheritdoc/>
        public void Abandon()
        {
            if (_stream != null)
            {
                SdCard.Close(_stream);
                _stream = null;
            }
        }

        private CardStatus Open()
        {
            _stream = new FileStream(_full, File.Exists(_full) ? FileMode.Open : FileMode.CreateNew, FileAccess.ReadWrite);
            _given = _stream.Length;
            _isCleared = false;

            // A longer one is not ours.
            if (_given <= _length)
            {
                return CardStatus.Ok;
            }

            Abandon();
            return CardStatus.WriteError;
        }

        // The clusters are taken here and for good; from the close on only their content changes.
        private CardStatus Grow()
        {
            long next = _given + PieceBytes < _length ? _given + PieceBytes : _length;
            try
            {
                _stream.SetLength(next);

                // A driver may also give less without a word.
                _isCut = _stream.Length != next;
            }
            catch (Exception e) when (FileErrors.IsFailure(e) && _card.IsPresent)
            {
                // A card that fills fails here, and so does one that does not answer: the length after the close tells them apart.
                _isCut = true;
            }

            _given = next;
            return CardStatus.Ok;
        }

        private CardStatus Close()
        {
            FileStream stream = _stream;
            _stream = null;
            stream.Close();
            IsDone = true;
            return CardStatus.Ok;
        }

        // Only what the directory says after the close counts. The driver gives what room there is and then fails: a shorter file is how a
        // full card shows.
        private CardStatus GiveBack()
        {
            FileStream stream = _stream;
            _stream = null;
            stream.Close();
            stream = new FileStream(_full, FileMode.Open, FileAccess.Read);
            long got = stream.Length;
            stream.Close();
            File.Delete(_full);
            return got < _length ? CardStatus.Full : CardStatus.WriteError;
        }

        private void Delete()
        {
            try
            {
                File.Delete(_full);
            }
            catch (Exception e) when (FileErrors.IsFailure(e))
            {
                // The card does not take it back either; the file stays, and the next making finds it.
            }
        }
    }
}
