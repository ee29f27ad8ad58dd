// SPDX-License-Identifier: MIT

using System;
using Lapel.Hal;

namespace Lapel.Evidence
{
    /// <summary>
    /// What the device last committed to, in internal storage (FORMAT.md 7.1): each recording that it has not closed, how far the newest
    /// one had come on the card, the audit log's head. It is written after what it speaks of is on the card, so that no power cut
    /// contradicts it.
    /// </summary>
    public sealed class Commitments
    {
        /// <summary>Live footage on the card goes no further than this beyond what is committed, milliseconds.</summary>
        public const int WindowMs = 8500;

        /// <summary>From this much on a commitment is due when the camera has time for it.</summary>
        public const int DueMs = 6500;

        /// <summary>From this much on nothing more is recorded before it: a fragment is 1 s at most.</summary>
        public const int ForcedMs = 7500;

        /// <summary>Recordings that can be open at once: each is one that a cut or a card ended. The oldest gives way.</summary>
        public const int MostOpen = 5;

        // The entry: the log's head, newest recording, horizon, how many are open, last close, the open ones. At most 512 bytes with the
        // store's own, which the file system keeps inline: a write appends to its metadata and erases no block of its own.
        private const int NewestAt = AuditHead.PlaceBytes;
        private const int HorizonAt = NewestAt + 4;
        private const int CountAt = HorizonAt + 4;
        private const int LastCloseAt = CountAt + 4;
        private const int OpenAt = LastCloseAt + Digests.Size;
        private const int OpenBytes = 64;

        // Behind them: id of the recording that was under way, UTC of this commitment, flags.
        private const int IdBytes = 16;
        private const int TailBytes = IdBytes + 8 + 4;
        private const int UnderWay = 1;
        private const int Closed = 1;
        private const int PreClosed = 2;

        private readonly IInternalStore _store;
        private readonly Commitment[] _open = new Commitment[MostOpen];
        private AuditHead _head = new AuditHead();

        // What begins or ends is stored in both copies, one after the other: damage to the newer one must not undo it.
        private bool _isTwice;
        private int _count;

        /// <summary>Nothing is loaded yet.</summary>
        public Commitments(IInternalStore store)
        {
            _store = store;
        }

        /// <summary>Number of the newest recording that was committed to; 0 when there was none.</summary>
        public int Newest { get; private set; }

        /// <summary>Of recordings up to this number it is not known what was committed: internal storage lost it. 0: of none.</summary>
        public int Horizon { get; private set; }

        /// <summary>Last close digest of the newest recording that was closed, or null.</summary>
        public byte[] LastClose { get; set; }

        /// <summary>
        /// Whether the newest recording was being recorded when this was stored: it had not ended, and nobody had stopped it.
        /// </summary>
        public bool IsUnderWay { get; private set; }

        /// <summary>UTC of that commitment, milliseconds since 1970; 0 when the clock was unset.</summary>
        public long UnderWayUtcMs { get; private set; }

        /// <summary>Id of that recording, 16 bytes; null when none is under way.</summary>
        public byte[] UnderWayId { get; private set; }

        /// <summary>Whether something changed that is not stored yet.</summary>
        public bool IsDirty { get; private set; }

        /// <summary>The audit log's head, which is stored with each commitment. Set by the owner once the log is up.</summary>
        public AuditHead Log
        {
            set
            {
                if (value != null)
                {
                    _head = value;
                }
            }
        }

        /// <summary>Loads them. What cannot be read is not taken for nothing: of the recordings so far nothing is known then.</summary>
        /// <param name="recordings">Number of the newest recording by the counters.</param>
        public void Load(int recordings)
        {
            byte[] stored;
            StoreStatus status = _store.Load(StoreEntries.Committed, out stored);
            _count = 0;
            Newest = 0;
            Horizon = 0;
            LastClose = null;
            NotUnderWay();
            IsDirty = false;
            if (status == StoreStatus.Absent && recordings == 0)
            {
                return;
            }

            int tail = status == StoreStatus.Ok && stored.Length >= OpenAt ? (stored.Length - OpenAt) % OpenBytes : -1;
            if (tail != TailBytes)
            {
                // How many there were since is not known either: those up to the next one that begins.
                Newest = recordings;
                Horizon = int.MaxValue;
                return;
            }

            _head.TakePlace(stored);
            Newest = BigEndian.Get32(stored, NewestAt);
            Horizon = BigEndian.Get32(stored, HorizonAt);
            LastClose = Part(stored, LastCloseAt);
            _count = BigEndian.Get32(stored, CountAt);
            if (_count < 0 || _count > MostOpen || _count != (stored.Length - OpenAt) / OpenBytes)
            {
                _count = 0;
                Horizon = int.MaxValue;
            }

            for (int i = 0; i < _count; i++)
            {
                _open[i] = Read(stored, OpenAt + OpenBytes * i);
            }

            TakeTail(stored, stored.Length - TailBytes);
        }

        /// <summary>Stores them, by one write. False when internal storage does not take it: they stay due.</summary>
        public bool Save()
        {
            int tailAt = OpenAt + OpenBytes * _count;
            var stored = new byte[tailAt + TailBytes];
            _head.PutPlace(stored);
            BigEndian.Put32(stored, NewestAt, Newest);
            BigEndian.Put32(stored, HorizonAt, Horizon);
            BigEndian.Put32(stored, CountAt, _count);
            if (LastClose != null)
            {
                Array.Copy(LastClose, 0, stored, LastCloseAt, Digests.Size);
            }

            for (int i = 0; i < _count; i++)
            {
                Put(stored, OpenAt + OpenBytes * i, _open[i]);
            }

            if (IsUnderWay)
            {
                Array.Copy(UnderWayId, 0, stored, tailAt, IdBytes);
                BigEndian.Put64(stored, tailAt + IdBytes, UnderWayUtcMs);
                BigEndian.Put32(stored, tailAt + IdBytes + 8, UnderWay);
            }

            bool isStored = Store(stored);
            IsDirty = !isStored || _isTwice;
            _isTwice = _isTwice && !isStored;
            return isStored;
        }

        // A store that throws takes it no more than one that says so: it costs the commitment, not the recording.
        private bool Store(byte[] stored)
        {
            try
            {
                return _store.SaveInTurn(StoreEntries.Committed, stored);
            }
            catch (Exception)
            {
                return false;
            }
        }

        /// <summary>Recordings that are not closed.</summary>
        public int Count
        {
            get { return _count; }
        }

        /// <summary>One of them.</summary>
        /// <param name="index">From 0 to <see cref="Count"/> less 1.</param>
        public Commitment Open(int index)
        {
            return _open[index];
        }

        /// <summary>The newest recording is being recorded. Stored with the next commitment.</summary>
        /// <param name="id">Its id, 16 bytes; kept by reference.</param>
        /// <param name="utcMs">UTC now, milliseconds since 1970; 0 when the clock is unset.</param>
        public void SetUnderWay(byte[] id, long utcMs)
        {
            IsUnderWay = true;
            UnderWayId = id;
            UnderWayUtcMs = utcMs;
        }

        /// <summary>No recording is under way any more: stopped, ended, or not begun again. Due to be stored.</summary>
        public void NotUnderWay()
        {
            IsDirty |= IsUnderWay;
            IsUnderWay = false;
            UnderWayId = null;
            UnderWayUtcMs = 0;
        }

        /// <summary>Whether what was committed of a recording is not known.</summary>
        public bool IsUnknown(int number)
        {
            return number <= Horizon && Find(number) == null;
        }

        /// <summary>
        /// What stands of a recording: null when it is not known, or when the recording is closed and over. One that began after the last
        /// commitment has a commitment to nothing.
        /// </summary>
        public Commitment Find(int number)
        {
            for (int i = 0; i < _count; i++)
            {
                if (_open[i].Number == number)
                {
                    return _open[i];
                }
            }

            return null;
        }

        /// <summary>Whether the device had closed a segment, so that recovery may not close it again.</summary>
        public bool HasClosed(int number, int segment)
        {
            if (number > Newest || IsUnknown(number))
            {
                return false;
            }

            Commitment commitment = Find(number);
            return commitment == null || commitment.HasClosed(segment);
        }

        /// <summary>
        /// A recording began. The ones before it that were never committed to, since the power went too soon, stay open.
        /// </summary>
        public Commitment Begin(int number)
        {
            bool isLost = Horizon >= number;
            for (int earlier = number - 2 > Newest ? number - 2 : Newest + 1; earlier <= number; earlier++)
            {
                if (earlier > 0 && (earlier == number || !isLost) && Find(earlier) == null)
                {
                    Add(earlier);
                }
            }

            if (number > Newest)
            {
                Newest = number;
            }

            if (Horizon >= number)
            {
                Horizon = number - 1;
            }

            IsDirty = true;
            _isTwice = true;
            return Find(number);
        }

        /// <summary>A recording was closed, all of it.</summary>
        public void Close(int number)
        {
            for (int i = 0; i < _count; i++)
            {
                if (_open[i].Number == number)
                {
                    Remove(i);
                    break;
                }
            }

            IsDirty = true;
            _isTwice = true;
        }

        /// <summary>Recovery closed a segment, or found it closed: from here on it stays as it is.</summary>
        /// <param name="number">Recording.</param>
        /// <param name="firstLive">k.</param>
        /// <param name="segment">Segment.</param>
        public void Recover(int number, int firstLive, int segment)
        {
            if (IsUnknown(number) || (number <= Newest && Find(number) == null))
            {
                return;
            }

            Commitment commitment = Find(number) ?? Begin(number);
            commitment.FirstLive = firstLive;
            if (segment < firstLive)
            {
                commitment.IsPreClosed = true;
            }
            else if (segment >= commitment.Segment)
            {
                commitment.Segment = segment;
                commitment.IsClosed = true;
            }

            IsDirty = true;
            _isTwice = true;
            if (commitment.IsOver)
            {
                Close(number);
            }
        }

        private void TakeTail(byte[] stored, int at)
        {
            IsUnderWay = (BigEndian.Get32(stored, at + IdBytes + 8) & UnderWay) != 0;
            if (!IsUnderWay)
            {
                return;
            }

            UnderWayId = new byte[IdBytes];
            Array.Copy(stored, at, UnderWayId, 0, IdBytes);
            UnderWayUtcMs = BigEndian.Get64(stored, at + IdBytes);
        }

        private static byte[] Part(byte[] stored, int at)
        {
            var part = new byte[Digests.Size];
            Array.Copy(stored, at, part, 0, Digests.Size);
            return StoreEntries.IsZero(part) ? null : part;
        }

        private static Commitment Read(byte[] stored, int at)
        {
            var commitment = new Commitment();
            commitment.Number = BigEndian.Get32(stored, at);
            commitment.Segment = BigEndian.Get32(stored, at + 4);
            commitment.Fragments = BigEndian.Get32(stored, at + 8);
            commitment.EndMs = BigEndian.Get32(stored, at + 12);
            Array.Copy(stored, at + 16, commitment.Chain, 0, Digests.Size);
            commitment.PreSegment = BigEndian.Get32(stored, at + 48);
            commitment.PreFragments = BigEndian.Get16(stored, at + 52);
            commitment.FirstLive = BigEndian.Get16(stored, at + 54);
            commitment.PreEndMs = BigEndian.Get32(stored, at + 56);
            int flags = BigEndian.Get32(stored, at + 60);
            commitment.IsClosed = (flags & Closed) != 0;
            commitment.IsPreClosed = (flags & PreClosed) != 0;
            return commitment;
        }

        private static void Put(byte[] stored, int at, Commitment commitment)
        {
            BigEndian.Put32(stored, at, commitment.Number);
            BigEndian.Put32(stored, at + 4, commitment.Segment);
            BigEndian.Put32(stored, at + 8, commitment.Fragments);
            BigEndian.Put32(stored, at + 12, commitment.EndMs);
            Array.Copy(commitment.Chain, 0, stored, at + 16, Digests.Size);
            BigEndian.Put32(stored, at + 48, commitment.PreSegment);
            BigEndian.Put16(stored, at + 52, commitment.PreFragments);
            BigEndian.Put16(stored, at + 54, commitment.FirstLive);
            BigEndian.Put32(stored, at + 56, commitment.PreEndMs);
            BigEndian.Put32(stored, at + 60, (commitment.IsClosed ? Closed : 0) | (commitment.IsPreClosed ? PreClosed : 0));
        }

        private void Add(int number)
        {
            if (_count == MostOpen)
            {
                Remove(0);
            }

            _open[_count] = new Commitment();
            _open[_count].Number = number;
            _count++;
        }

        private void Remove(int index)
        {
            _count--;
            for (int i = index; i < _count; i++)
            {
                _open[i] = _open[i + 1];
            }
        }
    }
}
