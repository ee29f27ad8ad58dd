using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Lapel.Verify
{
    /// <summary>
    /// One pass over a segment. What disagrees is at first only suspected: after a cut the rest of a slot is stale card data, and nothing may
    /// be concluded from it. A later signature of this very segment proves that the camera had written on, and turns suspicion into error.
    /// </summary>
    internal sealed class SegmentWalk
    {
        /// <summary>Findings kept of one segment; more are only counted.</summary>
        private const int MostFindings = 40;

        /// <summary>Blocks with a wrong signature after which no more are tried, so that a file cannot make work without end.</summary>
        private const int MostRejected = 64;

        /// <summary>Checkpoints stand between fragments: a segment cannot have more signed blocks than about twice its fragments.</summary>
        private const int MostSignatures = 2 * IndexBlock.MostFragments;

        /// <summary>Largest init, bytes.</summary>
        private const int LargestInit = 16384;

        private const int HeaderBox = 32, MoovBox = 200, LargestSignedBlock = 16384;

        /// <summary>Two clocks that tell whole seconds may differ by one, and a further one for the time between frame and text.</summary>
        private const long ClockTolerance = 2000;

        /// <summary>A checkpoint is due every 10 s; fragments end each half second and a slow card may hold one up.</summary>
        private const ulong SparseCheckpoint = 12000;

        private readonly SectorWindow _file;
        private readonly SegmentResult _result;
        private readonly KeyChoice _choice;
        private readonly ChainStep _step = new();
        private readonly List<Finding> _suspicions = [];
        private readonly List<(uint Time, uint Offset)> _index = [];
        private readonly HashSet<string> _digests = [];
        private readonly byte[] _block = new byte[FragmentBlock.LargestHeader];

        private SegmentHeader _header = null!;
        private TrustedKey _key = null!;
        private int _uncounted;
        private bool _reading = true;
        private long _position;

        /// <summary>Values that the chain may have here; more than one after a break, when the bytes allow two explanations. Empty: unknown.</summary>
        private List<(byte[] Value, SegmentPart Culprit)> _chain = [];

        /// <summary>A suspicion that the next unit can sharpen.</summary>
        private int _question = -1;
        private uint _fragments;
        private uint _frames;
        private long _nextFrame = -1;
        private long _nextTime = -1;
        private long _start = -1;
        private uint _goodFragments;
        private uint _goodFrames;
        private long _goodTime = -1;
        private long _goodFrame = -1;
        private long _goodEnd;
        private bool _lastWasFragment;
        private bool _tooMany;
        private bool _clockNoted;
        private int _rejected;
        private Manifest? _previous;

        public SegmentWalk(IByteSource source, SegmentResult result, KeyChoice choice)
        {
            _file = new SectorWindow(source);
            _result = result;
            _choice = choice;
        }

        public void Run()
        {
            if (!ReadInit())
                return;
            while (_reading)
                Unit();
            Conclude();
        }

        // ---- init

        private bool ReadInit()
        {
            if (!_file.Has(0, BoxBytes.Sector) || !LooksLikeInit(_file.Get(0, BoxBytes.Sector)))
            {
                Add(Severity.Note, FindingCode.NoSegment, "holds no segment", 0, SegmentPart.None);
                return false;
            }
            ReadOnlySpan<byte> first = _file.Get(0, BoxBytes.Sector);
            ushort version = BoxBytes.U16(first, HeaderBox + BoxBytes.UuidHeader);
            if (version != SegmentHeader.KnownVersion)
            {
                _result.State = SegmentState.Refused;
                Add(Severity.Error, FindingCode.UnknownVersion, "format version " + N(version) + " is refused: this verifier knows version "
                    + N(SegmentHeader.KnownVersion) + " only", 0, SegmentPart.Init);
                return false;
            }
            Span<byte> expected = stackalloc byte[HeaderBox + BoxBytes.UuidHeader];
            ExpectedStart(expected);
            var problems = new List<string>();
            if (!first[..HeaderBox].SequenceEqual(expected[..HeaderBox]))
                problems.Add("the file type box is damaged");
            if (!first.Slice(HeaderBox, BoxBytes.UuidHeader).SequenceEqual(expected[HeaderBox..]))
                problems.Add("the box header of the segment header is damaged");
            _header = SegmentHeader.Parse(first.Slice(HeaderBox + BoxBytes.UuidHeader, SegmentHeader.Size), problems);
            _result.Header = _header;
            _result.State = SegmentState.Open;
            foreach (string problem in problems)
                Suspect(FindingCode.Malformed, problem, 0, SegmentPart.Init);
            if (!ChooseKey())
                return false;
            Lengths();
            StartChain();
            return true;
        }

        private static void ExpectedStart(Span<byte> bytes)
        {
            bytes.Clear();
            BoxBytes.Header(bytes, 0, 32, "ftyp");
            System.Text.Encoding.ASCII.GetBytes("isom\0\0\u0002\0isomiso6mp41qt  ", bytes[8..]);
            BoxBytes.Uuid(bytes, HeaderBox, BoxBytes.UuidHeader + SegmentHeader.Size, 1);
        }

        private static bool LooksLikeInit(ReadOnlySpan<byte> first)
        {
            Span<byte> expected = stackalloc byte[HeaderBox + BoxBytes.UuidHeader];
            ExpectedStart(expected);
            int same = 0;
            for (int i = 0; i < expected.Length; i++)
                if (first[i] == expected[i])
                    same++;
            return same >= expected.Length * 3 / 4;
        }

        private bool ChooseKey()
        {
            TrustedKey? own = null;
            try
            {
                own = TrustedKey.FromBytes(_header.PublicKey);
            }
            catch (FormatException error)
            {
                Suspect(FindingCode.Malformed, "the public key in the segment header is none: " + error.Message, 0, SegmentPart.Init);
            }
            TrustedKey? key = _choice.Key ?? own;
            _result.Key = key;
            _result.KeySupplier = key == null ? KeySupplier.None : _choice.Supplier;
            if (key == null)
            {
                _result.State = SegmentState.Refused;
                Add(Severity.Error, FindingCode.Malformed, "there is no key to judge it with: the one in the segment header is damaged", 0, SegmentPart.Init);
                return false;
            }
            _key = key;
            if (own != null && !own.Bytes.SequenceEqual(key.Bytes))
            {
                _result.State = SegmentState.Refused;
                Add(Severity.Error, FindingCode.KeyMismatch, "another device's segment, or forged: its header names the key with fingerprint "
                    + Hex(own.Fingerprint) + ", the " + (_choice.Supplier == KeySupplier.Given ? "given" : "card's") + " key has "
                    + Hex(key.Fingerprint), 0, SegmentPart.Init);
                return false;
            }
            if (!_header.DeviceId.AsSpan().SequenceEqual((own ?? key).DeviceId))
                Suspect(FindingCode.WrongIdentity, "the device id in the segment header is not that of its key", 0, SegmentPart.Init);
            return true;
        }

        private void Lengths()
        {
            long slot = (long)_header.SlotSectors * BoxBytes.Sector;
            if (_file.Length != slot)
                Add(Severity.Error, _file.Length < slot ? FindingCode.Truncated : FindingCode.Malformed, "the file has " + N(_file.Length)
                    + " bytes, its header says " + N(slot) + (_file.Length < slot ? ": truncated" : ": bytes were added"), 0,
                    SegmentPart.File | SegmentPart.Init);
            if (_result.NamedSlot != null && _result.NamedSlot != _header.Slot)
                Add(Severity.Error, FindingCode.SlotMismatch, "the file is named as slot " + N(_result.NamedSlot.Value) + ", its header says slot "
                    + N(_header.Slot) + ": files were swapped or renamed", 0, SegmentPart.File | SegmentPart.Init);
        }

        private void StartChain()
        {
            _nextFrame = _header.FirstFrame;
            _goodFrame = _header.FirstFrame;
            int end = InitEnd();
            if (end < 0)
            {
                Suspect(FindingCode.Malformed, "the moov box is damaged: where the first fragment begins is not known", 0, SegmentPart.Init);
                _chain = [];
                Resume(BoxBytes.Sector);
                return;
            }
            ReadOnlySpan<byte> init = _file.Get(0, end);
            int moovEnd = MoovBox + (int)BoxBytes.U32(init, MoovBox);
            if (moovEnd < end)
            {
                if (!BoxBytes.IsType(init, moovEnd, "free") || BoxBytes.U32(init, moovEnd) != end - moovEnd)
                    Suspect(FindingCode.Malformed, "the free box after moov is damaged", moovEnd, SegmentPart.Init);
                if (!BoxBytes.AllZero(init[(moovEnd + 8)..]))
                    Suspect(FindingCode.Malformed, "the padding after moov is not zero", moovEnd, SegmentPart.Init);
            }
            var value = new byte[EvidenceHash.Size];
            EvidenceHash.B(init, value);
            _chain = [(value, SegmentPart.None)];
            _position = end;
            _goodEnd = end;
        }

        private int InitEnd()
        {
            ReadOnlySpan<byte> first = _file.Get(0, BoxBytes.Sector);
            uint moov = BoxBytes.U32(first, MoovBox);
            if (!BoxBytes.IsType(first, MoovBox, "moov") || moov is < 8 or > LargestInit - MoovBox)
                return -1;
            long end = BoxBytes.RoundUp(MoovBox + moov);
            if (end - MoovBox - moov is >= 1 and < 8)
                end += BoxBytes.Sector;
            return end <= LargestInit && _file.Has(0, end) ? (int)end : -1;
        }

        // ---- the walk

        private void Unit()
        {
            if (!_file.Has(_position, BoxBytes.Sector))
            {
                if (_position < _file.Length)
                    Suspect(FindingCode.Truncated, "the file ends inside a sector", _position, SegmentPart.File);
                _reading = false;
                return;
            }
            int kind = BoxBytes.OurKind(_file.Get(_position, BoxBytes.Sector), out bool damaged);
            long at = _position;
            switch (kind)
            {
                case 2:
                    Fragment(at);
                    break;
                case 3:
                    Suspect(FindingCode.Removed, "a fragment's trailer stands where a unit must begin: its header block and frames are missing", at,
                        SegmentPart.FragmentBody, _fragments);
                    Resume(at);
                    break;
                case 4:
                    if (!Signed(at, damaged))
                        Resume(at + BoxBytes.Sector);
                    break;
                case >= 0 when Signed(at, true):
                    break;
                default:
                    Suspect(FindingCode.Malformed, "neither a fragment nor a signed block stands after " + After(), at, NextUnit);
                    Resume(at + BoxBytes.Sector);
                    break;
            }
        }

        /// <summary>Whatever may have stood where no unit is recognised.</summary>
        private const SegmentPart NextUnit = SegmentPart.FragmentBody | SegmentPart.SignedBlock | SegmentPart.Manifest | SegmentPart.Signature;

        private string After() => _fragments == 0 ? "the init" : "fragment " + N(_fragments - 1);

        /// <summary>Looks for the next unit of this segment from here on and goes on there with what it states.</summary>
        private void Resume(long from)
        {
            for (long at = from; _file.Has(at, BoxBytes.Sector); at += BoxBytes.Sector)
            {
                ReadOnlySpan<byte> sector = _file.Get(at, BoxBytes.Sector);
                int kind = BoxBytes.OurKind(sector, out bool damaged);
                if (kind < 0 || damaged)
                    continue;
                if (kind == 2 && OwnFragment(sector))
                {
                    _chain = [];
                    _nextFrame = -1;
                    _nextTime = -1;
                    _position = at;
                    return;
                }
                if (kind == 3 && BoxBytes.U32(sector, 24) is uint number && number >= _fragments && FragmentTrailer.IsWhole(sector))
                {
                    Skip(sector, number);
                    _position = at + BoxBytes.Sector;
                    return;
                }
                if (kind == 4 && Signed(at, false))
                    return;
            }
            _reading = false;
        }

        private bool OwnFragment(ReadOnlySpan<byte> sector) =>
            BoxBytes.U32(sector, 24) >= _fragments && BoxBytes.U32(sector, 28) == _header.Segment
            && sector.Slice(32, 16).SequenceEqual(_header.DeviceId) && sector.Slice(48, 16).SequenceEqual(_header.RecordingId);

        /// <summary>Takes the chain up at a trailer whose fragment cannot be checked.</summary>
        private void Skip(ReadOnlySpan<byte> trailer, uint number)
        {
            byte[] stated = FragmentTrailer.Stated(trailer);
            _chain = [(_step.Single(stated, trailer), SegmentPart.None)];
            _question = -1;
            _fragments = number + 1;
            _nextFrame = -1;
            _nextTime = -1;
            _lastWasFragment = true;
        }

        private bool Sound => _suspicions.Count == 0 && _uncounted == 0;

        // ---- fragments

        private void Fragment(long at)
        {
            int available = (int)Math.Min(FragmentBlock.LargestHeader, (_file.Length - at) / BoxBytes.Sector * BoxBytes.Sector);
            _file.Get(at, available).CopyTo(_block);
            FragmentBlock? f = FragmentBlock.Read(_block.AsSpan(0, available));
            if (f == null)
            {
                Suspect(FindingCode.Malformed, "its header block is damaged: the number of frames is impossible", at,
                    SegmentPart.FragmentHeader | SegmentPart.Moof, _fragments);
                Resume(at + BoxBytes.Sector);
                return;
            }
            foreach ((SegmentPart part, string text) in f.Problems)
                Suspect(FindingCode.Malformed, text, at, part, _fragments);
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

        /// <summary>The lengths in a damaged header block cannot be relied on: the chain is taken up at the trailer that they lead to, or at the next unit.</summary>
        private void AfterDamagedHeader(long at, FragmentBlock f)
        {
            foreach (long length in new[] { f.Length, (long)f.Sectors * BoxBytes.Sector })
            {
                long trailer = at + length - BoxBytes.Sector;
                if (trailer <= at || !_file.Has(trailer, BoxBytes.Sector))
                    continue;
                ReadOnlySpan<byte> sector = _file.Get(trailer, BoxBytes.Sector);
                if (!FragmentTrailer.IsWhole(sector) || BoxBytes.U32(sector, 24) < _fragments)
                    continue;
                Skip(sector, BoxBytes.U32(sector, 24));
                _position = trailer + BoxBytes.Sector;
                return;
            }
            Resume(at + BoxBytes.Sector);
        }

        private void Identity(FragmentBlock f, long at)
        {
            string? other = !f.DeviceId.AsSpan().SequenceEqual(_header.DeviceId) ? "device " + Hex(f.DeviceId)
                : !f.RecordingId.AsSpan().SequenceEqual(_header.RecordingId) ? "recording " + Hex(f.RecordingId)
                : f.Segment != _header.Segment ? "segment " + N(f.Segment) : null;
            if (other != null)
                Suspect(FindingCode.WrongIdentity, "it belongs to " + other + ", the segment header says otherwise", at,
                    SegmentPart.FragmentHeader | SegmentPart.Init, f.Number);
        }

        private void Order(FragmentBlock f, long at)
        {
            if (f.Number == _fragments)
                return;
            if (f.Number > _fragments)
            {
                string gone = f.Number == _fragments + 1 ? "fragment " + N(_fragments) + " is" : "fragments " + N(_fragments) + " to " + N(f.Number - 1) + " are";
                Suspect(FindingCode.Removed, After() + " is followed by fragment " + N(f.Number) + ": " + gone + " missing", at,
                    SegmentPart.FragmentHeader | SegmentPart.Moof, f.Number);
            }
            else
                Suspect(f.Number + 1 == _fragments ? FindingCode.Repeated : FindingCode.OutOfOrder, After() + " is followed by fragment " + N(f.Number)
                    + ": repeated or out of order", at, SegmentPart.FragmentHeader | SegmentPart.Moof, f.Number);
            _nextFrame = -1;
            _nextTime = -1;
        }

        private void Times(FragmentBlock f, long at)
        {
            if (_nextFrame >= 0 && f.FirstFrame != _nextFrame)
                Suspect(FindingCode.FrameHole, "its first frame has index " + N(f.FirstFrame) + ", " + N(_nextFrame) + " must follow", at,
                    SegmentPart.FragmentHeader | SegmentPart.Init, f.Number);
            if (_nextTime >= 0 && f.Time < _nextTime)
                Suspect(FindingCode.TimeOverlap, "it begins at " + N(f.Time) + " ms, before the frames before it end (" + N(_nextTime) + " ms)", at,
                    SegmentPart.Moof, f.Number);
            if (_nextTime >= 0 && f.Time > _nextTime && Sound)
            {
                _result.GapMs += f.Time - _nextTime;
                Add(Severity.Warning, FindingCode.TimeGap, "the time line has no frame for " + N(f.Time - _nextTime) + " ms before it", at,
                    SegmentPart.Moof, f.Number);
            }
        }

        private void Clock(FragmentBlock f, long at)
        {
            if (!TextSample.TryRead(f.Text, _header.Unit, out DateTime? utc, out TimeSpan? boot))
            {
                Suspect(FindingCode.Malformed, "its text is not the clock and the unit", at, SegmentPart.Text | SegmentPart.Init, f.Number);
                return;
            }
            double off = 0;
            if (boot != null)
                off = boot.Value.TotalMilliseconds - ((double)_header.ZeroMonotonic + f.Time);
            else if (_header.ZeroUtc != null)
                off = (utc!.Value - DateTime.UnixEpoch).TotalMilliseconds - ((double)_header.ZeroUtc.Value + f.Time);
            if (Math.Abs(off) <= ClockTolerance || _clockNoted || !Sound)
                return;
            _clockNoted = true;
            Add(Severity.Note, FindingCode.Clock, "the clock in its text is " + N((long)off)
                + " ms off the segment's times: the clock was set while recording", at, SegmentPart.Text, f.Number);
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
                    if (done == 0 && (piece[0] != 0xff || piece[1] != 0xd8))
                        Suspect(FindingCode.Malformed, "its frame " + N(i) + " does not begin as a JPEG", at, SegmentPart.Frame, f.Number);
                    if (done + n == stored && !BoxBytes.AllZero(piece[(int)(size - done)..]))
                        Suspect(FindingCode.Malformed, "the padding of its frame " + N(i) + " is not zero", at,
                            SegmentPart.FramePadding | SegmentPart.Moof, f.Number);
                }
                ReadOnlySpan<byte> end = _file.Get(frame + size - 2, 2);
                if (end[0] != 0xff || end[1] != 0xd9)
                    Suspect(FindingCode.Malformed, "its frame " + N(i) + " does not end as a JPEG at its length", at,
                        SegmentPart.Frame | SegmentPart.Moof, f.Number);
                frame += stored;
            }
        }

        private void Trailer(FragmentBlock f, long at)
        {
            ReadOnlySpan<byte> trailer = _file.Get(at + f.Length - BoxBytes.Sector, BoxBytes.Sector);
            bool there = BoxBytes.OurKind(trailer, out _) == 3;
            byte[] stated = FragmentTrailer.Stated(trailer);
            int match = _chain.FindIndex(c => _step.After(c.Value).AsSpan().SequenceEqual(stated));
            byte[]? computed = _chain.Count > 0 ? _step.After(_chain[Math.Max(0, match)].Value) : null;
            string? damage = there ? FragmentTrailer.Problem(trailer, f.Number) : "its trailer block is missing";
            if (match >= 0)
                Answer(_chain[match].Culprit);
            _question = -1;
            if (damage != null)
                Suspect(FindingCode.Malformed, damage, at, SegmentPart.Trailer, f.Number);
            var next = new List<(byte[], SegmentPart)>();
            if (there && (match >= 0 || computed == null || damage == null))
                next.Add((_step.Single(stated, trailer), SegmentPart.FragmentBody));
            if (computed != null && (damage != null || match < 0))
                next.Add((_step.Single(computed, FragmentTrailer.Repair(trailer, f.Number, computed)), SegmentPart.Trailer));
            if (computed != null && match < 0 && there)
                Broken(f, at);
            _chain = next;
        }

        private void Broken(FragmentBlock f, long at)
        {
            bool counted = f.Number == _fragments;
            string text = "its bytes do not give the chain value in its trailer: "
                + (counted ? "altered" : "it does not follow what stands before it")
                + (_lastWasFragment ? " (here, or the device MAC before it; or a checkpoint between was removed)" : _fragments == 0 ? " (here or in the init)" : "");
            SegmentPart parts = SegmentPart.FragmentBody | SegmentPart.Trailer;
            if (_lastWasFragment)
                parts |= SegmentPart.SignedBlock;
            if (_fragments == 0)
                parts |= SegmentPart.Init;
            if (Suspect(FindingCode.Altered, text, at, parts, f.Number))
                _question = _suspicions.Count - 1;
        }

        /// <summary>The unit after a break shows which of two explanations holds.</summary>
        private void Answer(SegmentPart culprit)
        {
            if (_question < 0 || culprit == SegmentPart.None)
                return;
            Finding asked = _suspicions[_question];
            _suspicions[_question] = culprit == SegmentPart.Trailer
                ? asked with { Text = "its trailer was altered: the chain goes on from what its header block and frames give", Parts = SegmentPart.Trailer }
                : asked with { Text = asked.Text + "; the chain goes on from what the trailer states" };
            _question = -1;
        }

        private void Count(FragmentBlock f, long at)
        {
            _fragments = f.Number == uint.MaxValue ? f.Number : f.Number + 1;
            _nextFrame = (long)f.FirstFrame + f.Frames;
            _nextTime = f.Time + f.Duration;
            _lastWasFragment = true;
            _frames += (uint)f.Frames;
            if (_start < 0)
                _start = f.Time;
            if (_index.Count < IndexBlock.MostFragments)
                _index.Add((f.Time, (uint)(at + FragmentBlock.MoofOffset)));
            else if (!_tooMany)
            {
                _tooMany = true;
                Suspect(FindingCode.Malformed, "there are more than " + N(IndexBlock.MostFragments) + " fragments", at, SegmentPart.FragmentHeader, f.Number);
            }
            if (!Sound)
                return;
            _goodFragments = _fragments;
            _goodFrames = _frames;
            _goodTime = _nextTime;
            _goodFrame = _nextFrame;
            _goodEnd = _position;
        }

        // ---- signed blocks

        /// <summary>Judges a signed block; false when there is none of this segment here and the walk must look on.</summary>
        private bool Signed(long at, bool damagedHeader)
        {
            if (_rejected >= MostRejected || _result.Signatures >= MostSignatures)
                return false;
            int available = (int)Math.Min(LargestSignedBlock, _file.Length - at);
            byte[][] own = [_header.RecordingId, .. _chain.Select(c => c.Value)];
            SignedBlock? block = SignedBlock.Read(_file.Get(at, available), damagedHeader, _key, own);
            if (block == null)
            {
                Suspect(FindingCode.Malformed, "a signed block with impossible lengths stands after " + After(), at, SegmentPart.SignedBlock);
                return false;
            }
            if (!block.Signed)
                return Unsigned(block, at);
            Manifest? m = block.Manifest;
            if (m != null && Differences(m).Count > 1)
            {
                // An older segment's block in reused space, or a transplanted one: its signature is genuine but speaks of other evidence.
                Reject();
                Suspect(FindingCode.WrongIdentity, "a signed block of " + Whose(m) + " stands here", at, SegmentPart.SignedBlock | SegmentPart.Init);
                return false;
            }
            bool replay = !_digests.Add(Hex(block.Digest));
            if (replay)
                Reject();
            int match = m == null ? -1 : _chain.FindIndex(c => c.Value.AsSpan().SequenceEqual(m.Chain));
            if (match >= 0)
                Answer(_chain[match].Culprit);
            Confirm();
            if (++_result.Signatures == MostSignatures)
                Add(Severity.Error, FindingCode.Malformed, "more signed blocks than a segment can have: no more are tried", at, SegmentPart.SignedBlock);
            string unit = Name(block.Manifest);
            foreach ((SegmentPart part, FindingCode code, string text) in block.Problems)
                Add(Severity.Error, code, unit + ": " + text, at, part);
            if (replay)
            {
                Add(Severity.Error, FindingCode.CheckpointReplayed, unit + ": this signed block stands here a second time", at, SegmentPart.SignedBlock);
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
                Suspect(FindingCode.BadSignature, "a signed block whose signature does not hold stands after " + After() + ": "
                    + string.Join("; ", block.Problems.Select(p => p.Text)), at,
                    SegmentPart.SignedBlock | SegmentPart.Manifest | SegmentPart.Signature | SegmentPart.Free);
                return false;
            }

            // Whole to its last byte and speaking of this segment: no cut write leaves that.
            Confirm();
            foreach ((SegmentPart part, FindingCode code, string text) in block.Problems)
                Add(Severity.Error, code, "the signed block after " + After() + ": " + text, at, part);
            _chain = AfterBlock(block, at);
            _position = at + block.Size;
            _lastWasFragment = false;
            return true;
        }

        /// <summary>The chain values that the block leads to from those that it may have here.</summary>
        private List<(byte[] Value, SegmentPart Culprit)> AfterBlock(SignedBlock block, long at) =>
            _chain.Take(2).Select(c => (_step.Single(c.Value, _file.Get(at, block.Size)), c.Culprit)).ToList();

        private void Reject()
        {
            if (++_rejected == MostRejected)
                Add(Severity.Error, FindingCode.BadSignature, "more than " + N(MostRejected) + " signed blocks that do not hold: no more are tried", _position,
                    SegmentPart.SignedBlock);
        }

        /// <summary>In which of its marks a manifest and this segment's header differ.</summary>
        private List<string> Differences(Manifest m)
        {
            var list = new List<string>();
            if (!m.DeviceId.AsSpan().SequenceEqual(_header.DeviceId))
                list.Add("device id");
            if (!m.RecordingId.AsSpan().SequenceEqual(_header.RecordingId))
                list.Add("recording id");
            if (m.RecordingNumber != _header.RecordingNumber)
                list.Add("recording number");
            if (m.Segment != _header.Segment)
                list.Add("segment number");
            if (m.FirstLive != _header.FirstLive)
                list.Add("first live segment");
            if (m.ZeroMonotonic != _header.ZeroMonotonic)
                list.Add("recording zero");
            if (m.Boot != _header.Boot)
                list.Add("boot number");
            return list;
        }

        private static string Whose(Manifest m) => "device " + Hex(m.DeviceId) + ", recording " + Hex(m.RecordingId) + ", segment " + N(m.Segment);

        private static string Name(Manifest? m) => m == null ? "signed block" : m.Recovery != null ? "close by recovery" : m.IsClose ? "close" : "checkpoint";

        private void Agreement(Manifest m, SignedBlock block, long at)
        {
            string unit = Name(m);
            if (m.Recovery != null && _previous != null)
                m.TakeFrom(_previous);
            int before = _result.Findings.Count(f => f.Severity == Severity.Error);
            foreach (string mark in Differences(m))
                Add(Severity.Error, FindingCode.WrongIdentity, unit + ": its " + mark + " is not the one in the segment header", at,
                    SegmentPart.Init | SegmentPart.Manifest);
            bool counted = Position(m, unit, at);
            Content(m, unit, at, counted);
            Links(m, unit, at);
            Signing(m, unit, at);

            bool agrees = !_result.HasErrors && _result.Findings.Count(f => f.Severity == Severity.Error) == before;
            if (agrees || _result.LastManifest == null || m.IsClose)
                _result.LastManifest = m;
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
            _chain = led ? [(after, SegmentPart.None)] : [(after, SegmentPart.None), .. AfterBlock(block, at)];
            if (m.Fragments != _fragments)
            {
                _nextFrame = -1;
                _nextTime = -1;
            }
            _fragments = Math.Max(_fragments, m.Fragments);
            _position = at + block.Size;
            _lastWasFragment = false;
            if (agrees)
                _goodEnd = _position;
        }

        private bool Position(Manifest m, string unit, long at)
        {
            long sector = at / BoxBytes.Sector;
            bool chain = _chain.Any(c => c.Value.AsSpan().SequenceEqual(m.Chain));
            bool counted = m.Fragments == _fragments;
            if (!counted)
                Add(Severity.Error, m.Fragments > _fragments ? FindingCode.Removed : FindingCode.ManifestMismatch, unit + ": it was signed after "
                    + N(m.Fragments) + " fragments, " + N(_fragments) + " stand before it: " + (m.Fragments > _fragments
                        ? "fragments were removed" : "fragments were added, or the block was moved"), at, SegmentPart.FragmentHeader | SegmentPart.Manifest);
            if (m.Sector != sector)
                Add(Severity.Error, counted && m.Sector > sector ? FindingCode.CheckpointRemoved : FindingCode.ManifestMismatch, unit
                    + ": it was signed at sector " + N(m.Sector) + " and stands at " + N(sector) + ": " + (m.Sector > sector
                        ? N(m.Sector - sector) + " sectors before it were removed" + (counted ? ", no fragment: a checkpoint" : "")
                        : N(sector - m.Sector) + " sectors before it were added"), at, SegmentPart.SignedBlock);
            if (!chain && _chain.Count > 0)
            {
                bool trailer = Sound && _lastWasFragment && _result.Findings.All(f => f.Severity != Severity.Error);
                Add(Severity.Error, FindingCode.Altered, unit + ": the chain does not lead to the value that was signed: "
                    + (trailer ? "the device MAC in the trailer before it was altered, or fragments were altered and their chain values made anew"
                        : "what stands before it was altered"), at,
                    SegmentPart.FragmentBody | SegmentPart.Trailer | SegmentPart.Init | SegmentPart.SignedBlock);
            }
            else if (!chain && !_result.HasErrors)
                Add(Severity.Error, FindingCode.Altered, unit + ": what stands before it could not be followed", at, SegmentPart.FragmentBody);
            return counted;
        }

        private void Content(Manifest m, string unit, long at, bool counted)
        {
            void Differs(string what) =>
                Add(Severity.Error, FindingCode.ManifestMismatch, unit + ": " + what, at, SegmentPart.Manifest | SegmentPart.FragmentBody | SegmentPart.Init);

            if (m.FirstFrame != _header.FirstFrame)
                Differs("its first frame index is " + N(m.FirstFrame) + ", the segment header says " + N(_header.FirstFrame));
            if ((m.Source == ClockSource.Unset) != (m.ZeroUtc == null))
                Differs("its clock source and UTC time contradict each other");
            if (m.ZeroUtc != _header.ZeroUtc && !_clockNoted)
            {
                _clockNoted = true;
                Add(Severity.Note, FindingCode.Clock, unit + ": its UTC time of recording zero is not that of the segment header: the clock was set while recording",
                    at, SegmentPart.Manifest);
            }
            if (!counted || _result.HasErrors)
                return;
            if (m.Frames != _frames)
                Differs("it was signed for " + N(m.Frames) + " frames, " + N(_frames) + " were read");
            if (_start >= 0 && (m.StartTime != (ulong)_start || m.EndTime != (ulong)_nextTime))
                Differs("it was signed for " + m.StartTime + " to " + m.EndTime + " ms, the frames run from " + N(_start) + " to " + N(_nextTime) + " ms");
            if (_start < 0 && m.StartTime != m.EndTime)
                Differs("it has no frame and yet a duration");
        }

        private void Links(Manifest m, string unit, long at)
        {
            void Differs(string what) => Add(Severity.Error, FindingCode.LinkMismatch, unit + ": " + what, at, SegmentPart.Manifest);

            bool first = m.Segment == 0 || m.Segment == m.FirstLive;
            bool unknown = m.Recovery != null && m.PreviousClose == null && _previous == null;
            if (first != (m.PreviousClose == null) && !unknown)
                Differs(first ? "it names a close before the first segment of its chain" : "it does not name the close of the segment before");
            if (m.PastClose != null && (m.FirstLive == 0 || m.Segment < m.FirstLive))
                Differs("it names a close of the past where there is none");
            if (m.Segments != null && (m.Segments != (ulong)m.Segment + 1 || m.Segment < m.FirstLive))
                Differs("the number of segments in the last close, " + N(m.Segments.Value) + ", is not possible in segment " + N(m.Segment));
            if (m.Segments != null && m.FirstLive > 0 && m.PastClose == null)
                Differs("the last close does not name the close of the past");
            if (_previous == null)
                return;
            if (!Same(m.PreviousClose, _previous.PreviousClose))
                Differs("it names another close before this segment than the block before it");
            if (_previous.PastClose != null && !Same(m.PastClose, _previous.PastClose))
                Differs("it names another close of the past than the block before it");
        }

        private void Signing(Manifest m, string unit, long at)
        {
            // The time of a close by recovery is that of another boot, unless the card had only been pulled.
            if (m.Recovery != null && m.Recovery.Boot < m.Boot)
                Add(Severity.Error, FindingCode.ManifestMismatch, unit + ": it was recovered by boot " + N(m.Recovery.Boot) + ", recorded by boot " + N(m.Boot)
                    + ": later", at, SegmentPart.Manifest);
            else if (m.Recovery != null && m.Recovery.Boot > m.Boot)
                return;
            else if (m.SignedMonotonic < m.ZeroMonotonic || _previous != null && m.SignedMonotonic < _previous.SignedMonotonic)
                Add(Severity.Error, FindingCode.ManifestMismatch, unit + ": it was signed before what stands before it", at, SegmentPart.Manifest);
            else if (_previous != null && m.EndTime > _previous.EndTime + SparseCheckpoint)
                Add(Severity.Note, FindingCode.SparseCheckpoints, unit + ": " + (m.EndTime - _previous.EndTime)
                    + " ms of footage since the signature before it; 10 s are the rule", at, SegmentPart.Manifest);
        }

        // ---- the end

        private void Close(Manifest m, SignedBlock block, long at)
        {
            long end = at + block.Size;
            long start = (long)m.IndexSector * BoxBytes.Sector, size = (long)m.IndexSectors * BoxBytes.Sector;
            _result.Bytes = end + size;
            _goodEnd = end;
            if (start < end || size is < 1 or > IndexBlock.Largest || m.IndexSector + (ulong)m.IndexSectors != _header.SlotSectors)
            {
                Add(Severity.Error, FindingCode.ManifestMismatch, "close: the place of the index is impossible", at, SegmentPart.Manifest | SegmentPart.Init);
                return;
            }
            ReadOnlySpan<byte> free = _file.Get(at + block.BoxSize, 8);
            if (BoxBytes.U32(free, 0) != start - at - block.BoxSize)
                Add(Severity.Error, FindingCode.Malformed, "close: the free box after it does not run to the index", at, SegmentPart.Free);
            if (!_file.Has(start, size))
            {
                Add(Severity.Error, FindingCode.Truncated, "the file ends before the index is complete", start, SegmentPart.Index | SegmentPart.File);
                return;
            }
            ReadOnlySpan<byte> index = _file.Get(start, (int)size);
            Span<byte> digest = stackalloc byte[EvidenceHash.Size];
            EvidenceHash.B(index, digest);
            bool signed = digest.SequenceEqual(m.IndexDigest);
            (FindingCode Code, string Text)? difference = _tooMany ? null : IndexBlock.Compare(index, _index);
            if (!signed)
                Add(Severity.Error, FindingCode.IndexMismatch, "the index was altered: it is not the one that was signed", start, SegmentPart.Index);
            if (difference != null)
                Add(Severity.Error, difference.Value.Code, difference.Value.Text, start, SegmentPart.Index | SegmentPart.FragmentBody);
        }

        private void Conclude()
        {
            _result.EndFrame = (uint)Math.Clamp(_goodFrame, 0, uint.MaxValue);
            _result.StartTime = _start >= 0 && _goodFragments > 0 ? _start : null;
            _result.EndTime = _goodTime >= 0 ? _goodTime : null;
            if (_result.State == SegmentState.Closed)
                return;
            _result.Bytes = _goodEnd;
            _result.UnsignedFragments = _goodFragments > _result.SignedFragments ? _goodFragments - _result.SignedFragments : 0;
            _result.UnsignedFrames = _goodFrames > _result.SignedFrames ? _goodFrames - _result.SignedFrames : 0;
            string unsigned = _result.UnsignedFragments == 0 ? "" : "; " + N(_result.UnsignedFragments)
                + " further fragments follow in an unbroken chain, but no signature covers them";
            if (_result.Signatures == 0)
                Add(Severity.Missing, FindingCode.NotSigned, "nothing in it is signed" + unsigned, _goodEnd, SegmentPart.None);
            else
                Add(Severity.Missing, FindingCode.NotClosed, "it is not closed: signed up to " + (_result.SignedFragments == 0 ? "its beginning"
                    : "fragment " + N(_result.SignedFragments - 1)) + unsigned, _goodEnd, SegmentPart.None);
            // A sector is written whole or not at all: damage in the first is no cut write, even when nothing after it is signed.
            List<Finding> certain = _suspicions.FindAll(s => s.Offset < BoxBytes.Sector);
            _result.Findings.AddRange(certain);
            if (certain.Count > 0 || _suspicions.Count == 0)
                return;
            Finding first = _suspicions[0];
            _result.Findings.Add(first with
            {
                Severity = Severity.Note,
                Code = FindingCode.UnclaimedTail,
                Text = first.Text + " (no signature claims it: a cut write, stale data, or altered)",
            });
        }

        /// <summary>A signature of this segment stands after what was suspected: it is an error.</summary>
        private void Confirm()
        {
            foreach (Finding suspicion in _suspicions)
                AddFinding(suspicion);
            _suspicions.Clear();
            if (_uncounted > 0)
                AddFinding(new Finding(Severity.Error, FindingCode.Altered, N(_uncounted) + " further disagreements") { File = _result.Name });
            _uncounted = 0;
            _question = -1;
        }

        private bool Suspect(FindingCode code, string text, long at, SegmentPart parts, uint? fragment = null)
        {
            if (_suspicions.Count >= MostFindings)
            {
                _uncounted++;
                return false;
            }
            _suspicions.Add(Make(Severity.Error, code, text, at, parts, fragment));
            return true;
        }

        private void Add(Severity severity, FindingCode code, string text, long at, SegmentPart parts, uint? fragment = null) =>
            AddFinding(Make(severity, code, text, at, parts, fragment));

        private void AddFinding(Finding finding)
        {
            if (_result.Findings.Count < 4 * MostFindings || finding.Severity == Severity.Error && !_result.HasErrors)
                _result.Findings.Add(finding);
        }

        private Finding Make(Severity severity, FindingCode code, string text, long at, SegmentPart parts, uint? fragment) => new(severity, code, text)
        {
            File = _result.Name,
            Segment = _result.Header?.Segment,
            Fragment = fragment,
            Offset = at,
            Parts = parts,
        };

        private static bool Same(byte[]? a, byte[]? b) => a == null ? b == null : b != null && a.AsSpan().SequenceEqual(b);

        private static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);

        private static string N(long value) => value.ToString(CultureInfo.InvariantCulture);
    }
}
