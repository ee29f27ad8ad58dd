// SPDX-License-Identifier: MIT

using System;
using Lapel.Evidence;
using Lapel.Hal;

namespace Lapel.Recorder
{
    /// <summary>
    /// One recording from the press to its last close, live first: pictures go to segment k as they are taken, those from before the press
    /// (the pre-event) follow into segments 0 to k-1 with whatever the card has left, and the last close comes when both are there.
    /// </summary>
    public sealed class RecordingSession
    {
        private enum Phase
        {
            Idle,
            Running,
            Stopping,
            Signing,
            ClosingPreEvent,
            ClosingLast,
        }

        private readonly FrameRing _ring;
        private readonly SlotAllocator _allocator;
        private readonly PreEventPlan _plan = new PreEventPlan();
        private readonly SegmentLedger _ledger;
        private readonly CardStatistics _cardStatistics;
        private readonly SegmentSequence _live;
        private readonly SegmentSequence _preEvent;

        private Phase _phase;
        private RecordingFacts _facts;
        private CloseReason _reason;
        private int _firstLive;
        private int _end;
        private long _endMs;
        private bool _preEventDone;
        private bool _flush;
        private int _flushLimit;
        private long _flushMs;
        private long _preEventEndMs;
        private long _liveFromMs;

        /// <summary>A session between recordings.</summary>
        /// <param name="signing">Hashes, identity and signer of the device.</param>
        /// <param name="ring">The frames.</param>
        /// <param name="allocator">The card's slots.</param>
        /// <param name="presses">The raw presses.</param>
        public RecordingSession(DeviceSigning signing, FrameRing ring, SlotAllocator allocator, PressLog presses)
        {
            _ledger = new SegmentLedger(presses);
            _ring = ring;
            _allocator = allocator;
            _cardStatistics = new CardStatistics();
            _live = new SegmentSequence(FileUse.Live, signing.Writer(_cardStatistics), allocator, ring);
            _preEvent = new SegmentSequence(FileUse.PreEvent, signing.Writer(_cardStatistics), allocator, ring);
        }

        /// <summary>Whether a recording is under way, its last close included.</summary>
        public bool IsActive
        {
            get { return _phase != Phase.Idle; }
        }

        /// <summary>
        /// Whether the recording goes on with one file open and needs no other soon: everything before the press is on the card and signed,
        /// or there was nothing, and the live segment is not near its end.
        /// </summary>
        public bool LeavesRoom
        {
            get { return _phase == Phase.Running && _preEventDone && !_live.IsNearEnd; }
        }

        /// <summary>Whether <see cref="StepPreEvent"/> has something to do, now or soon.</summary>
        public bool NeedsPreEventStep
        {
            get { return _phase == Phase.Running ? !_preEventDone : _phase == Phase.ClosingPreEvent; }
        }

        /// <summary>
        /// Whether no frame waits for the card: then, unless it <see cref="IsWriting"/>, <see cref="StepLive"/> has nothing to do
        /// until the next frame, <see cref="Flush"/> or <see cref="Stop"/>. Not while there is a pre-event to write.
        /// </summary>
        public bool IsAtRest
        {
            get { return _phase == Phase.Running && _preEventDone && !_flush && _live.Next == _ring.Next; }
        }

        /// <summary>Whether something of the live pictures was begun that takes further card operations.</summary>
        public bool IsWriting
        {
            get { return _live.IsWriting; }
        }

        /// <summary>Whether frames are still being taken into the recording.</summary>
        public bool IsRunning
        {
            get { return _phase == Phase.Running; }
        }

        /// <summary>The recording under way, or the last one.</summary>
        public RecordingFacts Facts
        {
            get { return _facts; }
        }

        /// <summary>How the card fares.</summary>
        public CardStatistics CardStatistics
        {
            get { return _cardStatistics; }
        }

        /// <summary>Why the recording ended, once it is stopping.</summary>
        public CloseReason Reason
        {
            get { return _reason; }
        }

        /// <summary>Last close digest of the recording that ended; null when it could not be closed.</summary>
        public byte[] LastClose { get; private set; }

        /// <summary>What the card said when the recording was given up.</summary>
        public CardStatus Status { get; private set; }

        /// <summary>Monotonic time at which the recording ended, once it is stopping.</summary>
        public long EndMs
        {
            get { return _endMs; }
        }

        /// <summary>Live frames that are in memory and not yet gathered for the card: the backlog.</summary>
        public int LiveBacklog
        {
            get { return IsActive ? (_phase == Phase.Running ? _ring.Next : _end) - _live.Next : 0; }
        }

        /// <summary>Frames of the recording so far.</summary>
        public int Frames
        {
            get { return _facts == null ? 0 : (_phase == Phase.Running ? _ring.Next : _end) - _facts.FirstSerial; }
        }

        /// <summary>Where the live footage that is on the card ends, ms since recording zero.</summary>
        public int LiveEndMs
        {
            get { return _live.Opened == 0 ? 0 : _live.Written.EndMs; }
        }

        /// <summary>States how far the recording has come on the card: only what was written.</summary>
        public void CommitTo(Commitment commitment)
        {
            if (_live.Opened == 0)
            {
                return;
            }

            SegmentWriter live = _live.Written;
            commitment.FirstLive = _facts.FirstLive;
            commitment.Segment = live.Segment;
            commitment.Fragments = live.Fragments;
            commitment.EndMs = live.EndMs;
            if (live.StatedChain != null)
            {
                Array.Copy(live.StatedChain, 0, commitment.Chain, 0, Digests.Size);
            }

            commitment.IsPreClosed = _preEventDone;
            if (_preEventDone || _preEvent.Opened == 0)
            {
                return;
            }

            commitment.PreSegment = _preEvent.Written.Segment;
            commitment.PreFragments = _preEvent.Written.Fragments;
            commitment.PreEndMs = _preEvent.Written.EndMs;
        }

        /// <summary>
        /// Begins a recording with everything the ring holds. The facts come filled in but for the pre-event, k and the frame numbers.
        /// False when the card has no slot for it.
        /// </summary>
        /// <param name="facts">The recording; zero time and UTC of the press, moved back here to the first frame.</param>
        /// <param name="pressMs">Monotonic time of the press.</param>
        public bool Start(RecordingFacts facts, long pressMs)
        {
            Status = CardStatus.Ok;
            _facts = facts;
            _firstLive = _ring.Next;
            _plan.IsSealed = facts.Seal != null;
            int first = _ring.First;
            int segments = _plan.Segments(_ring, first, _firstLive, _allocator.Catalogue.SlotBytes, pressMs);
            if (_plan.FirstFitting > first)
            {
                // Taken before the card with such small slots was there.
                facts.PreEventShortfall = ShortfallReason.CardTooFull;
                first = _plan.FirstFitting;
                segments = _plan.Segments(_ring, first, _firstLive, _allocator.Catalogue.SlotBytes, pressMs);
            }

            int free = _allocator.Catalogue.FreeSlots;
            if (free == 0)
            {
                return Refuse(CardStatus.Full);
            }

            if (free < segments + 1)
            {
                facts.PreEventShortfall = ShortfallReason.CardTooFull;
                first = _firstLive;
                segments = 0;
            }

            facts.FirstLive = segments;
            facts.FirstSerial = first;
            facts.PreEventFrames = _firstLive - first;
            if (facts.PreEventFrames > 0)
            {
                MoveZero(facts, pressMs, _ring.TimeMs(first));
                StateUnthinned(facts, pressMs, first);
            }

            _cardStatistics.Clear();
            _ledger.Restart(pressMs);
            _live.Begin(facts, _ledger, segments, _firstLive);

            // Between a press and its start pictures may have come: they are pre-event, and the live segment begins behind them.
            _liveFromMs = pressMs;
            if (segments > 0 && _ring.TimeMs(_firstLive - 1) >= pressMs)
            {
                _liveFromMs = _ring.TimeMs(_firstLive - 1) + 1;
            }

            if (!_live.OpenNow(_liveFromMs))
            {
                return Refuse(_live.Status);
            }

            _live.ReservedSlots = segments;
            if (segments > 0)
            {
                _ring.Pin(first, _firstLive);
                _preEvent.Begin(facts, null, 0, first);
            }

            _ring.Recording = true;
            _preEventDone = segments == 0;
            _preEventEndMs = -1;
            _flush = false;
            LastClose = null;
            _reason = CloseReason.Stopped;
            _phase = Phase.Running;
            return true;
        }

        /// <summary>Ends the recording with the frames there are; what is in memory is still written and closed, step by step.</summary>
        /// <param name="nowMs">Monotonic time of the stop.</param>
        /// <param name="intervalMs">Frame interval in force: the last frame lasts at least that long.</param>
        /// <param name="reason">Why.</param>
        public void Stop(long nowMs, int intervalMs, CloseReason reason)
        {
            if (_phase != Phase.Running)
            {
                return;
            }

            EndAt(_ring.Next, nowMs, intervalMs, reason);
        }

        /// <summary>
        /// The sensor gives no frames for now: the fragment in hand goes to the card without waiting for the next frame, its last frame
        /// lasting one interval.
        /// </summary>
        public void Flush(int intervalMs)
        {
            if (_phase != Phase.Running || _flush || _live.IsWritten(_ring.Next))
            {
                return;
            }

            _flush = true;
            _flushLimit = _ring.Next;
            _flushMs = _ring.TimeMs(_ring.Next - 1) + intervalMs;
        }

        /// <summary>Adds a marker, monotonic milliseconds.</summary>
        public void Mark(long atMs, Button button)
        {
            if (_phase == Phase.Running)
            {
                _ledger.AddMarker((int)(atMs - _facts.ZeroMs), button);
            }
        }

        /// <summary>
        /// Something was broken off in the middle: the recording is given up as it lies on the card, where recovery closes it. Nothing of
        /// it is gone on with.
        /// </summary>
        public void BreakOff()
        {
            if (_facts == null)
            {
                return;
            }

            GiveUp(CardStatus.WriteError);
            LastClose = null;
        }

        /// <summary>Whether the last step was the pre-event's.</summary>
        public bool PreEventWorked { get; private set; }

        /// <summary>The live pictures' step: one card operation at most. Returns whether something was done.</summary>
        /// <param name="nowMs">Monotonic time.</param>
        /// <param name="preEventIsDue">Whether the pre-event comes first, once no live write is under way.</param>
        public bool StepLive(long nowMs, bool preEventIsDue)
        {
            PreEventWorked = false;
            switch (_phase)
            {
                case Phase.Running:
                    return StepRunning(preEventIsDue);
                case Phase.Stopping:
                    return StepStopping(nowMs);
                case Phase.Signing:
                    return StepSigning();
                case Phase.ClosingLast:
                    return StepClosingLast();
                default:
                    return false;
            }
        }

        /// <summary>The pre-event's step, when the live pictures left time: one card operation at most.</summary>
        public bool StepPreEvent()
        {
            switch (_phase)
            {
                case Phase.Running:
                    return PreEvent();
                case Phase.ClosingPreEvent:
                    return PreEvent() || CloseLast();
                default:
                    return false;
            }
        }

        private bool Refuse(CardStatus status)
        {
            WipeSeal();
            Status = status;
            return false;
        }

        // Every frame is on the card, or will never be: from here on only the recipients can open the recording.
        private void WipeSeal()
        {
            if (_facts.Seal != null)
            {
                _facts.Seal.Wipe();
            }
        }

        private static void MoveZero(RecordingFacts facts, long pressMs, long firstMs)
        {
            facts.ZeroMs = firstMs;
            if (facts.ZeroUtcMs != 0)
            {
                facts.ZeroUtcMs -= pressMs - firstMs;
            }

            // Where no pre-event is asked for, the first frame is one that was taken after the press, while the press was being recognised.
            if (pressMs > firstMs)
            {
                facts.PreEventObtainedMs = (int)(pressMs - firstMs);
            }
        }

        private void StateUnthinned(RecordingFacts facts, long pressMs, int first)
        {
            int serial = _ring.FirstUnthinned;
            if (serial < first)
            {
                serial = first;
            }

            long ms = pressMs - _ring.TimeMs(serial);
            if (ms > 0)
            {
                facts.PreEventUnthinnedMs = (int)ms;
                facts.PreEventUnthinnedFrames = _firstLive - serial;
            }
        }

        private void EndAt(int serial, long nowMs, int intervalMs, CloseReason reason)
        {
            _ring.Recording = false;
            _end = serial;
            _reason = reason;
            _endMs = nowMs;
            if (serial > _facts.FirstSerial)
            {
                long least = _ring.TimeMs(serial - 1) + intervalMs;
                if (_endMs < least)
                {
                    _endMs = least;
                }
            }

            if (_preEventEndMs < 0)
            {
                // Without a live picture the pre-event footage ends where the live segment states to begin.
                _preEventEndMs = serial > _firstLive ? _ring.TimeMs(_firstLive) : _liveFromMs;
            }

            _phase = Phase.Stopping;
        }

        // A slot that the pre-event has begun to take is taken first: the catalogue gives one at a time.
        private bool StepRunning(bool preEventIsDue)
        {
            if (_live.IsWriting)
            {
                return LiveWrite();
            }

            if ((preEventIsDue || _preEvent.IsTakingSlot) && PreEvent())
            {
                return true;
            }

            if (_ring.Next == _live.Next && !_flush)
            {
                return false;
            }

            if (_preEventEndMs < 0 && _ring.Next > _firstLive)
            {
                _preEventEndMs = _ring.TimeMs(_firstLive);
            }

            if (_flush && _live.IsWritten(_flushLimit))
            {
                _flush = false;
            }

            if (Live(_flush ? _flushLimit : _ring.Next, _flush, _flushMs))
            {
                return true;
            }

            return HasEnded && EndForCard(_ring.Next);
        }

        private bool StepStopping(long nowMs)
        {
            if (_preEvent.IsTakingSlot && !_live.IsWriting)
            {
                return PreEvent();
            }

            if (Live(_end, true, _endMs))
            {
                return true;
            }

            if (HasEnded)
            {
                return EndForCard(_end);
            }

            if (!_live.IsWritten(_end))
            {
                return false;
            }

            if (_preEventDone)
            {
                return CloseLast();
            }

            // The pre-event may take long: the live segment is signed now.
            _live.BeginCheckpoint(nowMs);
            _phase = Phase.Signing;
            return true;
        }

        private bool StepSigning()
        {
            if (!Live(_end, false, 0))
            {
                _phase = Phase.ClosingPreEvent;
            }

            return true;
        }

        private bool StepClosingLast()
        {
            if (Live(_end, false, 0))
            {
                return true;
            }

            LastClose = _live.CloseDigest;
            _phase = Phase.Idle;
            return true;
        }

        private bool CloseLast()
        {
            WipeSeal();
            _cardStatistics.CopyTo(_facts.Statistics);
            _live.CloseLast(_reason, _facts.FirstLive + _live.Opened);
            _phase = Phase.ClosingLast;
            return true;
        }

        private bool HasEnded
        {
            get { return _live.IsOutOfSlots || _live.IsTooLarge; }
        }

        // The slot is full and was the last, or no slot takes the next picture: the recording ends before the fragment in hand.
        private bool EndForCard(int limit)
        {
            CloseReason reason = _live.IsTooLarge ? CloseReason.SlotTooSmall : CloseReason.CardFull;
            int end = _live.GiveBackGathered();
            long endMs = _ring.TimeMs(end);
            for (int serial = end; serial < limit; serial++)
            {
                _ring.Release(serial);
            }

            EndAt(end, endMs, 0, reason);
            return true;
        }

        private bool Live(int limit, bool ended, long endMs)
        {
            if (_live.IsWriting)
            {
                return LiveWrite();
            }

            bool worked = _live.Step(limit, ended, endMs);
            if (worked && _live.Status != CardStatus.Ok)
            {
                GiveUp(_live.Status);
            }

            return worked;
        }

        private bool LiveWrite()
        {
            _live.StepWrite();
            if (_live.Status != CardStatus.Ok)
            {
                GiveUp(_live.Status);
            }

            return true;
        }

        private bool PreEvent()
        {
            if (_preEventDone)
            {
                return false;
            }

            bool ended = _preEventEndMs >= 0;
            bool worked = _preEvent.Step(_firstLive, ended, _preEventEndMs);
            _live.ReservedSlots = _facts.FirstLive - _preEvent.Opened;
            if (_preEvent.Status != CardStatus.Ok)
            {
                GiveUp(_preEvent.Status);
            }
            else if (_preEvent.IsOutOfSlots || _preEvent.IsTooLarge)
            {
                GiveUp(CardStatus.Full);
            }
            else if (!worked && ended && _preEvent.IsWritten(_firstLive))
            {
                worked = FinishPreEvent();
            }

            PreEventWorked = worked;
            return worked;
        }

        // All frames of the pre-event are on the card: close its last segment, then say so to the live one.
        private bool FinishPreEvent()
        {
            if (_preEvent.IsClosed)
            {
                _facts.PreEventClose = _preEvent.CloseDigest;
                _preEventDone = true;
                return false;
            }

            _preEvent.CloseLast(CloseReason.Stopped, 0);
            return true;
        }

        private void GiveUp(CardStatus status)
        {
            WipeSeal();
            Status = status;
            _live.Abandon();
            _preEvent.Abandon();
            _allocator.Discard();
            _ring.Recording = false;
            _ring.ReleasePinned();
            _phase = Phase.Idle;
        }
    }
}
