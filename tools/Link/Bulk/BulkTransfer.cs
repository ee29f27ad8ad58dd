// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Threading;

namespace Lapel.Link
{
    /// <summary>
    /// Fetches items: two ranges are always asked for, so the line never waits for the host. When nothing more is to be asked for of an
    /// item, the next one is asked about, and its first ranges are asked for: the camera opens it while the last frames are on the line.
    /// What came damaged or not at all is asked for again. Nothing is taken twice, and what another host or an earlier moment asked for is
    /// not taken at all.
    /// </summary>
    public sealed class BulkTransfer
    {
        /// <summary>Ranges asked for at a time.</summary>
        private const int Outstanding = 2;

        /// <summary>Silences in a row, with no answer in between, after which the other end counts as gone.</summary>
        private const int MostSilences = 6;

        /// <summary>Rounds in which nothing new came at all; the line carries answers but no frame.</summary>
        private const int MostEmptyRanges = 40;

        /// <summary>Bytes after which it is looked at again whether the link lets them pass as they are.</summary>
        private const int JudgeEvery = 16384;

        /// <summary>The error "busy" of SMP itself: no room for another range.</summary>
        private const int QueueFull = 10;

        /// <summary>
        /// Refused for so long, with no frame in between, the caller is told that a recording comes first. A recording leaves the card to
        /// others as soon as what was before its press is written, and between its pictures, but not while it goes on in its next slot: up
        /// to 9 s on a card with stalls.
        /// </summary>
        private static readonly TimeSpan MostRefused = TimeSpan.FromSeconds(20);

        /// <summary>A camera that records says within 0.8 s that it has no time.</summary>
        private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(1000),
            RefusedPause = TimeSpan.FromMilliseconds(250);

        private readonly SmpClient _smp;
        private readonly EvidenceGroup _group;
        private readonly List<AskedRange> _asked = [];
        private readonly Dictionary<byte, BulkJob> _sequences = [];
        private readonly Queue<Query> _queries = [];
        private readonly CancellationToken _cancel;
        private BulkJob _job = null!;
        private BulkJob? _following;
        private Query? _query;
        private int _empty;
        private bool _isRefused;
        private ByteCensus _census = null!;
        private long _damagedBefore,
            _whole,
            _judgeAt;
        private TimeSpan? _refusedSince;

        /// <param name="smp">The connection, on which nothing else is asked meanwhile.</param>
        /// <param name="cancel">Ends the transfer between two frames; what came is kept.</param>
        public BulkTransfer(SmpClient smp, CancellationToken cancel = default)
        {
            _smp = smp;
            _group = new EvidenceGroup(smp);
            _cancel = cancel;
        }

        /// <summary>Called while bytes come, with the bytes of the item that are there.</summary>
        public Action<long>? Progress { get; init; }

        /// <summary>Fetches what is missing of one item, and nothing ahead.</summary>
        public void Fetch(ItemFacts item, BlockMap have, IBulkSink sink) => Fetch(new BulkJob(item, have, sink), null);

        /// <summary>
        /// Fetches what is missing. Throws <see cref="LinkException"/>, with Busy when a recording began, or what a sink throws; the maps
        /// then say what came.
        /// </summary>
        /// <param name="job">What is fetched to its end.</param>
        /// <param name="next">
        /// What is fetched after it. Its job, when one was made, is the one to be fetched next; until then nothing else is asked on the
        /// connection.
        /// </param>
        public void Fetch(BulkJob job, FollowingItem? next)
        {
            bool isAhead = job == _following;
            if (isAhead)
            {
                _following = null;
            }
            else if (_following == null)
            {
                _asked.Clear();
                _sequences.Clear();
            }

            (_job, _empty, _isRefused, _refusedSince, _query) = (job, 0, false, null, null);
            _queries.Clear();
            if (isAhead)
            {
                // Told while it is open in the camera, so before the next one is asked for.
                _queries.Enqueue(new Query(job.Item.Id, facts => job.Item = job.Item with { CloseDigest = facts.CloseDigest }));
            }

            if (next != null && _following == null)
            {
                _queries.Enqueue(new Query(next.Id, facts => _following = next.Begin(facts)));
            }

            (_census, _damagedBefore, _whole, _judgeAt) = (new ByteCensus(), _smp.DamagedFrames, 0, JudgeEvery);
            _smp.FrameReceived += Take;
            _smp.BytesArrived += Count;
            try
            {
                Run();
            }
            catch (OperationCanceledException)
            {
                // What still comes is not taken.
                _smp.FrameReceived -= Take;
                _smp.Part();
                TryCancel();
                Forget();
                throw;
            }
            catch (Exception error) when (error is not LinkException { Failure: LinkFailure.Unplugged })
            {
                // Whoever comes next finds a silent line sooner. What still comes is not taken.
                _smp.FrameReceived -= Take;
                if (_asked.Count > 0)
                {
                    TryCancel();
                }

                Forget();
                throw;
            }
            finally
            {
                _smp.FrameReceived -= Take;
                _smp.BytesArrived -= Count;
            }
        }

        /// <summary>Where hardly a frame arrives whole, the bytes that do not arrive tell whether it is noise.</summary>
        private void Count(ReadOnlySpan<byte> bytes)
        {
            _census.Add(bytes);
            if (_census.Total < _judgeAt)
            {
                return;
            }

            _judgeAt += JudgeEvery;
            if (4 * _whole <= _smp.DamagedFrames - _damagedBefore && _census.Verdict() is string what)
            {
                _smp.BytesArrived -= Count;
                throw LinkException.Mangling(null, what);
            }
        }

        private void Run()
        {
            int silences = 0;
            while (true)
            {
                _cancel.ThrowIfCancellationRequested();
                if (_isRefused && _asked.Count == 0)
                {
                    PauseRefused();
                }

                while (!_isRefused && _asked.Count < Outstanding && NextGap() is AskedRange range)
                {
                    Ask(range);
                }

                if (!_asked.Exists(r => r.Job == _job) && _job.Have.Count == _job.Have.Units)
                {
                    return;
                }

                SmpMessage? message = _smp.Next(Silence);
                if (message == null)
                {
                    _asked.Clear();
                    _query = null;
                    _isRefused = false;
                    if (_group.Cancel(Silence))
                    {
                        silences = 0;
                    }
                    else if (++silences == MostSilences)
                    {
                        throw new LinkException(LinkFailure.Silent, "the camera fell silent", "check the cable; what came so far is kept");
                    }

                    continue;
                }
                silences = 0;
                Answered(message);
            }
        }

        /// <summary>A round ends with a refusal, when all that was asked for is answered: none is asked for before.</summary>
        private void PauseRefused()
        {
            _isRefused = false;
            _smp.Pump(RefusedPause);
        }

        private void Ask(AskedRange range)
        {
            range.Sequence = _group.SendRange(range.Job.Item.Id, range.Offset, range.Length, range.Block);
            _sequences[range.Sequence] = range.Job;
            _asked.Add(range);
        }

        /// <summary>The next piece of the item; of the one after it, when of this one all is asked for.</summary>
        private AskedRange? NextGap()
        {
            if (_job.NextGap(_asked) is AskedRange range)
            {
                return range;
            }

            if (_query == null && _queries.TryDequeue(out _query))
            {
                _query.Sequence = _group.SendItem(_query.Id);
            }

            return _following?.NextGap(_asked);
        }

        /// <summary>Takes what the camera tells of an item. What it does not tell is asked for when the item's turn comes.</summary>
        private void Told(Query query, SmpMessage message)
        {
            _query = null;
            try
            {
                query.Take(EvidenceGroup.Facts(query.Id, SmpClient.Content(message)));
            }
            catch (LinkException error) when (error.Failure == LinkFailure.Refused) { }
        }

        private void Answered(SmpMessage message)
        {
            if (
                _query is Query query
                && SmpClient.Answers(message, query.Sequence, SmpOp.Read, EvidenceGroup.Id, EvidenceGroup.ItemCommand)
            )
            {
                Told(query, message);
                return;
            }

            AskedRange? range = _asked.Find(r =>
                SmpClient.Answers(message, r.Sequence, SmpOp.Read, EvidenceGroup.Id, EvidenceGroup.RangeCommand)
            );
            if (range == null)
            {
                return;
            }

            _asked.Remove(range);
            if (range.Frames > 0)
            {
                _refusedSince = null;
            }

            try
            {
                SmpClient.Content(message);
            }
            catch (LinkException error) when (error.Is(LinkException.SmpItself, QueueFull))
            {
                // It still has ranges that were given up here; those come first.
            }
            catch (LinkException error) when (error.Is(EvidenceGroup.Id, (int)EvidenceError.Busy))
            {
                _refusedSince ??= _smp.Line.Now;
                if (_smp.Line.Now - _refusedSince >= MostRefused)
                {
                    throw;
                }

                _isRefused = true;
                range.Job.Sink.RangeDone();
                return;
            }
            range.Job.Count(range);
            _empty = range.Frames > 0 ? 0 : _empty + 1;
            if (_empty == MostEmptyRanges)
            {
                throw new LinkException(
                    LinkFailure.Silent,
                    "no frame arrives whole",
                    "the line is too noisy for its rate: try --baud 115200"
                );
            }

            range.Job.Sink.RangeDone();
        }

        private void Take(in BulkFrame frame)
        {
            if (
                frame.Type != BulkFrame.ItemBytes
                || !_sequences.TryGetValue(frame.Sequence, out BulkJob? job)
                || job != _job && job != _following
                || !job.Have.Fits(frame.Offset, frame.Payload.Length)
            )
            {
                return;
            }

            _cancel.ThrowIfCancellationRequested();
            byte sequence = frame.Sequence;
            AskedRange? range = _asked.Find(r => r.Sequence == sequence);
            if (range != null)
            {
                range.Frames++;
            }

            _whole++;
            job.Take(frame);
            if (job == _job)
            {
                Progress?.Invoke(job.Have.Bytes);
            }
        }

        /// <summary>What was begun ahead is begun anew.</summary>
        private void Forget()
        {
            _following = null;
            _asked.Clear();
        }

        private void TryCancel()
        {
            try
            {
                _group.Cancel(Silence);
            }
            catch (LinkException) { }
        }

        /// <summary>Asks what an item is, beside the ranges.</summary>
        private sealed class Query(int id, Action<ItemFacts> take)
        {
            public int Id => id;

            public byte Sequence { get; set; }

            public void Take(ItemFacts facts) => take(facts);
        }
    }
}
