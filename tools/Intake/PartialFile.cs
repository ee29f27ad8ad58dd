// SPDX-License-Identifier: MIT

using System;
using System.Buffers.Binary;
using Lapel.Link;

namespace Lapel.Intake
{
    /// <summary>
    /// A file that is still arriving, with the map of what is there beside it, so that it goes on after the cable was out. The map is noted
    /// after each range; what it claims wrongly after a power cut of this machine is found when the whole is verified.
    /// </summary>
    internal sealed class PartialFile : IBulkSink, IDisposable
    {
        // Magic, length, then the item's mark, then the map.
        private static readonly byte[] Magic = "LPLP"u8.ToArray();

        /// <summary>Bytes of a mark.</summary>
        public const int MarkBytes = 32;

        private const int HeaderBytes = 4 + 8 + MarkBytes,
            MostMapBytes = 1 << 22;

        private readonly IStoreDisk _disk;
        private readonly IStoreFile _file;
        private readonly string _path;
        private readonly byte[] _mark;

        /// <param name="disk">The disk.</param>
        /// <param name="path">The file.</param>
        /// <param name="length">Its length.</param>
        /// <param name="mark">32 bytes that tell this content from another; an old part with another mark is not gone on with.</param>
        public PartialFile(IStoreDisk disk, string path, long length, byte[] mark)
        {
            (_disk, _path, _mark) = (disk, path, mark);
            Map = Earlier(length) ?? new BlockMap(length);
            IsResumed = Map.Count > 0;
            _file = disk.Open(path, length);
        }

        /// <summary>What is there.</summary>
        public BlockMap Map { get; }

        /// <summary>Whether something was there from before.</summary>
        public bool IsResumed { get; }

        private string MapPath => _path + ".map";

        public void Write(long offset, ReadOnlySpan<byte> bytes) => _file.Write(offset, bytes);

        public void RangeDone() => Note();

        /// <summary>Notes what is there.</summary>
        public void Note()
        {
            byte[] map = Map.ToArray();
            var bytes = new byte[HeaderBytes + map.Length];
            Magic.CopyTo(bytes, 0);
            BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(4), Map.Length);
            _mark.CopyTo(bytes, 12);
            map.CopyTo(bytes, HeaderBytes);
            using IStoreFile to = _disk.Open(MapPath, bytes.Length);
            to.Write(0, bytes);
        }

        /// <summary>Returns when all of it is on the disk.</summary>
        public void Sync() => _file.Sync();

        /// <summary>Closes the file; what is there stays.</summary>
        public void Dispose() => _file.Dispose();

        /// <summary>Removes the map: the file is whole, or of no use.</summary>
        public void Forget() => _disk.Delete(MapPath);

        private BlockMap? Earlier(long length)
        {
            byte[]? bytes = _disk.Exists(_path) ? _disk.Read(MapPath, MostMapBytes) : null;
            return
                bytes != null
                && bytes.Length > HeaderBytes
                && bytes.AsSpan(0, 4).SequenceEqual(Magic)
                && BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(4)) == length
                && bytes.AsSpan(12, MarkBytes).SequenceEqual(_mark)
                ? BlockMap.Read(length, bytes[HeaderBytes..])
                : null;
        }
    }
}
