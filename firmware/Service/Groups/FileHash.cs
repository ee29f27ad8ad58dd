// SPDX-License-Identifier: MIT

using Lapel.Evidence;
using Lapel.Hal;

namespace Lapel.Service
{
    /// <summary>The CRC-32 of a file on the card, part by part beside the pictures.</summary>
    /// <remarks>
    /// A request is answered within a second. What takes longer is answered "busy" and goes on where it was when it is asked for again, so
    /// a client that repeats its request gets its hash, however long the file. What a client has just read from the beginning on is not
    /// read again.
    /// </remarks>
    public sealed class FileHash
    {
        /// <summary>Bytes read at once.</summary>
        public const int PartBytes = 4096;

        // A part's read at the slowest rate that a card may have, and its checksum.
        private const long PartUs = 12000;

        // Of the second in which a request is answered.
        private const long MostUs = 700000;

        private readonly IServiceCamera _camera;
        private readonly ServiceFiles _files;
        private readonly CardTime _time;
        private readonly byte[] _part = new byte[PartBytes];
        private ServiceFile _file;
        private long _from;
        private long _end;
        private long _at;
        private uint _crc;
        private long _untilUs;
        private uint _factor;
        private int _factorBytes;

        /// <summary>Hashes of these files.</summary>
        public FileHash(IServiceCamera camera, ServiceFiles files)
        {
            _camera = camera;
            _files = files;
            _time = new CardTime(camera);
        }

        /// <summary>First byte of the part of the file that is hashed.</summary>
        public long From
        {
            get { return _from; }
        }

        /// <summary>Bytes that are hashed.</summary>
        public long Count
        {
            get { return _end - _from; }
        }

        /// <summary>The CRC, once <see cref="Step"/> has said that it is done.</summary>
        public uint Crc
        {
            get { return _crc; }
        }

        /// <summary>
        /// Part of a file was read for a client: what is read from the beginning on is hashed on the way, so that its hash is known at its
        /// end.
        /// </summary>
        public void Follow(ServiceFile file, long offset, byte[] buffer, int at, int count)
        {
            if (offset == 0)
            {
                Restart(file, 0);
            }
            else if (file != _file || _from != 0 || offset != _at)
            {
                return;
            }

            Add(buffer, at, count);
        }

        /// <summary>Begins, or goes on where the same part of the same file was hashed up to.</summary>
        /// <param name="file">The file.</param>
        /// <param name="from">First byte.</param>
        /// <param name="end">Just after the last.</param>
        /// <param name="nowUs">Monotonic microseconds.</param>
        public void Begin(ServiceFile file, long from, long end, long nowUs)
        {
            if (file != _file || from != _from || _at > end)
            {
                Restart(file, from);
            }

            _end = end;
            _untilUs = nowUs + MostUs;
        }

        /// <summary>Forgets what was hashed: the file is being written over.</summary>
        public void Forget()
        {
            _file = ServiceFile.None;
        }

        /// <summary>One read of the card at most.</summary>
        /// <param name="error">What the answer is, when it is one: None with the CRC, Busy, or Unknown when the card failed.</param>
        /// <returns>Whether the answer is known.</returns>
        public bool Step(out SmpError error)
        {
            error = SmpError.None;
            if (!_camera.Store.Files.MayHave(FileUse.SelfTest))
            {
                error = SmpError.Busy;
                return true;
            }

            if (_at < _end && _time.Has(PartUs))
            {
                int count = _end - _at < PartBytes ? (int)(_end - _at) : PartBytes;
                if (_files.Read(_file, _at, _part, 0, count) != CardStatus.Ok)
                {
                    _file = ServiceFile.None;
                    error = SmpError.Unknown;
                    return true;
                }

                Add(_part, 0, count);
            }

            if (_at < _end && _time.NowUs > _untilUs)
            {
                error = SmpError.Busy;
            }

            return _at == _end || error != SmpError.None;
        }

        private void Restart(ServiceFile file, long from)
        {
            _file = file;
            _from = from;
            _at = from;
            _crc = 0;
        }

        private void Add(byte[] buffer, int at, int count)
        {
            if (count == 0)
            {
                return;
            }

            // Parts have two lengths: the factor of the one before serves again.
            if (count != _factorBytes)
            {
                _factor = CrcParts.Factor(count);
                _factorBytes = count;
            }

            _crc = CrcParts.Join(_crc, _camera.Board.Natives.Crc32(buffer, at, count), _factor);
            _at += count;
        }
    }
}
