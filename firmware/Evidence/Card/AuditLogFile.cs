// SPDX-License-Identifier: MIT

using Lapel.Hal;

namespace Lapel.Evidence
{
    /// <summary>Opens the audit log's file, and makes it when the card has none and there is room, however little.</summary>
    public sealed class AuditLogFile
    {
        // The audit log takes two slots' room, at most 16 MiB: 32,768 sectors, of which a shift of 12 hours with 60 recordings takes some
        // 1,500: three weeks. On a card that was made without a log, and is full of slots, less must do.
        private const int MostBytes = 16 * 1024 * 1024;
        private const int LeastBytes = 65536;

        private readonly CardFiles _files;
        private readonly FileMaker _maker;
        private int _bytes;

        /// <summary>The log of this card.</summary>
        public AuditLogFile(ICard card, CardFiles files)
        {
            _files = files;
            _maker = new FileMaker(card, files);
        }

        /// <summary>The file, open, after a step that was the last. Null when there is none.</summary>
        public ICardFile File { get; private set; }

        /// <summary>Bytes of the log of a new card.</summary>
        public static int Bytes(int slotBytes)
        {
            return slotBytes < MostBytes / 2 ? 2 * slotBytes : MostBytes;
        }

        /// <summary>One card operation. Ok with <paramref name="done"/> false means: call again.</summary>
        /// <param name="slotBytes">Size of the card's slots.</param>
        /// <param name="done">Whether <see cref="File"/> says what there is. A log that cannot be had is no fault of the card.</param>
        /// <returns>NoCard when the card is gone, else Ok.</returns>
        public CardStatus Step(int slotBytes, out bool done)
        {
            done = false;
            if (_bytes == 0)
            {
                File = null;
                _bytes = Bytes(slotBytes);
                _maker.Begin(FileUse.Log, SlotPath.AuditLog, _bytes);
            }

            if (_maker.IsBusy)
            {
                CardStatus status = _maker.Step();
                File = _maker.IsBusy ? null : _maker.Take();
                if (File != null)
                {
                    _bytes = 0;
                    done = true;
                    return CardStatus.Ok;
                }

                if (status == CardStatus.Full && _bytes / 4 >= LeastBytes)
                {
                    // Smaller and smaller while the card is too full: a short log that wraps early is worth more than none.
                    _bytes = _bytes / 4 & -Sector.Size;
                    _maker.Begin(FileUse.Log, SlotPath.AuditLog, _bytes);
                    return CardStatus.Ok;
                }

                if (status == CardStatus.Ok)
                {
                    return status;
                }

                // What could not be made may be there all the same: opening it tells.
            }

            _bytes = 0;
            done = true;
            File = _files.Open(FileUse.Log, SlotPath.AuditLog);
            return File == null && _files.Status == CardStatus.NoCard ? CardStatus.NoCard : CardStatus.Ok;
        }

        /// <summary>Begins anew at the next step.</summary>
        public void Abandon()
        {
            _maker.Abandon();
            _bytes = 0;
        }
    }
}
