// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Linq;

namespace Lapel.Verify
{
    /// <content>Checkpoints, the close and the index.</content>
    internal sealed partial class SegmentWalk
    {
        /// <summary>Judges a signed block; false when there is none of this segment here and the walk must look on.</summary>
        private bool Signed(long at, bool damagedHeader)
        {
            if (_rejected >= MostRejected || _result.Signatures >= MostSignatures)
            {
                return false;
            }

            int available = (int)Math.Min(LargestSignedBlock, _file.Length - at);
            byte[][] own = [_header.RecordingId, .. _chain.Select(c => c.Value)];
            SignedBlock? block = SignedBlock.Read(_file.Get(at, available), damagedHeader, _key, own);
            if (block == null)
            {
                Suspect(
                    FindingCode.Malformed,
                    "a signed block with impossible lengths stands after " + After(),
                    at,
                    SegmentPart.SignedBlock
                );
                return false;
            }
            if (!block.Signed)
            {
                return Unsigned(block, at);
            }

            Manifest? m = block.Manifest;
            if (m != null && Differences(m).Count > 1)
            {
                // An older segment's block in reused space, or a transplanted one: its signature is genuine but speaks of other evidence.
                Reject();
                Suspect(
                    FindingCode.WrongIdentity,
                    "a signed block of " + Whose(m) + " stands here",
                    at,
                    SegmentPart.SignedBlock | SegmentPart.Init
                );
                return false;
            }
            bool replay = !_digests.Add(Hex(block.Digest));
            if (replay)
            {
                Reject();
            }

            int match = m == null ? -1 : _chain.FindIndex(c => c.Value.AsSpan().SequenceEqual(m.Chain));
            if (match >= 0)
            {
                Answer(_chain[match].Culprit);
            }

            Confirm();
            if (++_result.Signatures == MostSignatures)
            {
                Add(
                    Severity.Error,
                    FindingCode.Malformed,
                    "more signed blocks than a segment can have: no more are tried",
                    at,
                    SegmentPart.SignedBlock
                );
            }

            string unit = Name(block.Manifest);
            foreach ((SegmentPart part, FindingCode code, string text) in block.Problems)
            {
                Add(Severity.Error, code, unit + ": " + text, at, part);
            }

            if (replay)
            {
                Add(
                    Severity.Error,
                    FindingCode.CheckpointReplayed,
                    unit + ": this signed block stands here a second time",
                    at,
                    SegmentPart.SignedBlock
                );
                _chain.AddRange(AfterBlock(block, at));
                _position = at + block.Size;
                _lastWasFragment = false;
                return true;
            }
            if (m == null)
            {
                _chain = AfterBlock(block, at);
                _position = at + block.Size;
                return true;
            }
            Agreement(m, block, at);
            return true;
        }

        private bool Unsigned(SignedBlock block, long at)
        {
            Reject();
            if (!block.Mentions || !block.Complete)
            {
                Suspect(
                    FindingCode.BadSignature,
                    "a signed block whose signature does not hold stands after "
                        + After()
                        + ": "
                        + string.Join("; ", block.Problems.Select(p => p.Text)),
                    at,
                    SegmentPart.SignedBlock | SegmentPart.Manifest | SegmentPart.Signature | SegmentPart.Free
                );
                return false;
            }

            // Whole to its last byte and speaking of this segment: no cut write leaves that.
            Confirm();
            foreach ((SegmentPart part, FindingCode code, string text) in block.Problems)
            {
                Add(Severity.Error, code, "the signed block after " + After() + ": " + text, at, part);
            }

            _chain = AfterBlock(block, at);
            _position = at + block.Size;
            _lastWasFragment = false;
            return true;
        }

        /// <summary>
        /// The chain values that the block leads to from those that it may have here; none when its bytes are not those that were chained.
        /// </summary>
        private List<(byte[] Value, SegmentPart Culprit)> AfterBlock(SignedBlock block, long at) =>
            block.Problems.Count > 0
                ? []
                : _chain.Take(2).Select(c => (_step.Single(c.Value, _file.Get(at, block.Size)), c.Culprit)).ToList();

        private void Reject()
        {
            if (++_rejected == MostRejected)
            {
                Add(
                    Severity.Error,
                    FindingCode.BadSignature,
                    N(MostRejected) + " signed blocks do not hold: no more are tried",
                    _position,
                    SegmentPart.SignedBlock
                );
            }
        }

        /// <summary>In which of its marks a manifest and this segment's header differ.</summary>
        private List<string> Differences(Manifest m)
        {
            var list = new List<string>();
            if (!m.DeviceId.AsSpan().SequenceEqual(_header.DeviceId))
            {
                list.Add("device id");
            }

            if (!m.RecordingId.AsSpan().SequenceEqual(_header.RecordingId))
            {
                list.Add("recording id");
            }

            if (m.RecordingNumber != _header.RecordingNumber)
            {
                list.Add("recording number");
            }

            if (m.Segment != _header.Segment)
            {
                list.Add("segment number");
            }

            if (m.FirstLive != _header.FirstLive)
            {
                list.Add("first live segment");
            }

            if (m.ZeroMonotonic != _header.ZeroMonotonic)
            {
                list.Add("recording zero");
            }

            if (m.Boot != _header.Boot)
            {
                list.Add("boot number");
            }

            return list;
        }

        private static string Whose(Manifest m) =>
            "device " + Hex(m.DeviceId) + ", recording " + Hex(m.RecordingId) + ", segment " + N(m.Segment);

        private static string Name(Manifest? m) =>
            m == null ? "signed block"
            : m.Recovery != null ? "close by recovery"
            : m.IsClose ? "close"
            : "checkpoint";

        private void Agreement(Manifest m, SignedBlock block, long at)
        {
            string unit = Name(m);
            if (m.Recovery != null && _previous != null)
            {
                m.TakeFrom(_previous);
            }

            int before = _result.Findings.Count(f => f.Severity == Severity.Error);
            foreach (string mark in Differences(m))
            {
                Add(
                    Severity.Error,
                    FindingCode.WrongIdentity,
                    unit + ": its " + mark + " is not the one in the segment header",
                    at,
                    SegmentPart.Init | SegmentPart.Manifest
                );
            }

            if (m.AuditHead != null)
            {
                _result.AuditHeads.Add(m.AuditHead);
            }

            bool counted = Position(m, unit, at);
            Content(m, unit, at, counted);
            Links(m, unit, at);
            Signing(m, unit, at);

            bool agrees = !_result.HasErrors && _result.Findings.Count(f => f.Severity == Severity.Error) == before;
            if (agrees || _result.LastManifest == null || m.IsClose)
            {
                _result.LastManifest = m;
                _result.Firmware = m.Recovery == null ? m.Firmware : _result.Firmware;
            }

            if (agrees)
            {
                _result.SignedFragments = _fragments;
                _result.SignedFrames = _frames;
            }
            _previous = m;
            if (m.IsClose)
            {
                _result.CloseDigest = block.Digest;
                _result.State = SegmentState.Closed;
                Close(m, block, at);
                _reading = false;
                return;
            }
            byte[] after = _step.Single(m.Chain, _file.Get(at, block.Size));
            bool led = _chain.Any(c => c.Value.AsSpan().SequenceEqual(m.Chain));
            _chain =
                block.Problems.Count > 0 ? []
                : led ? [(after, SegmentPart.None)]
                : [(after, SegmentPart.None), .. AfterBlock(block, at)];
            if (m.Fragments != _fragments)
            {
                _nextFrame = -1;
                _nextTime = -1;
            }
            _fragments = Math.Max(_fragments, m.Fragments);
            _position = at + block.Size;
            _lastWasFragment = false;
            if (agrees)
            {
                _goodEnd = _position;
            }
        }

        private bool Position(Manifest m, string unit, long at)
        {
            long sector = at / BoxBytes.Sector;
            bool chain = _chain.Any(c => c.Value.AsSpan().SequenceEqual(m.Chain));
            bool counted = m.Fragments == _fragments;
            if (!counted)
            {
                Add(
                    Severity.Error,
                    m.Fragments > _fragments ? FindingCode.Removed : FindingCode.ManifestMismatch,
                    unit
                        + ": it was signed after "
                        + N(m.Fragments)
                        + " fragments, "
                        + N(_fragments)
                        + " stand before it: "
                        + (m.Fragments > _fragments ? "fragments were removed" : "fragments were added, or the block was moved"),
                    at,
                    SegmentPart.FragmentHeader | SegmentPart.Manifest
                );
            }

            if (m.Sector != sector)
            {
                Add(
                    Severity.Error,
                    counted && m.Sector > sector ? FindingCode.CheckpointRemoved : FindingCode.ManifestMismatch,
                    unit
                        + ": it was signed at sector "
                        + N(m.Sector)
                        + " and stands at "
                        + N(sector)
                        + ": "
                        + (
                            m.Sector > sector
                                ? N(m.Sector - sector) + " sectors before it were removed" + (counted ? ", no fragment: a checkpoint" : "")
                                : N(sector - m.Sector) + " sectors before it were added"
                        ),
                    at,
                    SegmentPart.SignedBlock
                );
            }

            if (!chain && _chain.Count > 0)
            {
                bool trailer = Sound && _lastWasFragment && _result.Findings.All(f => f.Severity != Severity.Error);
                Add(
                    Severity.Error,
                    FindingCode.Altered,
                    unit
                        + ": the chain does not lead to the value that was signed: "
                        + (
                            trailer
                                ? "the device MAC in the trailer before it was altered, or fragments were altered and their chain values "
                                    + "made anew"
                                : "what stands before it was altered"
                        ),
                    at,
                    SegmentPart.FragmentBody | SegmentPart.Trailer | SegmentPart.Init | SegmentPart.SignedBlock
                );
            }
            else if (!chain && !_result.HasErrors)
            {
                Add(
                    Severity.Error,
                    FindingCode.Altered,
                    unit + ": what stands before it could not be followed",
                    at,
                    SegmentPart.FragmentBody
                );
            }

            return counted;
        }

        private void Content(Manifest m, string unit, long at, bool counted)
        {
            void Differs(string what) =>
                Add(
                    Severity.Error,
                    FindingCode.ManifestMismatch,
                    unit + ": " + what,
                    at,
                    SegmentPart.Manifest | SegmentPart.FragmentBody | SegmentPart.Init
                );

            if (m.FirstFrame != _header.FirstFrame)
            {
                Differs("its first frame index is " + N(m.FirstFrame) + ", the segment header says " + N(_header.FirstFrame));
            }

            if (_header.IsSealed ? _result.Seal?.Agrees(m.Sealing) == false : m.Sealing != null)
            {
                Differs("what it says of the seal is not what the init says");
            }

            if ((m.Source == ClockSource.Unset) != (m.ZeroUtc == null))
            {
                Differs("its clock source and UTC time contradict each other");
            }

            if (m.ZeroUtc != _header.ZeroUtc)
            {
                Differs("its UTC time of recording zero is not that of the segment header");
            }

            if (m.Uncertainty != _header.Uncertainty || m.Source != _header.Source)
            {
                Differs("the uncertainty or the source of its clock is not that of the segment header");
            }

            if (!counted || _result.HasErrors)
            {
                return;
            }

            if (m.Frames != _frames)
            {
                Differs("it was signed for " + N(m.Frames) + " frames, " + N(_frames) + " were read");
            }

            if (_start >= 0 && (m.StartTime != (ulong)_start || m.EndTime != (ulong)_nextTime))
            {
                Differs(
                    "it was signed for "
                        + m.StartTime
                        + " to "
                        + m.EndTime
                        + " ms, the frames run from "
                        + N(_start)
                        + " to "
                        + N(_nextTime)
                        + " ms"
                );
            }

            if (_start < 0 && m.StartTime != m.EndTime)
            {
                Differs("it has no frame and yet a duration");
            }
        }

        private void Links(Manifest m, string unit, long at)
        {
            void Differs(string what) => Add(Severity.Error, FindingCode.LinkMismatch, unit + ": " + what, at, SegmentPart.Manifest);

            bool first = m.Segment == 0 || m.Segment == m.FirstLive;
            bool unknown = m.Recovery != null && m.PreviousClose == null && _previous == null;
            if (first != (m.PreviousClose == null) && !unknown)
            {
                Differs(
                    first ? "it names a close before the first segment of its chain" : "it does not name the close of the segment before"
                );
            }

            if (m.PreEventClose != null && (m.FirstLive == 0 || m.Segment < m.FirstLive))
            {
                Differs("it names a pre-event close where there is none");
            }

            if (m.Segments != null && (m.Segments != (ulong)m.Segment + 1 || m.Segment < m.FirstLive))
            {
                Differs(
                    "the number of segments in the last close, " + N(m.Segments.Value) + ", is not possible in segment " + N(m.Segment)
                );
            }

            if (m.Segments != null && m.FirstLive > 0 && m.PreEventClose == null)
            {
                Differs("the last close does not name the pre-event close");
            }

            if (_previous == null)
            {
                return;
            }

            if (!Same(m.PreviousClose, _previous.PreviousClose))
            {
                Differs("it names another close before this segment than the block before it");
            }

            if (_previous.PreEventClose != null && !Same(m.PreEventClose, _previous.PreEventClose))
            {
                Differs("it names another pre-event close than the block before it");
            }
        }

        private void Signing(Manifest m, string unit, long at)
        {
            // The time of a close by recovery is that of another boot, unless the card had only been pulled.
            if (m.Recovery != null && m.Recovery.Boot < m.Boot)
            {
                Add(
                    Severity.Error,
                    FindingCode.ManifestMismatch,
                    unit + ": it was recovered by boot " + N(m.Recovery.Boot) + ", recorded by boot " + N(m.Boot) + ": later",
                    at,
                    SegmentPart.Manifest
                );
            }
            else if (m.Recovery != null && m.Recovery.Boot > m.Boot)
            {
                return;
            }
            else if (m.SignedMonotonic < m.ZeroMonotonic || _previous != null && m.SignedMonotonic < _previous.SignedMonotonic)
            {
                Add(
                    Severity.Error,
                    FindingCode.ManifestMismatch,
                    unit + ": it was signed before what stands before it",
                    at,
                    SegmentPart.Manifest
                );
            }
            else if (_previous != null && m.EndTime > _previous.EndTime + SparseCheckpoint)
            {
                Add(
                    Severity.Note,
                    FindingCode.SparseCheckpoints,
                    unit + ": " + (m.EndTime - _previous.EndTime) + " ms of footage since the signature before it; 10 s are the rule",
                    at,
                    SegmentPart.Manifest
                );
            }
        }

        private void Close(Manifest m, SignedBlock block, long at)
        {
            long end = at + block.Size;
            long start = (long)m.IndexSector * BoxBytes.Sector,
                size = (long)m.IndexSectors * BoxBytes.Sector;
            _result.Bytes = end + size;
            _goodEnd = end;
            if (start < end || size is < 1 or > IndexBlock.Largest || m.IndexSector + (ulong)m.IndexSectors != _header.SlotSectors)
            {
                Add(
                    Severity.Error,
                    FindingCode.ManifestMismatch,
                    "close: the place of the index is impossible",
                    at,
                    SegmentPart.Manifest | SegmentPart.Init
                );
                return;
            }
            ReadOnlySpan<byte> free = _file.Get(at + block.BoxSize, 8);
            if (BoxBytes.U32(free, 0) != start - at - block.BoxSize)
            {
                Add(Severity.Error, FindingCode.Malformed, "close: the free box after it does not run to the index", at, SegmentPart.Free);
            }

            if (!_file.Has(start, size))
            {
                Add(
                    Severity.Error,
                    FindingCode.Truncated,
                    "the file ends before the index is complete",
                    start,
                    SegmentPart.Index | SegmentPart.File
                );
                return;
            }
            ReadOnlySpan<byte> index = _file.Get(start, (int)size);
            Span<byte> digest = stackalloc byte[EvidenceHash.Size];
            EvidenceHash.B(index, digest);
            bool signed = digest.SequenceEqual(m.IndexDigest);
            (FindingCode Code, string Text)? difference = _tooMany ? null : IndexBlock.Compare(index, _index);
            if (!signed)
            {
                Add(
                    Severity.Error,
                    FindingCode.IndexMismatch,
                    "the index was altered: it is not the one that was signed",
                    start,
                    SegmentPart.Index
                );
            }

            if (difference != null)
            {
                Add(Severity.Error, difference.Value.Code, difference.Value.Text, start, SegmentPart.Index | SegmentPart.FragmentBody);
            }
        }
    }
}
