// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;

namespace Lapel.Verify
{
    /// <content>Fragments: order, times, text, frames, trailer.</content>
    internal sealed partial class SegmentWalk
    {
        private void Fragment(long at)
        {
            int available = (int)Math.Min(FragmentBlock.LargestHeader, (_file.Length - at) / BoxBytes.Sector * BoxBytes.Sector);
            _file.Get(at, available).CopyTo(_block);
            FragmentBlock? f = FragmentBlock.Read(_block.AsSpan(0, available), _header.IsSealed);
            if (f == null)
            {
                Suspect(
                    FindingCode.Malformed,
                    "its header block is damaged: the number of frames is impossible",
                    at,
                    SegmentPart.FragmentHeader | SegmentPart.Moof,
                    _fragments
                );
                Resume(at + BoxBytes.Sector);
                return;
            }
            foreach ((SegmentPart part, string text) in f.Problems)
            {
                Suspect(FindingCode.Malformed, text, at, part, _fragments);
            }

            if (f.Problems.Count > 0)
            {
                AfterDamagedHeader(at, f);
                return;
            }
            Identity(f, at);
            Order(f, at);
            if (!_file.Has(at, f.Length))
            {
                Suspect(FindingCode.Truncated, "the file ends inside this fragment", at, SegmentPart.File, f.Number);
                _reading = false;
                return;
            }
            Times(f, at);
            Clock(f, at);
            Frames(f, at);
            Trailer(f, at);
            _position = at + f.Length;
            Count(f, at);
        }

        /// <summary>
        /// The lengths in a damaged header block cannot be relied on: the chain is taken up at the trailer that they lead to, or at the
        /// next unit.
        /// </summary>
        private void AfterDamagedHeader(long at, FragmentBlock f)
        {
            foreach (long length in new[] { f.Length, (long)f.Sectors * BoxBytes.Sector })
            {
                long trailer = at + length - BoxBytes.Sector;
                if (trailer <= at || !_file.Has(trailer, BoxBytes.Sector))
                {
                    continue;
                }

                ReadOnlySpan<byte> sector = _file.Get(trailer, BoxBytes.Sector);
                if (!FragmentTrailer.IsWhole(sector) || BoxBytes.U32(sector, 24) < _fragments)
                {
                    continue;
                }

                Skip(sector, BoxBytes.U32(sector, 24));
                _position = trailer + BoxBytes.Sector;
                return;
            }
            Resume(at + BoxBytes.Sector);
        }

        private void Identity(FragmentBlock f, long at)
        {
            string? other =
                !f.DeviceId.AsSpan().SequenceEqual(_header.DeviceId) ? "device " + Hex(f.DeviceId)
                : !f.RecordingId.AsSpan().SequenceEqual(_header.RecordingId) ? "recording " + Hex(f.RecordingId)
                : f.Segment != _header.Segment ? "segment " + N(f.Segment)
                : null;
            if (other != null)
            {
                Suspect(
                    FindingCode.WrongIdentity,
                    "it belongs to " + other + ", the segment header says otherwise",
                    at,
                    SegmentPart.FragmentHeader | SegmentPart.Init,
                    f.Number
                );
            }
        }

        private void Order(FragmentBlock f, long at)
        {
            if (f.Number == _fragments)
            {
                return;
            }

            if (f.Number > _fragments)
            {
                string gone =
                    f.Number == _fragments + 1
                        ? "fragment " + N(_fragments) + " is"
                        : "fragments " + N(_fragments) + " to " + N(f.Number - 1) + " are";
                Suspect(
                    FindingCode.Removed,
                    After() + " is followed by fragment " + N(f.Number) + ": " + gone + " missing",
                    at,
                    SegmentPart.FragmentHeader | SegmentPart.Moof,
                    f.Number
                );
            }
            else
            {
                Suspect(
                    f.Number + 1 == _fragments ? FindingCode.Repeated : FindingCode.OutOfOrder,
                    After() + " is followed by fragment " + N(f.Number) + ": repeated or out of order",
                    at,
                    SegmentPart.FragmentHeader | SegmentPart.Moof,
                    f.Number
                );
            }

            _nextFrame = -1;
            _nextTime = -1;
        }

        private void Times(FragmentBlock f, long at)
        {
            if (_nextFrame >= 0 && f.FirstFrame != _nextFrame)
            {
                Suspect(
                    FindingCode.FrameHole,
                    "its first frame has index " + N(f.FirstFrame) + ", " + N(_nextFrame) + " must follow",
                    at,
                    SegmentPart.FragmentHeader | SegmentPart.Init,
                    f.Number
                );
            }

            if (_nextTime >= 0 && f.Time < _nextTime)
            {
                Suspect(
                    FindingCode.TimeOverlap,
                    "it begins at " + N(f.Time) + " ms, before the frames before it end (" + N(_nextTime) + " ms)",
                    at,
                    SegmentPart.Moof,
                    f.Number
                );
            }

            if (_nextTime >= 0 && f.Time > _nextTime && Sound)
            {
                _result.GapMs += f.Time - _nextTime;
                Add(
                    Severity.Warning,
                    FindingCode.TimeGap,
                    "the time line has no frame for " + N(f.Time - _nextTime) + " ms before it",
                    at,
                    SegmentPart.Moof,
                    f.Number
                );
            }
        }

        private void Clock(FragmentBlock f, long at)
        {
            if (!TextSample.TryRead(f.Text, _header.Unit, out DateTime? utc, out TimeSpan? boot))
            {
                Suspect(FindingCode.Malformed, "its text is not the clock and the unit", at, SegmentPart.Text | SegmentPart.Init, f.Number);
                return;
            }

            // The camera makes the text of the header's clock and the fragment's time, so nothing honest makes the two differ.
            double off =
                boot != null
                    ? boot.Value.TotalMilliseconds - ((double)_header.ZeroMonotonic + f.Time) % FourDigitHours
                    : (utc!.Value - DateTime.UnixEpoch).TotalMilliseconds - ((double)(_header.ZeroUtc ?? 0) + f.Time);
            bool sameForm = (boot == null) == (_header.ZeroUtc != null);
            if ((sameForm && off is > -1000 and <= 0) || _clockNoted)
            {
                return;
            }

            _clockNoted = true;
            Suspect(
                FindingCode.Clock,
                sameForm
                    ? "the clock in its text is " + N((long)off) + " ms off the segment's times"
                    : "its text and the segment header differ in whether the clock was set",
                at,
                SegmentPart.Text | SegmentPart.Init | SegmentPart.Moof,
                f.Number
            );
        }

        private void Frames(FragmentBlock f, long at)
        {
            _step.Begin();
            _step.Add(_block.AsSpan(0, f.HeaderBytes));
            long frame = at + f.HeaderBytes;
            for (int i = 0; i < f.Frames; i++)
            {
                uint size = f.Sizes[i];
                long stored = BoxBytes.RoundUp(size);
                for (long done = 0; done < stored; done += EvidenceHash.LargestBlock)
                {
                    int n = (int)Math.Min(EvidenceHash.LargestBlock, stored - done);
                    ReadOnlySpan<byte> piece = _file.Get(frame + done, n);
                    _step.Add(piece);
                    if (!_header.IsSealed && done == 0 && (piece[0] != 0xff || piece[1] != 0xd8))
                    {
                        Suspect(FindingCode.Malformed, "its frame " + N(i) + " does not begin as a JPEG", at, SegmentPart.Frame, f.Number);
                    }

                    if (done + n == stored && !BoxBytes.AllZero(piece[(int)(size - done)..]))
                    {
                        Suspect(
                            FindingCode.Malformed,
                            "the padding of its frame " + N(i) + " is not zero",
                            at,
                            SegmentPart.FramePadding | SegmentPart.Moof,
                            f.Number
                        );
                    }
                }
                ReadOnlySpan<byte> end = _file.Get(frame + size - 2, 2);
                if (!_header.IsSealed && (end[0] != 0xff || end[1] != 0xd9))
                {
                    Suspect(
                        FindingCode.Malformed,
                        "its frame " + N(i) + " does not end as a JPEG at its length",
                        at,
                        SegmentPart.Frame | SegmentPart.Moof,
                        f.Number
                    );
                }

                frame += stored;
            }
        }

        private void Trailer(FragmentBlock f, long at)
        {
            ReadOnlySpan<byte> trailer = _file.Get(at + f.Length - BoxBytes.Sector, BoxBytes.Sector);
            bool there = BoxBytes.OurKind(trailer, out _) == 3;
            byte[] stated = FragmentTrailer.Stated(trailer);
            int match = -1;
            byte[]? computed = null;
            for (int i = 0; i < _chain.Count && match < 0; i++)
            {
                byte[] after = _step.After(_chain[i].Value);
                match = after.AsSpan().SequenceEqual(stated) ? i : -1;
                computed = match >= 0 ? after : computed ?? after;
            }

            string? damage = there ? FragmentTrailer.Problem(trailer, f.Number) : "its trailer block is missing";
            if (match >= 0)
            {
                Answer(_chain[match].Culprit);
            }

            _question = -1;
            if (damage != null)
            {
                Suspect(FindingCode.Malformed, damage, at, SegmentPart.Trailer, f.Number);
            }

            var next = new List<(byte[], SegmentPart)>();
            if (there && (match >= 0 || computed == null || damage == null))
            {
                next.Add((_step.Single(stated, trailer), SegmentPart.FragmentBody));
            }

            if (computed != null && (damage != null || match < 0))
            {
                next.Add((_step.Single(computed, FragmentTrailer.Repair(trailer, f.Number, computed)), SegmentPart.Trailer));
            }

            if (computed != null && match < 0 && there)
            {
                Broken(f, at);
            }

            _chain = next;
        }

        private void Broken(FragmentBlock f, long at)
        {
            bool counted = f.Number == _fragments;
            // Of a header block of the right shape only the numbers could be other ones, and those are compared for themselves.
            string text = !counted
                ? "it does not follow what stands before it: its bytes do not give the chain value in its trailer"
                : "its frame data was altered: it does not give the chain value in its trailer"
                    + (
                        _lastWasFragment ? " (or the device MAC before it was altered, or a checkpoint between removed)"
                        : _fragments == 0 ? " (or the init was altered)"
                        : ""
                    );
            SegmentPart parts = SegmentPart.FragmentBody | SegmentPart.Trailer;
            if (_lastWasFragment)
            {
                parts |= SegmentPart.SignedBlock;
            }

            if (_fragments == 0)
            {
                parts |= SegmentPart.Init;
            }

            if (Suspect(FindingCode.Altered, text, at, parts, f.Number))
            {
                _question = _suspicions.Count - 1;
            }
        }

        /// <summary>The unit after a break shows which of two explanations holds.</summary>
        private void Answer(SegmentPart culprit)
        {
            if (_question < 0 || culprit == SegmentPart.None)
            {
                return;
            }

            Finding asked = _suspicions[_question];
            _suspicions[_question] =
                culprit == SegmentPart.Trailer
                    ? asked with
                    {
                        Text = "its trailer was altered: the chain goes on from what its header block and frames give",
                        Parts = SegmentPart.Trailer,
                    }
                    : asked with
                    {
                        Text = asked.Text + "; the chain goes on from what the trailer states",
                    };
            _question = -1;
        }

        private void PreEventTimes(FragmentBlock f)
        {
            if (_result.Header is not SegmentHeader header || f.Segment >= header.FirstLive)
            {
                return;
            }

            long time = f.Time;
            foreach (uint duration in f.Durations)
            {
                if (_result.PreEventTimes.Count == MostPreEventTimes)
                {
                    return;
                }

                _result.PreEventTimes.Add(time);
                time += duration;
            }
        }

        private void Count(FragmentBlock f, long at)
        {
            _fragments = f.Number == uint.MaxValue ? f.Number : f.Number + 1;
            _nextFrame = (long)f.FirstFrame + f.Frames;
            _nextTime = f.Time + f.Duration;
            _lastWasFragment = true;
            _frames += (uint)f.Frames;
            PreEventTimes(f);
            if (_start < 0)
            {
                _start = f.Time;
            }

            if (_index.Count < IndexBlock.MostFragments)
            {
                _index.Add((f.Time, (uint)(at + FragmentBlock.MoofOffset)));
            }
            else if (!_tooMany)
            {
                _tooMany = true;
                Suspect(
                    FindingCode.Malformed,
                    "there are more than " + N(IndexBlock.MostFragments) + " fragments",
                    at,
                    SegmentPart.FragmentHeader,
                    f.Number
                );
            }
            if (!Sound)
            {
                return;
            }

            _goodFragments = _fragments;
            _goodFrames = _frames;
            _goodTime = _nextTime;
            _goodFrame = _nextFrame;
            _goodEnd = _position;
        }
    }
}
