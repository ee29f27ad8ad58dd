// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.IO;
using Code = Lapel.Hal.Virtual.Nano.IOException.IOExceptionErrorCode;
using NanoIOException = Lapel.Hal.Virtual.Nano.IOException;

namespace Lapel.Hal.Virtual
{
    /// <summary>A drive behind the nanoFramework file API: costs time, counts, fails as the device's file natives do.</summary>
    public abstract class VirtualVolume
    {
        /// <summary>Files open at once (FatFs as built into the official images).</summary>
        public const int MaxOpen = 5;

        /// <summary>Bytes of a sector.</summary>
        public const int SectorBytes = 512;

        private readonly VirtualMachine _machine;
        private readonly Random _random;
        private int _open;
        private int _generation;
        private long _used = -1;
        private long _lost = -1;

        // Files that were given a length and are not closed yet. As with FatFs the directory has the old length until the close: a cut
        // before it leaves the old one, and nothing of what was written beyond.
        private readonly Dictionary<string, UnclosedFile> _unclosed = new();

        /// <summary>A drive of a machine.</summary>
        protected VirtualVolume(VirtualMachine machine, IMedium medium, int seed)
        {
            _machine = machine;
            Medium = medium;
            _random = new Random(seed);
        }

        /// <summary>Where the bytes are.</summary>
        public IMedium Medium { get; protected set; }

        /// <summary>What operations cost.</summary>
        public VolumeTimes Times { get; set; } = new VolumeTimes();

        /// <summary>Sees changes before they happen; may cut the power.</summary>
        public ISectorObserver? Observer { get; set; }

        /// <summary>
        /// Told of each open, close, read and write of a file: true as it begins, false when it is over. None begins within another.
        /// </summary>
        public Action<bool>? Calls { get; set; }

        /// <summary>Bytes of a cluster, as a 32 GB card formatted by the usual tools has them.</summary>
        public int ClusterBytes { get; set; } = 32_768;

        /// <summary>Room in bytes; 0 for no limit.</summary>
        public long CapacityBytes { get; set; }

        /// <summary>Writes fail, as on a worn-out or write-protected card.</summary>
        public bool WriteProtected { get; set; }

        /// <summary>Sectors that cannot be read: file path ('/'-separated) and sector in the file.</summary>
        public HashSet<(string Path, long Sector)> BadSectors { get; } = new();

        /// <summary>
        /// The write with this number, as <see cref="Writes"/> counts them, reports success and never reaches the medium.
        /// </summary>
        public void LoseWrite(long number) => _lost = number;

        /// <summary>Writes so far.</summary>
        public long Writes { get; private set; }

        /// <summary>Bytes written so far.</summary>
        public long BytesWritten { get; private set; }

        /// <summary>Longest write so far, microseconds.</summary>
        public long SlowestWriteUs { get; private set; }

        /// <summary>Writes whose position or length is no multiple of 512: each makes the card read, change and write a sector.</summary>
        public long UnalignedWrites { get; private set; }

        /// <summary>Writes that made a file longer: each changes the allocation table.</summary>
        public long GrowingWrites { get; private set; }

        /// <summary>Files open now.</summary>
        public int OpenFiles => _open;

        /// <summary>Opens that failed since five files were open: the firmware is to know what it has open.</summary>
        public int RefusedOpens { get; private set; }

        internal bool FileExists(string path)
        {
            Begin();
            return Guard(() => Medium.FileExists(path));
        }

        internal bool FolderExists(string path)
        {
            Begin();
            return Guard(() => Medium.FolderExists(path));
        }

        internal void CreateFolder(string path)
        {
            Begin();
            CheckWritable();
            Announce(VolumeChange.CreateFolder, path);
            Guard(() => Medium.CreateFolder(path));
        }

        internal void Delete(string path)
        {
            Begin();
            CheckWritable();
            if (!Guard(() => Medium.FileExists(path)))
            {
                return;
            }

            Announce(VolumeChange.Delete, path);
            long length = Length(path);
            Guard(() => Medium.Delete(path));
            _unclosed.Remove(path);
            Account(length, 0);
        }

        internal void Move(string from, string to)
        {
            Begin();
            CheckWritable();
            if (Guard(() => Medium.FileExists(to)))
            {
                throw new NanoIOException("exists: " + to, Code.PathAlreadyExists);
            }

            if (!Guard(() => Medium.FileExists(from)))
            {
                throw new NanoIOException("no file " + from, Code.FileNotFound);
            }

            Announce(VolumeChange.Move, from);
            Guard(() => Medium.Move(from, to));
        }

        internal VirtualFile Open(string path, FileMode mode, bool writable) => Call(() => OpenFile(path, mode, writable));

        internal int Read(string path, long position, Span<byte> into)
        {
            Calls?.Invoke(true);
            try
            {
                return ReadFile(path, position, into);
            }
            finally
            {
                Calls?.Invoke(false);
            }
        }

        internal void Write(string path, long position, ReadOnlySpan<byte> data)
        {
            Calls?.Invoke(true);
            try
            {
                WriteFile(path, position, data);
            }
            finally
            {
                Calls?.Invoke(false);
            }
        }

        internal void Close(string path, bool changed, int generation) =>
            Call(() =>
            {
                CloseFile(path, changed, generation);
                return 0;
            });

        private T Call<T>(Func<T> operation)
        {
            Calls?.Invoke(true);
            try
            {
                return operation();
            }
            finally
            {
                Calls?.Invoke(false);
            }
        }

        private VirtualFile OpenFile(string path, FileMode mode, bool writable)
        {
            Begin();
            bool exists = Guard(() => Medium.FileExists(path));
            if (mode == FileMode.Open && !exists)
            {
                throw new NanoIOException("no file " + path, Code.FileNotFound);
            }

            if (mode == FileMode.CreateNew && exists)
            {
                throw new NanoIOException("exists: " + path, Code.PathAlreadyExists);
            }

            if (_open == MaxOpen)
            {
                RefusedOpens++;
                throw new NanoIOException("five files are open", Code.TooManyOpenHandles);
            }

            Spend(Between(Times.OpenLeast, Times.OpenMost));
            if (mode != FileMode.Open)
            {
                CheckWritable();
                Announce(VolumeChange.Create, path);
                long length = exists ? Length(path) : 0;
                Guard(() => Medium.Create(path));
                Account(length, 0);
            }

            _open++;
            return new VirtualFile(this, path, writable, mode != FileMode.Open, _generation);
        }

        internal long Length(string path) =>
            _unclosed.TryGetValue(path, out UnclosedFile? file) ? file.Length : Guard(() => Medium.Length(path));

        internal void SetLength(string path, long length)
        {
            Begin();
            CheckWritable();
            long before = Length(path);
            long given = length;
            if (CapacityBytes > 0 && length > before)
            {
                long room = (CapacityBytes - Used() + Clusters(before)) / ClusterBytes * ClusterBytes;
                given = Math.Max(before, Math.Min(length, room));
            }

            if (given > before)
            {
                Spend((Clusters(given) - Clusters(before)) / ClusterBytes * Times.PerCluster);
            }

            Announce(VolumeChange.SetLength, path);
            if (!_unclosed.TryGetValue(path, out UnclosedFile? file))
            {
                _unclosed[path] = file = new UnclosedFile();
            }

            file.Length = given;
            Account(before, given);
            if (given < length)
            {
                // As stdio over VFS does on a card that fills: an I/O failure, and what was given stays in the directory.
                throw new NanoIOException($"{path}: {given} of {length} bytes, the card is full", Code.Others);
            }
        }

        private int ReadFile(string path, long position, Span<byte> into)
        {
            Begin();
            int count = (int)Math.Min(into.Length, Math.Max(0, Length(path) - position));
            if (Times.ReadRate > 0)
            {
                Spend(count * 1_000_000L / Times.ReadRate);
            }

            if (BadSectors.Count > 0)
            {
                for (long sector = position / SectorBytes; sector * SectorBytes < position + count; sector++)
                {
                    if (BadSectors.Contains((path, sector)))
                    {
                        throw new NanoIOException($"{path}: sector {sector} cannot be read", Code.Others);
                    }
                }
            }

            try
            {
                Medium.Read(path, position, into[..count]);
            }
            catch (Exception e) when (IsHostFault(e))
            {
                throw Translate(e);
            }

            return count;
        }

        private void WriteFile(string path, long position, ReadOnlySpan<byte> data)
        {
            Begin();
            CheckWritable();
            long length = Length(path);
            if (position > length)
            {
                throw new NanoIOException($"{path}: write at {position} beyond {length}", Code.Others);
            }

            if (position + data.Length > length)
            {
                if (CapacityBytes > 0 && Used() - Clusters(length) + Clusters(position + data.Length) > CapacityBytes)
                {
                    throw new NanoIOException($"{path}: a write on a full card", Code.Others);
                }

                GrowingWrites++;
            }

            if (position % SectorBytes != 0 || data.Length % SectorBytes != 0)
            {
                UnalignedWrites++;
            }

            Writes++;
            bool stalls = Times.StallEvery > 0 && Writes % Times.StallEvery == 0;
            if (Times.StallOneIn > 0 && _random.Next(Times.StallOneIn) == 0)
            {
                stalls = true;
            }

            long started = _machine.Clock.NowUs;
            if (stalls)
            {
                Spend(Times.Stall);
            }

            long transfer = Times.WriteRate > 0 ? data.Length * 1_000_000L / Times.WriteRate : 0;
            long transferring = _machine.Clock.NowUs;
            try
            {
                Spend(transfer);
            }
            catch (PowerCutException)
            {
                int sectors = (int)((_machine.Clock.NowUs - transferring) * (data.Length / SectorBytes) / Math.Max(1, transfer));
                Put(path, position, data[..(sectors * SectorBytes)], length);
                throw;
            }

            SlowestWriteUs = Math.Max(SlowestWriteUs, _machine.Clock.NowUs - started);
            if (Writes != _lost)
            {
                Put(path, position, data, length);
            }

            BytesWritten += data.Length;
            if (position + data.Length > length)
            {
                Account(length, position + data.Length);
            }
        }

        internal void CheckHandle(int generation)
        {
            if (generation != _generation)
            {
                throw new NanoIOException("opened on a card that was pulled", Code.Others);
            }
        }

        private void CloseFile(string path, bool changed, int generation)
        {
            _machine.Clock.CheckPower();
            CheckHandle(generation);
            _open--;
            Spend(Between(Times.CloseLeast, Times.CloseMost));
            CheckReachable();
            if (changed)
            {
                Announce(VolumeChange.Close, path);
            }

            if (_unclosed.Remove(path, out UnclosedFile? file))
            {
                Guard(() => file.Commit(Medium, path));
            }
        }

        /// <summary>Throws when the drive cannot be reached at all.</summary>
        protected abstract void CheckReachable();

        /// <summary>Spends virtual time in a native call.</summary>
        protected void Spend(long us)
        {
            if (us > 0)
            {
                _machine.RunNative(us);
            }
        }

        /// <summary>Every handle dies with the medium it was opened on.</summary>
        protected void ForgetOpenFiles()
        {
            _open = 0;
            _generation++;
            _used = -1;
            _unclosed.Clear();
        }

        private static bool IsHostFault(Exception e) =>
            e is System.IO.IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException;

        private static NanoIOException Translate(Exception e) =>
            e switch
            {
                FileNotFoundException => new NanoIOException(e.Message, Code.FileNotFound),
                DirectoryNotFoundException => new NanoIOException(e.Message, Code.DirectoryNotFound),
                UnauthorizedAccessException => new NanoIOException(e.Message, Code.UnauthorizedAccess),
                _ => new NanoIOException(e.Message, Code.Others),
            };

        private static T Guard<T>(Func<T> action)
        {
            try
            {
                return action();
            }
            catch (Exception e) when (IsHostFault(e))
            {
                throw Translate(e);
            }
        }

        private static void Guard(Action action) =>
            Guard(() =>
            {
                action();
                return 0;
            });

        private void Put(string path, long position, ReadOnlySpan<byte> data, long length)
        {
            try
            {
                if (_unclosed.TryGetValue(path, out UnclosedFile? file))
                {
                    for (int at = 0; at < data.Length; at += SectorBytes)
                    {
                        Observer?.BeforeWrite(path, (position + at) / SectorBytes, data[at..Math.Min(at + SectorBytes, data.Length)]);
                    }

                    file.Write(position, data);
                }
                else if (Observer == null)
                {
                    Medium.Write(path, position, data);
                }
                else
                {
                    WriteObserved(path, position, data, Math.Max(length, position + data.Length));
                }
            }
            catch (Exception e) when (IsHostFault(e))
            {
                throw Translate(e);
            }
            catch (PowerCutException)
            {
                _machine.Clock.Stop();
                throw;
            }
        }

        private void Announce(VolumeChange change, string path)
        {
            try
            {
                Observer?.BeforeChange(change, path);
            }
            catch (PowerCutException)
            {
                _machine.Clock.Stop();
                throw;
            }
        }

        private void WriteObserved(string path, long position, ReadOnlySpan<byte> data, long length)
        {
            var whole = new byte[SectorBytes];
            while (data.Length > 0)
            {
                long sector = position / SectorBytes;
                long start = sector * SectorBytes;
                int inside = (int)(position - start);
                int count = Math.Min(data.Length, SectorBytes - inside);
                int size = (int)Math.Min(SectorBytes, length - start);
                if (inside != 0 || count != size)
                {
                    int there = (int)Math.Clamp(Medium.Length(path) - start, 0, size);
                    Array.Clear(whole);
                    Medium.Read(path, start, whole.AsSpan(0, there));
                }

                data[..count].CopyTo(whole.AsSpan(inside));
                Observer!.BeforeWrite(path, sector, whole.AsSpan(0, size));
                Medium.Write(path, position, data[..count]);
                data = data[count..];
                position += count;
            }
        }

        private void Begin()
        {
            _machine.Clock.CheckPower();
            CheckReachable();
            Spend(Times.PerOperation);
        }

        private void CheckWritable()
        {
            if (WriteProtected)
            {
                throw new NanoIOException("the card does not take writes", Code.Others);
            }
        }

        private long Clusters(long length) => (length + ClusterBytes - 1) / ClusterBytes * ClusterBytes;

        // Counted once a mount and kept up to date: adding up thousands of slots for each new one would be slow.
        private long Used()
        {
            if (_used < 0)
            {
                _used = Guard(() => Medium.Used(ClusterBytes));
            }

            return _used;
        }

        private void Account(long before, long after)
        {
            if (_used >= 0)
            {
                _used += Clusters(after) - Clusters(before);
            }
        }

        private long Between(long least, long most) => most > least ? least + _random.NextInt64(most - least + 1) : least;
    }
}
