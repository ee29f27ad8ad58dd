// SPDX-License-Identifier: MIT

using System;
using System.IO;
using nanoFramework.System.IO.FileSystem;

namespace Lapel.Hal.Esp32
{
    /// <summary>The card as drive D:, which stdio over VFS answers for (nf-interpreter a3e8139a1).</summary>
    /// <remarks>
    /// Files get their length once, by SetLength and Close, and are then overwritten in whole sectors only: nothing is left for the driver
    /// to commit. Mount after an operation that failed for want of an answer starts afresh, since the card may have been out and in again:
    /// files still open are dead then.
    /// </remarks>
    public sealed class SdCard : ICard
    {
        private static readonly byte[] ZeroSector = new byte[SdCardFile.SectorBytes];

        private readonly SDCard _socket;
        private CardStatus _lastStatus;

        // A failure without a reason may be a card that was out and in again: every handle to it is dead then, and only a fresh mount
        // shows.
        private bool _lost;

        /// <summary>A card in a socket.</summary>
        public SdCard(SDCard socket)
        {
            _socket = socket;
        }

        /// <inheritdoc/>
        public CardStatus LastStatus
        {
            get { return _lastStatus; }
        }

        /// <inheritdoc/>
        public bool IsPresent
        {
            get { return _socket.CardDetectEnabled ? _socket.IsCardDetected : _socket.IsMounted && !_lost; }
        }

        /// <inheritdoc/>
        public CardStatus Mount()
        {
            try
            {
                // Unmounted first: the runtime keeps a volume that is gone mounted, and would hand out files on it.
                if (_lost && _socket.IsMounted)
                {
                    _socket.Unmount();
                }

                _lost = false;
                if (!_socket.IsMounted)
                {
                    _socket.Mount();
                }

                return CardStatus.Ok;
            }
            catch (Exception e) when (FileErrors.IsFailure(e))
            {
                // Mounting fails alike without a card and without a FAT32 volume; only the switch can tell.
                return _socket.CardDetectEnabled && _socket.IsCardDetected ? CardStatus.Unformatted : CardStatus.NoCard;
            }
        }

        /// <inheritdoc/>
        public bool Exists(string path)
        {
            try
            {
                return File.Exists(CardPath.Full(path));
            }
            catch (Exception e) when (FileErrors.IsFailure(e))
            {
                Failed(e, CardStatus.ReadError);
                return false;
            }
        }

        /// <inheritdoc/>
        public CardStatus CreateFolder(string path)
        {
            try
            {
                string full = CardPath.Full(path);
                if (!Directory.Exists(full))
                {
                    Directory.CreateDirectory(full);
                }

                return CardStatus.Ok;
            }
            catch (Exception e) when (FileErrors.IsFailure(e))
            {
                return Failed(e, CardStatus.WriteError);
            }
        }

        /// <inheritdoc/>
        public CardStatus Preallocate(string path, long length)
        {
            // Whole sectors, so that no write ever touches the directory or half a sector.
            if (length < 0 || (length & (SdCardFile.SectorBytes - 1)) != 0)
            {
                return CardStatus.WriteError;
            }

            string full = CardPath.Full(path);
            FileStream stream = null;
            try
            {
                if (File.Exists(full))
                {
                    stream = new FileStream(full, FileMode.Open, FileAccess.Read);

                    // An empty file is what a cut left between creating and closing: its length reaches the directory with the close.
                    bool made = stream.Length > 0;
                    stream.Close();
                    stream = null;
                    if (made)
                    {
                        return CardStatus.WriteError;
                    }

                    File.Delete(full);
                }

                stream = new FileStream(full, FileMode.CreateNew, FileAccess.ReadWrite);

                // The clusters are taken here and for good; from the close on only their content changes.
                try
                {
                    stream.SetLength(length);
                }
                catch (Exception e) when (FileErrors.IsFailure(e) && IsPresent)
                {
                    // A card that fills fails here, and so does one that does not answer: the length after the close tells them apart.
                }

                stream.Close();
                // Only what the directory says after the close counts.
                stream = new FileStream(full, FileMode.Open, FileAccess.ReadWrite);
                long got = stream.Length;

                // Its first sector is cleared at once: what stood there may have been a segment of an earlier life of the card.
                if (got == length)
                {
                    stream.Write(ZeroSector, 0, ZeroSector.Length);
                }

                stream.Close();
                stream = null;
                if (got == length)
                {
                    return CardStatus.Ok;
                }

                File.Delete(full);

                // The driver gives what room there is and then fails: a shorter file is how a full card shows.
                return got < length ? CardStatus.Full : CardStatus.WriteError;
            }
            catch (Exception e) when (FileErrors.IsFailure(e))
            {
                CardStatus status = Failed(e, CardStatus.WriteError);
                if (stream != null)
                {
                    Abandon(stream, full);
                }

                return status;
            }
        }

        /// <inheritdoc/>
        public ICardFile Open(string path)
        {
            FileStream stream = null;
            try
            {
                // Never created here: a file that is missing is an error to be told, not an empty one to be found later.
                stream = new FileStream(CardPath.Full(path), FileMode.Open, FileAccess.ReadWrite);
                SdCardFile file = new SdCardFile(this, stream, stream.Length);
                _lastStatus = CardStatus.Ok;
                return file;
            }
            catch (Exception e) when (FileErrors.IsFailure(e))
            {
                _lastStatus = Failed(e, CardStatus.ReadError);
                if (stream != null)
                {
                    Close(stream);
                }

                return null;
            }
        }

        /// <summary>What a failed operation means; remembers a card that went away, so that Mount starts afresh.</summary>
        internal CardStatus Failed(Exception e, CardStatus otherwise)
        {
            CardStatus status = FileErrors.Translate(e, otherwise);

            // The switch knows better than an error code: a pulled card is an ordinary event and not a broken one.
            if (_socket.CardDetectEnabled && !_socket.IsCardDetected)
            {
                status = CardStatus.NoCard;
            }

            if (status == CardStatus.NoCard || FileErrors.MayBeLost(e))
            {
                _lost = true;
            }

            return status;
        }

        /// <summary>Closes a stream whose card may be gone.</summary>
        internal static CardStatus Close(FileStream stream)
        {
            try
            {
                stream.Close();
                return CardStatus.Ok;
            }
            catch (Exception e) when (FileErrors.IsFailure(e))
            {
                return FileErrors.Translate(e, CardStatus.WriteError);
            }
        }

        private static void Abandon(FileStream stream, string full)
        {
            Close(stream);
            try
            {
                File.Delete(full);
            }
            catch (Exception e) when (FileErrors.IsFailure(e))
            {
                // The card does not take it back either; the file stays, and the next Preallocate finds it.
            }
        }
    }
}
