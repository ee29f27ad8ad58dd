// SPDX-License-Identifier: MIT

using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography;

namespace Lapel.Hal.Virtual
{
    /// <summary>
    /// A volume in memory. Snapshots share what did not change (copy on write), so that a run can be cut and resumed at every sector.
    /// Sectors never written give stale content, as on a used card.
    /// </summary>
    public sealed class MemoryMedium : IMedium
    {
        private const int ChunkBytes = 4096;
        private const int SectorBytes = 512;
        private readonly int _seed;
        private Dictionary<string, Entry> _files = new();
        private HashSet<string> _folders = new();
        private int _epoch = NextEpoch();

        /// <summary>An empty volume.</summary>
        /// <param name="seed">Seed of the stale content; 0 gives zeros.</param>
        public MemoryMedium(int seed = 0) => _seed = seed;

        /// <summary>
        /// Gives the content of a sector never written, instead of the seeded pattern: path, sector in the file, 512 bytes to fill.
        /// </summary>
        public Action<string, long, byte[]>? Stale { get; set; }

        /// <summary>Every file, sorted.</summary>
        public IReadOnlyList<string> Files
        {
            get
            {
                var names = new List<string>(_files.Keys);
                names.Sort(StringComparer.Ordinal);
                return names;
            }
        }

        /// <summary>The volume as it is now. Costs one step a file.</summary>
        public MemorySnapshot TakeSnapshot()
        {
            _epoch = NextEpoch();
            return new MemorySnapshot(Copy(_files), new HashSet<string>(_folders));
        }

        /// <summary>Back to a snapshot, which can be used again. Files open in a machine must not be used any more.</summary>
        public void Restore(MemorySnapshot snapshot)
        {
            _epoch = NextEpoch();
            _files = Copy(snapshot.Files);
            _folders = new HashSet<string>(snapshot.Folders);
        }

        /// <summary>
        /// Whether a file has in every byte what it had in a snapshot. Both must have the same <see cref="Stale"/>. What was not touched
        /// since costs nothing, whatever its length.
        /// </summary>
        public bool IsSame(string path, MemorySnapshot snapshot)
        {
            if (!_files.TryGetValue(path, out Entry? now) || !snapshot.Files.TryGetValue(path, out Entry? then))
            {
                return false;
            }

            if (ReferenceEquals(now, then))
            {
                return true;
            }

            if (now.Length != then.Length)
            {
                return false;
            }

            foreach (long chunk in now.Chunks.Keys)
            {
                if (!IsSame(path, chunk, now, then))
                {
                    return false;
                }
            }

            foreach (long chunk in then.Chunks.Keys)
            {
                if (!now.Chunks.ContainsKey(chunk) && !IsSame(path, chunk, now, then))
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>
        /// A digest of a file's length and of what was ever written in it. Two files of volumes with the same <see cref="Stale"/> that have
        /// the same digest and path have the same content; what was never written costs nothing.
        /// </summary>
        public byte[] WrittenDigest(string path)
        {
            Entry entry = Find(path);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            Span<byte> number = stackalloc byte[8];
            BinaryPrimitives.WriteInt64BigEndian(number, entry.Length);
            hash.AppendData(number);
            var chunks = new List<long>(entry.Chunks.Keys);
            chunks.Sort();
            foreach (long chunk in chunks)
            {
                BinaryPrimitives.WriteInt64BigEndian(number, chunk);
                hash.AppendData(number);
                hash.AppendData(entry.Chunks[chunk].Bytes);
            }

            return hash.GetHashAndReset();
        }

        /// <summary>A whole file, for tests.</summary>
        public byte[] ReadAll(string path)
        {
            var bytes = new byte[Length(path)];
            Read(path, 0, bytes);
            return bytes;
        }

        /// <inheritdoc/>
        public bool FileExists(string path) => _files.ContainsKey(path);

        /// <inheritdoc/>
        public bool FolderExists(string path) => path.Length == 0 || _folders.Contains(path);

        /// <inheritdoc/>
        public void CreateFolder(string path)
        {
            RequireParent(path);
            _folders.Add(path);
        }

        /// <inheritdoc/>
        public void Create(string path)
        {
            RequireParent(path);
            _files[path] = new Entry(_epoch);
        }

        /// <inheritdoc/>
        public void Delete(string path) => _files.Remove(path);

        /// <inheritdoc/>
        public void Move(string from, string to)
        {
            Entry entry = Find(from);
            RequireParent(to);
            _files.Remove(from);
            _files[to] = entry;
        }

        /// <inheritdoc/>
        public long Length(string path) => Find(path).Length;

        /// <inheritdoc/>
        public void SetLength(string path, long length)
        {
            Entry entry = Own(path);
            if (length < entry.Length)
            {
                foreach (long chunk in new List<long>(entry.Chunks.Keys))
                {
                    if (chunk * ChunkBytes >= length)
                    {
                        entry.Chunks.Remove(chunk);
                    }
                }
            }

            entry.Length = length;
        }

        /// <inheritdoc/>
        public void Read(string path, long position, Span<byte> into)
        {
            Entry entry = Find(path);
            while (into.Length > 0)
            {
                long chunk = position / ChunkBytes;
                int inside = (int)(position % ChunkBytes);
                int count = Math.Min(into.Length, ChunkBytes - inside);
                ReadOnlySpan<byte> source = entry.Chunks.TryGetValue(chunk, out Chunk? found) ? found.Bytes : StaleChunk(path, chunk);
                source.Slice(inside, count).CopyTo(into);
                into = into[count..];
                position += count;
            }
        }

        /// <inheritdoc/>
        public void Write(string path, long position, ReadOnlySpan<byte> data)
        {
            Entry entry = Own(path);
            while (data.Length > 0)
            {
                long chunk = position / ChunkBytes;
                int inside = (int)(position % ChunkBytes);
                int count = Math.Min(data.Length, ChunkBytes - inside);
                if (!entry.Chunks.TryGetValue(chunk, out Chunk? target) || target.Epoch != _epoch)
                {
                    byte[] bytes =
                        target != null ? (byte[])target.Bytes.Clone()
                        : count == ChunkBytes ? new byte[ChunkBytes]
                        : StaleChunk(path, chunk);
                    target = new Chunk(bytes, _epoch);
                    entry.Chunks[chunk] = target;
                }

                data[..count].CopyTo(target.Bytes.AsSpan(inside));
                data = data[count..];
                position += count;
            }

            entry.Length = Math.Max(entry.Length, position);
        }

        /// <inheritdoc/>
        public long Used(int clusterBytes)
        {
            long used = 0;
            foreach (Entry entry in _files.Values)
            {
                used += (entry.Length + clusterBytes - 1) / clusterBytes * clusterBytes;
            }

            return used;
        }

        // Snapshots may be restored into other volumes, on other threads: no two volumes ever own what they share.
        private static int s_epochs;

        private static int NextEpoch() => System.Threading.Interlocked.Increment(ref s_epochs);

        private bool IsSame(string path, long chunk, Entry a, Entry b)
        {
            byte[]? first = a.Chunks.TryGetValue(chunk, out Chunk? one) ? one.Bytes : null,
                second = b.Chunks.TryGetValue(chunk, out Chunk? other) ? other.Bytes : null;
            if (ReferenceEquals(first, second))
            {
                return true;
            }

            int count = (int)Math.Min(ChunkBytes, a.Length - chunk * ChunkBytes);
            return count <= 0
                || (first ?? StaleChunk(path, chunk)).AsSpan(0, count).SequenceEqual((second ?? StaleChunk(path, chunk)).AsSpan(0, count));
        }

        private static Dictionary<string, Entry> Copy(Dictionary<string, Entry> files) => new(files);

        private Entry Find(string path) => _files.TryGetValue(path, out Entry? entry) ? entry : throw new FileNotFoundException(path);

        private Entry Own(string path)
        {
            Entry entry = Find(path);
            if (entry.Epoch == _epoch)
            {
                return entry;
            }

            entry = new Entry(_epoch, entry);
            _files[path] = entry;
            return entry;
        }

        private void RequireParent(string path)
        {
            int slash = path.LastIndexOf('/');
            if (slash > 0 && !_folders.Contains(path[..slash]))
            {
                throw new DirectoryNotFoundException(path);
            }
        }

        private byte[] StaleChunk(string path, long chunk)
        {
            var bytes = new byte[ChunkBytes];
            if (Stale == null && _seed == 0)
            {
                return bytes;
            }

            var sector = new byte[SectorBytes];
            for (int n = 0; n < ChunkBytes / SectorBytes; n++)
            {
                long index = chunk * (ChunkBytes / SectorBytes) + n;
                if (Stale != null)
                {
                    Array.Clear(sector);
                    Stale(path, index, sector);
                }
                else
                {
                    uint state = (uint)_seed * 2654435761u + (uint)index * 40503u + 1;
                    foreach (char c in path)
                    {
                        state = (state ^ c) * 16777619u;
                    }

                    state |= 1;
                    for (int k = 0; k < SectorBytes; k++)
                    {
                        state ^= state << 13;
                        state ^= state >> 17;
                        state ^= state << 5;
                        sector[k] = (byte)state;
                    }
                }

                sector.CopyTo(bytes, n * SectorBytes);
            }

            return bytes;
        }

        internal sealed class Entry
        {
            public Entry(int epoch)
            {
                Epoch = epoch;
                Chunks = new Dictionary<long, Chunk>();
            }

            public Entry(int epoch, Entry other)
            {
                Epoch = epoch;
                Length = other.Length;
                Chunks = new Dictionary<long, Chunk>(other.Chunks);
            }

            public int Epoch { get; }

            public long Length { get; set; }

            public Dictionary<long, Chunk> Chunks { get; }
        }

        internal sealed record Chunk(byte[] Bytes, int Epoch);
    }
}
