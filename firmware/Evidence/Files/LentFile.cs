// SPDX-License-Identifier: MIT

using Lapel.Hal;

namespace Lapel.Evidence
{
    /// <summary>A file that <see cref="CardFiles"/> lends: closing it gives its place back.</summary>
    internal sealed class LentFile : Lent, ICardFile
    {
        private static readonly ICardFile Shut = new ShutFile();

        private readonly CardFiles _files;
        private ICardFile _file;

        internal LentFile(CardFiles files, FileUse use)
        {
            _files = files;
            _file = Shut;
            Use = use;
        }

        /// <summary>The file that was opened for it; once.</summary>
        internal void Lend(ICardFile file)
        {
            _file = file;
            Length = file.Length;
        }

        /// <inheritdoc/>
        public long Length { get; private set; }

        /// <inheritdoc/>
        public CardStatus Write(long position, byte[] buffer, int offset, int count)
        {
            return _file.Write(position, buffer, offset, count);
        }

        /// <inheritdoc/>
        public CardStatus Read(long position, byte[] buffer, int offset, int count)
        {
            return _file.Read(position, buffer, offset, count);
        }

        /// <inheritdoc/>
        public override void Close()
        {
            if (_file == Shut)
            {
                return;
            }

            _file.Close();
            _file = Shut;
            _files.Closed(this);
        }

        // What a file is after it was closed: whoever was put out and still holds it finds an error, not another's file.
        private sealed class ShutFile : ICardFile
        {
            public long Length
            {
                get { return 0; }
            }

            public CardStatus Write(long position, byte[] buffer, int offset, int count)
            {
                return CardStatus.WriteError;
            }

            public CardStatus Read(long position, byte[] buffer, int offset, int count)
            {
                return CardStatus.ReadError;
            }

            public void Close() { }
        }
    }
}
