// SPDX-License-Identifier: MIT

using Lapel.Evidence;
using Lapel.Hal;

namespace Lapel.Service
{
    /// <summary>Group 8: files, each stateless by offset.</summary>
    public sealed class FileGroup : SmpGroup
    {
        /// <summary>
        /// Most bytes in an answer to a download: three sectors, 2.1 kB on the line, 0.19 s at 115,200 baud. A client asks for the next
        /// part when it has this one, so each costs it a turn of the line.
        /// </summary>
        public const int ChunkBytes = 3 * Sector.Size;

        private const int File = 0;
        private const int Status = 1;
        private const int Hash = 2;
        private const int HashTypes = 3;
        private const int CloseFile = 4;

        // Codes of Zephyr's fs_mgmt, by number: the clients show their meaning.
        private const int InvalidName = 2;
        private const int NotFound = 3;
        private const int ReadFailed = 7;
        private const int OffsetNotValid = 11;
        private const int OffsetLarger = 12;
        private const int TypeNotFound = 13;
        private const int ReadOnly = 15;
        private const int Empty = 16;

        private const int LongestName = 64;
        private const int LongestType = 16;
        private const string Crc32 = "crc32";

        private readonly IServiceCamera _camera;
        private readonly ServiceFiles _files;
        private readonly FileHash _hash;

        /// <summary>Commands on these files.</summary>
        public FileGroup(IServiceCamera camera, ServiceFiles files)
        {
            _camera = camera;
            _files = files;
            _hash = new FileHash(camera, files);
        }

        /// <inheritdoc/>
        public override int Number
        {
            get { return 8; }
        }

        /// <inheritdoc/>
        public override string Name
        {
            get { return "fs mgmt"; }
        }

        /// <inheritdoc/>
        public override int Commands
        {
            get { return 5; }
        }

        /// <inheritdoc/>
        public override SmpProgress Handle(SmpRequest request, SmpReply reply, long nowUs)
        {
            bool write = request.IsWrite;
            if (request.Command == File && write)
            {
                Upload(request, reply);
            }
            else if (request.Command == File)
            {
                Download(request, reply);
            }
            else if (request.Command == Status && !write)
            {
                TellLength(request, reply);
            }
            else if (request.Command == Hash && !write)
            {
                return TellHash(request, reply, nowUs);
            }
            else if (request.Command == HashTypes && !write)
            {
                TellHashTypes(reply);
            }
            else if (request.Command != CloseFile || !write)
            {
                reply.Fail(SmpError.NotSupported);
            }

            return SmpProgress.Answered;
        }

        /// <inheritdoc/>
        public override SmpProgress Continue(SmpReply reply)
        {
            SmpError error;
            if (!_hash.Step(out error))
            {
                return SmpProgress.Continues;
            }

            if (error == SmpError.None)
            {
                TellCrc(reply, _hash.From, _hash.Count, _hash.Crc);
            }
            else if (error == SmpError.Busy)
            {
                reply.Fail(error);
            }
            else
            {
                reply.Fail(ReadFailed, error);
            }

            return SmpProgress.Answered;
        }

        // The file that a request names; otherwise the answer says what is wrong with the name.
        private static ServiceFile Named(SmpRequest request, SmpReply reply)
        {
            string name = "";

            // A name that is there and no ASCII is a wrong name; one that is missing or no text is a wrong request.
            if (!request.Map.Has("name") || !request.Map.Text("name"))
            {
                reply.Fail(SmpError.Invalid);
                return ServiceFile.None;
            }

            if (!request.Map.Ascii("name", LongestName, ref name))
            {
                reply.Fail(InvalidName, SmpError.Invalid);
                return ServiceFile.None;
            }

            ServiceFile file = ServiceFiles.Find(name);
            if (file == ServiceFile.None)
            {
                reply.Fail(NotFound, SmpError.NoEntry);
            }

            return file;
        }

        private ServiceFile Readable(SmpRequest request, SmpReply reply)
        {
            ServiceFile file = Named(request, reply);
            if (file == ServiceFile.None)
            {
                return file;
            }

            // Before it is said whether the file exists: who may not read it does not learn that either.
            if (!_files.MayRead(file))
            {
                reply.Fail(SmpError.AccessDenied);
            }
            else if (!_files.Exists(file))
            {
                reply.Fail(NotFound, SmpError.NoEntry);
            }
            else
            {
                return file;
            }

            return ServiceFile.None;
        }

        private void TellLength(SmpRequest request, SmpReply reply)
        {
            ServiceFile file = Readable(request, reply);
            if (file == ServiceFile.None)
            {
                return;
            }

            reply.Key("len");
            reply.Int(_files.Length(file));
        }

        private void Download(SmpRequest request, SmpReply reply)
        {
            long offset = -1;
            if (!request.Map.Unsigned("off", ref offset) || offset < 0)
            {
                reply.Fail(SmpError.Invalid);
                return;
            }

            ServiceFile file = Readable(request, reply);
            if (file == ServiceFile.None)
            {
                return;
            }

            if (ServiceFiles.IsOnCard(file) && !_camera.Store.Files.MayHave(FileUse.SelfTest))
            {
                reply.Fail(SmpError.Busy);
                return;
            }

            long length = _files.Length(file);
            long left = offset < length ? length - offset : 0;
            int count = left < ChunkBytes ? (int)left : ChunkBytes;
            reply.Key("off");
            reply.Int(offset);
            reply.Key("data");

            // Read from the card straight into the answer: no copy, no buffer of its own.
            int at = reply.ReserveBytes(count);
            CardStatus status = count == 0 ? CardStatus.Ok : _files.Read(file, offset, reply.Packet, at, count);
            if (status != CardStatus.Ok)
            {
                reply.Fail(ReadFailed, SmpError.Unknown);
                return;
            }

            Follow(file, offset, reply.Packet, at, count);

            // The length goes with the first chunk only, as in Zephyr.
            if (offset != 0)
            {
                return;
            }

            reply.Key("len");
            reply.Int(length);
        }

        // A log that has gone round writes over what was read: then its hash is that of what is there when it is asked for.
        private void Follow(ServiceFile file, long offset, byte[] buffer, int at, int count)
        {
            if (!ServiceFiles.IsOnCard(file))
            {
                return;
            }

            if (_camera.AuditUsedBytes < _camera.AuditBytes)
            {
                _hash.Follow(file, offset, buffer, at, count);
            }
            else
            {
                _hash.Forget();
            }
        }

        private void Upload(SmpRequest request, SmpReply reply)
        {
            long offset = -1;
            long length = -1;
            bool whole =
                request.Map.Unsigned("off", ref offset)
                && request.Map.Unsigned("len", ref length)
                && request.Map.Bytes("data")
                && offset >= 0;
            if (!whole || (offset == 0 && length < 0))
            {
                reply.Fail(SmpError.Invalid);
                return;
            }

            ServiceFile file = Named(request, reply);
            if (file == ServiceFile.None)
            {
                return;
            }

            if (file != ServiceFile.NewConfiguration)
            {
                reply.Fail(ReadOnly, SmpError.Unknown);
            }
            else if (!_files.MayUpload)
            {
                reply.Fail(SmpError.AccessDenied);
            }
            else if (offset == 0 && length > ServiceFiles.MaxUpload)
            {
                // Refused with the first chunk: nobody sends 4 KB to learn at the end that it was too long.
                reply.Fail(SmpError.NoMemory);
            }
            else
            {
                Store(request, reply, offset, length);
            }
        }

        private void Store(SmpRequest request, SmpReply reply, long offset, long length)
        {
            if (offset == 0)
            {
                _files.BeginUpload((int)length);
            }

            // The client lost an answer, or another one began anew: it is told where to go on.
            if (offset != _files.Received)
            {
                reply.Fail(OffsetNotValid, SmpError.Unknown);
                if (!reply.HasStructuredErrors)
                {
                    return;
                }

                reply.Key("len");
                reply.Int(_files.Received);
                return;
            }

            request.Map.Bytes("data");
            if (!_files.Upload(request.Buffer, request.Map.Offset, request.Map.Length))
            {
                reply.Fail(OffsetLarger, SmpError.Unknown);
                return;
            }

            reply.Key("off");
            reply.Int(_files.Received);
        }

        private SmpProgress TellHash(SmpRequest request, SmpReply reply, long nowUs)
        {
            string type = Crc32;
            long offset = 0;
            long most = long.MaxValue;
            if (!request.Map.Unsigned("off", ref offset) || !request.Map.Unsigned("len", ref most) || !request.Map.Text("type"))
            {
                reply.Fail(SmpError.Invalid);
                return SmpProgress.Answered;
            }

            ServiceFile file = Readable(request, reply);
            if (file == ServiceFile.None)
            {
                return SmpProgress.Answered;
            }

            long length = _files.Length(file);
            if (!request.Map.Ascii("type", LongestType, ref type) || type != Crc32)
            {
                reply.Fail(TypeNotFound, SmpError.Invalid);
            }
            else if (length == 0)
            {
                reply.Fail(Empty, SmpError.Unknown);
            }
            else if (offset >= length)
            {
                reply.Fail(OffsetLarger, SmpError.Unknown);
            }
            else
            {
                long count = most < length - offset ? most : length - offset;
                if (ServiceFiles.IsOnCard(file) && count > 0)
                {
                    _hash.Begin(file, offset, offset + count, nowUs);
                    return SmpProgress.Continues;
                }

                TellCrc(reply, offset, count, _camera.Board.Natives.Crc32(_files.Content(file), (int)offset, (int)count));
            }

            return SmpProgress.Answered;
        }

        private static void TellCrc(SmpReply reply, long offset, long count, uint crc)
        {
            reply.Key("type");
            reply.Text(Crc32);
            if (offset != 0)
            {
                reply.Key("off");
                reply.Int(offset);
            }

            reply.Key("len");
            reply.Int(count);
            reply.Key("output");
            reply.Int(crc);
        }

        // As Zephyr lists them: format 0 is a number, 4 its bytes.
        private static void TellHashTypes(SmpReply reply)
        {
            reply.Key("types");
            reply.BeginMap();
            reply.Key(Crc32);
            reply.BeginMap();
            reply.Key("format");
            reply.Int(0);
            reply.Key("size");
            reply.Int(4);
            reply.Close();
            reply.Close();
        }
    }
}
