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
            if (length <= 0 || (length & (SdCardFile.SectorBytes - 1)) != 0)
            {
                return CardStatus.WriteError;
            }

            CardStatus status = CheckUnmade(CardPath.Full(path));
            IFileMaking making = BeginFile(path, length);
            while (status == CardStatus.Ok && !making.IsDone)
            {
                status = making.Step();
            }

            return status;
        }

        /// <inheritdoc/>
        public IFileMaking BeginFile(string path, long length)
        {
            return new SdFileMaking(this, CardPath.Full(path), length);
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

        // An empty file is what a cut left between creating and closing: its length reaches the directory with the close.
        private CardStatus CheckUnmade(string full)
        {
            try
            {
                if (!File.Exists(full))
                {
                    return CardStatus.Ok;
                }

                FileStream stream = new FileStream(full, FileMode.Open, FileAccess.Read);
                bool isMade = stream.Length > 0;
                stream.Close();
                return isMade ? CardStatus.WriteError : CardStatus.Ok;
            }
            catch (Exception e) when (FileErrors.IsFailure(e))
            {
                return Failed(e, CardStatus.WriteError);
            }
        }
    }
}
