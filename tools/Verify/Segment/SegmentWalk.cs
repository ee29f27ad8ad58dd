// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Lapel.Verify
{
    /// <summary>
    /// One pass over a segment. What disagrees is at first only suspected: after a cut the rest of a slot is stale card data, and nothing
    /// may be concluded from it. A later signature of this very segment proves that the camera had written on, and turns suspicion into
    /// error.
    /// </summary>
    internal sealed partial class SegmentWalk
    {
        /// <summary>Findings kept of one segment; more are only counted.</summary>
        private const int MostFindings = 40;

        /// <summary>Blocks with a wrong signature after which no more are tried, so that a file cannot make work without end.</summary>
        private const int MostRejected = 64;

        /// <summary>Checkpoints stand between fragments: a segment cannot have more signed blocks than about twice its fragments.</summary>
        private const int MostSignatures = 2 * IndexBlock.MostFragments;

        /// <summary>Largest init, bytes.</summary>
        private const int LargestInit = 16384;

        // A camera holds 2,048 in memory.
        private const int MostPreEventTimes = 65536;

        private const int HeaderBox = 32,
            MoovBox = 200,
            LargestSignedBlock = 16384;

        /// <summary>After 10,000 h the time since boot in a text begins anew, milliseconds.</summary>
        private const double FourDigitHours = 10_000 * 3_600_000.0;

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

        /// <summary>
        /// Values that the chain may have here; more than one after a break, when the bytes allow two explanations. Empty: unknown.
        /// </summary>
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
            {
                return;
            }

            while (_reading)
            {
                Unit();
            }

            Conclude();
        }

        private void Unit()
        {
            if (!_file.Has(_position, BoxBytes.Sector))
            {
                if (_position < _file.Length)
                {
                    Suspect(FindingCode.Truncated, "the file ends inside a sector", _position, SegmentPart.File);
                }

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
                    Suspect(
                        FindingCode.Removed,
                        "a fragment's trailer stands where a unit must begin: its header block and frames are missing",
                        at,
                        SegmentPart.FragmentBody,
                        _fragments
                    );
                    Resume(at);
                    break;
                case 4:
                    if (!Signed(at, damaged))
                    {
                        Resume(at + BoxBytes.Sector);
                    }

                    break;
                case >= 0 when Signed(at, true):
                    break;
                case < 0 when IsTerminator(at):
                    Resume(at + BoxBytes.Sector);
                    if (_reading)
                    {
                        Suspect(FindingCode.Malformed, "the segment ends after " + After() + ", and yet units of it follow", at, NextUnit);
                    }

                    break;
                default:
                    Suspect(FindingCode.Malformed, "neither a fragment nor a signed block stands after " + After(), at, NextUnit);
                    Resume(at + BoxBytes.Sector);
                    break;
            }
        }

        /// <summary>Whatever may have stood where no unit is recognised.</summary>
        private const SegmentPart NextUnit =
            SegmentPart.FragmentBody | SegmentPart.SignedBlock | SegmentPart.Manifest | SegmentPart.Signature;

        /// <summary>The end so far of a segment that is not closed (FORMAT.md 3.7).</summary>
        private bool IsTerminator(long at)
        {
            ReadOnlySpan<byte> sector = _file.Get(at, BoxBytes.Sector);
            return BoxBytes.U32(sector, 0) == _file.Length - at
                && sector.Slice(4, 4).SequenceEqual("free"u8)
                && !sector[8..].ContainsAnyExcept((byte)0);
        }

        private string After() => _fragments == 0 ? "the init" : "fragment " + N(_fragments - 1);

        /// <summary>Looks for the next unit of this segment from here on and goes on there with what it states.</summary>
        private void Resume(long from)
        {
            for (long at = from; _file.Has(at, BoxBytes.Sector); at += BoxBytes.Sector)
            {
                ReadOnlySpan<byte> sector = _file.Get(at, BoxBytes.Sector);
                int kind = BoxBytes.OurKind(sector, out bool damaged);
                if (kind < 0 || damaged)
                {
                    continue;
                }

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
                {
                    return;
                }
            }
            _reading = false;
        }

        private bool OwnFragment(ReadOnlySpan<byte> sector) =>
            BoxBytes.U32(sector, 24) >= _fragments
            && BoxBytes.U32(sector, 28) == _header.Segment
            && sector.Slice(32, 16).SequenceEqual(_header.DeviceId)
            && sector.Slice(48, 16).SequenceEqual(_header.RecordingId);

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

        private void Conclude()
        {
            _result.EndFrame = (uint)Math.Clamp(_goodFrame, 0, uint.MaxValue);
            _result.StartTime = _start >= 0 && _goodFragments > 0 ? _start : null;
            _result.EndTime = _goodTime >= 0 ? _goodTime : null;
            if (_result.State == SegmentState.Closed)
            {
                return;
            }

            _result.Bytes = _goodEnd;
            _result.UnsignedFragments = _goodFragments > _result.SignedFragments ? _goodFragments - _result.SignedFragments : 0;
            _result.UnsignedFrames = _goodFrames > _result.SignedFrames ? _goodFrames - _result.SignedFrames : 0;
            string unsigned =
                _result.UnsignedFragments == 0
                    ? ""
                    : "; " + N(_result.UnsignedFragments) + " further fragments follow in an unbroken chain, but no signature covers them";
            if (_result.Signatures == 0)
            {
                Add(Severity.Missing, FindingCode.NotSigned, "nothing in it is signed" + unsigned, _goodEnd, SegmentPart.None);
            }
            else
            {
                Add(
                    Severity.Missing,
                    FindingCode.NotClosed,
                    "it is not closed: signed up to "
                        + (_result.SignedFragments == 0 ? "its beginning" : "fragment " + N(_result.SignedFragments - 1))
                        + unsigned,
                    _goodEnd,
                    SegmentPart.None
                );
            }
            // A sector is written whole or not at all: damage in the first is no cut write, even when nothing after it is signed.
            List<Finding> certain = _suspicions.FindAll(s => s.Offset < BoxBytes.Sector);
            _result.Findings.AddRange(certain);
            if (certain.Count > 0 || _suspicions.Count == 0)
            {
                return;
            }

            Finding first = _suspicions[0];
            _result.Findings.Add(
                first with
                {
                    Severity = Severity.Note,
                    Code = FindingCode.UnclaimedTail,
                    Text = first.Text + " (no signature claims it: a cut write, stale data, or altered)",
                }
            );
        }

        /// <summary>A signature of this segment stands after what was suspected: it is an error.</summary>
        private void Confirm()
        {
            foreach (Finding suspicion in _suspicions)
            {
                AddFinding(suspicion);
            }

            _suspicions.Clear();
            if (_uncounted > 0)
            {
                AddFinding(
                    new Finding(Severity.Error, FindingCode.Altered, N(_uncounted) + " further disagreements") { File = _result.Name }
                );
            }

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
            {
                _result.Findings.Add(finding);
            }
        }

        private Finding Make(Severity severity, FindingCode code, string text, long at, SegmentPart parts, uint? fragment) =>
            new(severity, code, text)
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
