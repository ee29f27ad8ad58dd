// SPDX-License-Identifier: MIT

using System;
using Lapel.Hal;

namespace Lapel.Evidence
{
    /// <summary>
    /// Keeps the content of one of the card's small files: the public key (FORMAT.md 2.1), the rotation statements (FORMAT.md section 11).
    /// One card operation a step. A file of another length is another program's: it is left alone.
    /// </summary>
    public sealed class KeptFile
    {
        private enum Phase
        {
            Idle,
            Make,
            Open,
            Read,
            Write,
            Close,
        }

        private readonly CardFiles _files;
        private readonly FileMaker _maker;
        private readonly string _path;
        private readonly int _bytes;
        private readonly bool _isMade;
        private Phase _phase;
        private ICardFile _file;

        /// <summary>A file of this card.</summary>
        /// <param name="card">The card.</param>
        /// <param name="files">Lends its files.</param>
        /// <param name="path">Its path.</param>
        /// <param name="bytes">Its length.</param>
        /// <param name="isMade">Whether it is made here when it is missing. A card without room for it has none, then.</param>
        public KeptFile(ICard card, CardFiles files, string path, int bytes, bool isMade)
        {
            _files = files;
            _maker = new FileMaker(card, files);
            _path = path;
            _bytes = bytes;
            _isMade = isMade;
        }

        /// <summary>
        /// Puts the content into the file, in steps: Ok with <paramref name="done"/> false means: call again. Anything but Ok ends it.
        /// </summary>
        /// <param name="content">The content; what is missing to the file's length is zero.</param>
        /// <param name="done">Whether nothing is left to do.</param>
        public CardStatus Put(byte[] content, out bool done)
        {
            done = false;

            // Put out of its place, it begins again with opening the file.
            if (_phase > Phase.Open && !_files.Has(FileUse.Setup))
            {
                Abandon();
            }

            if (_phase == Phase.Idle)
            {
                Begin();
            }

            CardStatus status;
            switch (_phase)
            {
                case Phase.Make:
                    status = Make(ref done);
                    break;
                case Phase.Open:
                    status = Open();
                    break;
                case Phase.Read:
                    Read(content);
                    return CardStatus.Ok;
                case Phase.Write:
                    status = _file.Write(0, Padded(content), 0, _bytes);
                    _phase = Phase.Close;
                    break;
                default:
                    Abandon();
                    done = true;
                    return CardStatus.Ok;
            }

            if (status != CardStatus.Ok)
            {
                Abandon();
            }

            return status;
        }

        /// <summary>Closes what is open; it is begun anew.</summary>
        public void Abandon()
        {
            _maker.Abandon();
            if (_file != null)
            {
                _file.Close();
                _file = null;
            }

            _phase = Phase.Idle;
        }

        private void Begin()
        {
            _phase = Phase.Open;
            if (_isMade)
            {
                _maker.Begin(FileUse.Setup, _path, _bytes);
                _phase = Phase.Make;
            }
        }

        private CardStatus Make(ref bool done)
        {
            CardStatus status = _maker.Step();
            if (status == CardStatus.Full)
            {
                _phase = Phase.Idle;
                done = true;
                return CardStatus.Ok;
            }

            if (status != CardStatus.Ok || _maker.IsBusy)
            {
                return status;
            }

            _phase = Phase.Open;
            _file = _maker.Take();
            return _file == null ? CardStatus.Ok : Opened();
        }

        private CardStatus Open()
        {
            _file = _files.Open(FileUse.Setup, _path);
            if (_file == null)
            {
                return _files.Status == CardStatus.Busy ? CardStatus.Ok : _files.Status;
            }

            return Opened();
        }

        private CardStatus Opened()
        {
            _phase = Phase.Read;
            return _file.Length == _bytes ? CardStatus.Ok : CardStatus.WriteError;
        }

        // At almost every boot the file is as it should be, and a write that is not needed wears the card and can be cut. What cannot be
        // read is written: if the card is at fault that fails, too.
        private void Read(byte[] content)
        {
            var there = new byte[_bytes];
            bool isRead = _file.Read(0, there, 0, _bytes) == CardStatus.Ok;
            _phase = isRead && SegmentHead.Same(there, 0, Padded(content)) ? Phase.Close : Phase.Write;
        }

        private byte[] Padded(byte[] content)
        {
            if (content.Length == _bytes)
            {
                return content;
            }

            var padded = new byte[_bytes];
            Array.Copy(content, 0, padded, 0, content.Length);
            return padded;
        }
    }
}
