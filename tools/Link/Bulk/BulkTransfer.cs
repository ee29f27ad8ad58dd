// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace Lapel.Link
{
    /// <summary>
    /// Fetches an item: two ranges are always asked for, so the line never waits for the host. What came damaged or not at all is asked for
    /// again. Nothing is taken twice, and what another host or an earlier moment asked for is not taken at all.
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
        private readonly HashSet<byte> _sequences = [];
        private readonly CancellationToken _cancel;
        private ItemFacts _item = null!;
        private BlockMap _have = null!;
        private IBulkSink _sink = null!;
        private BlockSize _block = null!;
        private int _cursor,
            _empty;
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

        /// <summary>
        /// Fetches what is missing. Throws <see cref="LinkException"/>, with Busy when a recording began, or what the sink throws; the map
        /// then says what came.
        /// </summary>
        /// <param name="item">The item.</param>
        /// <param name="have">What is there; grows. What is not wanted is marked as there by the caller.</param>
        /// <param name="sink">Takes the bytes.</param>
        public void Fetch(ItemFacts item, BlockMap have, IBulkSink sink)
        {
            (_item, _have, _sink, _block) = (item, have, sink, new BlockSize(item.BlockBytes));
            (_cursor, _empty, _isRefused, _refusedSince) = (0, 0, false, null);
            _asked.Clear();
            _sequences.Clear();
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

                if (_asked.Count == 0)
                {
                    return;
                }

                SmpMessage? message = _smp.Next(Silence);
                if (message == null)
                {
                    _asked.Clear();
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
            range.Sequence = _group.SendRange(_item.Id, range.Offset, range.Length, range.Block);
            _sequences.Add(range.Sequence);
            _asked.Add(range);
        }

        private void Answered(SmpMessage message)
        {
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
                _sink.RangeDone();
                return;
            }
            _block.Count(range.Frames, range.Expected - range.Frames);
            _empty = range.Frames > 0 ? 0 : _empty + 1;
            if (_empty == MostEmptyRanges)
            {
                throw new LinkException(
                    LinkFailure.Silent,
                    "no frame arrives whole",
                    "the line is too noisy for its rate: try --baud 115200"
                );
            }

            _sink.RangeDone();
        }

        private void Take(in BulkFrame frame)
        {
            if (
                frame.Type != BulkFrame.ItemBytes
                || !_sequences.Contains(frame.Sequence)
                || !_have.Fits(frame.Offset, frame.Payload.Length)
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
            _sink.Write(frame.Offset, frame.Payload.Span);
            _have.Set(frame.Offset, frame.Payload.Length);
            Progress?.Invoke(_have.Bytes);
        }

        /// <summary>The next piece that is neither there nor asked for, from where the last one ended; null when there is none.</summary>
        private AskedRange? NextGap()
        {
            for (int i = 0; i < _have.Units; i++)
            {
                int first = _cursor + i;
                if (first >= _have.Units)
                {
                    first -= _have.Units;
                }

                if (!IsMissing(first))
                {
                    continue;
                }

                int end = first + 1;
                while (end < _have.Units && (end - first) * BlockMap.UnitBytes < EvidenceGroup.LargestRange && IsMissing(end))
                {
                    end++;
                }

                _cursor = end == _have.Units ? 0 : end;
                long offset = (long)first * BlockMap.UnitBytes;
                return new AskedRange(offset, (int)Math.Min((long)(end - first) * BlockMap.UnitBytes, _have.Length - offset), _block.Now);
            }
            return null;
        }

        private bool IsMissing(int unit)
        {
            long offset = (long)unit * BlockMap.UnitBytes;
            return !_have[unit] && !_asked.Any(r => offset >= r.Offset && offset < r.Offset + r.Length);
        }

        private void TryCancel()
        {
            try
            {
                _group.Cancel(Silence);
            }
            catch (LinkException) { }
        }

        private sealed class AskedRange(long offset, int length, int block)
        {
            public long Offset { get; } = offset;

            public int Length { get; } = length;

            public int Block { get; } = block;

            public byte Sequence { get; set; }

            /// <summary>Frames that came whole.</summary>
            public int Frames { get; set; }

            /// <summary>Frames that it has.</summary>
            public int Expected => (Length + Block - 1) / Block;
        }
    }
}
