// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Text;

namespace Lapel.Verify
{
    /// <content>The init: file type, segment header, key, lengths, start of the chain.</content>
    internal sealed partial class SegmentWalk
    {
        private bool ReadInit()
        {
            if (!_file.Has(0, BoxBytes.Sector) || !LooksLikeInit(_file.Get(0, BoxBytes.Sector)))
            {
                AddFinding(new Finding(Severity.Note, FindingCode.NoSegment, "holds no segment") { File = _result.Name });
                return false;
            }
            ReadOnlySpan<byte> first = _file.Get(0, BoxBytes.Sector);
            ushort version = BoxBytes.U16(first, HeaderBox + BoxBytes.UuidHeader);
            if (version != SegmentHeader.KnownVersion)
            {
                _result.State = SegmentState.Refused;
                Add(
                    Severity.Error,
                    FindingCode.UnknownVersion,
                    "format version " + N(version) + " is refused: this verifier knows version " + N(SegmentHeader.KnownVersion) + " only",
                    0,
                    SegmentPart.Init
                );
                return false;
            }
            Span<byte> expected = stackalloc byte[HeaderBox + BoxBytes.UuidHeader];
            ExpectedStart(expected);
            var problems = new List<string>();
            if (!first[..HeaderBox].SequenceEqual(expected[..HeaderBox]))
            {
                problems.Add("the file type box is damaged");
            }

            if (!first.Slice(HeaderBox, BoxBytes.UuidHeader).SequenceEqual(expected[HeaderBox..]))
            {
                problems.Add("the box header of the segment header is damaged");
            }

            _header = SegmentHeader.Parse(first.Slice(HeaderBox + BoxBytes.UuidHeader, SegmentHeader.Size), problems);
            _result.Header = _header;
            _result.State = SegmentState.Open;
            foreach (string problem in problems)
            {
                Suspect(FindingCode.Malformed, problem, 0, SegmentPart.Init);
            }

            if (!ChooseKey())
            {
                return false;
            }

            Lengths();
            StartChain();
            return true;
        }

        private static void ExpectedStart(Span<byte> bytes)
        {
            bytes.Clear();
            BoxBytes.Header(bytes, 0, 32, "ftyp");
            Encoding.ASCII.GetBytes("isom\0\0\u0002\0isomiso6mp41qt  ", bytes[8..]);
            BoxBytes.Uuid(bytes, HeaderBox, BoxBytes.UuidHeader + SegmentHeader.Size, 1);
        }

        internal static bool LooksLikeInit(ReadOnlySpan<byte> first)
        {
            Span<byte> expected = stackalloc byte[HeaderBox + BoxBytes.UuidHeader];
            ExpectedStart(expected);
            int same = 0;
            for (int i = 0; i < expected.Length; i++)
            {
                if (first[i] == expected[i])
                {
                    same++;
                }
            }

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
            TrustedKey? trusted = _choice.Key ?? (_choice.Registry != null ? _choice.Registry.Find(_header.DeviceId) : own);
            if (trusted == null && _choice.Registry != null)
            {
                _result.State = SegmentState.Refused;
                Add(
                    Severity.Error,
                    FindingCode.KeyUnknown,
                    "it says that it is of device " + Hex(_header.DeviceId) + ", of which there is no key in " + _choice.Registry.Folder,
                    0,
                    SegmentPart.Init
                );
                return false;
            }

            KeyChain? chain = trusted == null ? null : KeyChain.Of(trusted, _choice.Rotations);
            TrustedKey? key =
                own != null && chain!.Holds(own) ? own
                : own == null ? chain?.KeyIn(_header.Boot)
                : trusted;
            _result.Key = key;
            _result.KeySupplier = key == null ? KeySupplier.None : _choice.Supplier;
            if (key == null)
            {
                _result.State = SegmentState.Refused;
                Add(
                    Severity.Error,
                    FindingCode.Malformed,
                    "there is no key to judge it with: the one in the segment header is damaged",
                    0,
                    SegmentPart.Init
                );
                return false;
            }
            _key = key;
            if (own != null && !own.Bytes.SequenceEqual(key.Bytes))
            {
                _result.State = SegmentState.Refused;
                Add(
                    Severity.Error,
                    FindingCode.KeyMismatch,
                    "another device's segment, or forged: its header names the key with fingerprint "
                        + Hex(own.Fingerprint)
                        + ", the "
                        + (
                            _choice.Supplier == KeySupplier.Given ? "given"
                            : _choice.Supplier == KeySupplier.Registry ? "registry's"
                            : _choice.DeviceId != null ? "folder's"
                            : "card's"
                        )
                        + " key has "
                        + Hex(key.Fingerprint)
                        + " and no rotation statement leads to it",
                    0,
                    SegmentPart.Init
                );
                return false;
            }
            if (chain!.Against(key, _header.Boot, _header.RecordingNumber) is string against)
            {
                _result.State = SegmentState.Refused;
                Add(Severity.Error, FindingCode.KeyMismatch, "forged with a former key, or altered: " + against, 0, SegmentPart.Init);
                return false;
            }
            if (_choice.DeviceId != null && !chain.DeviceId.AsSpan().SequenceEqual(_choice.DeviceId))
            {
                _result.State = SegmentState.Refused;
                Add(
                    Severity.Error,
                    FindingCode.WrongFolder,
                    "it is of device " + Hex(chain.DeviceId) + ", and stands in the folder of device " + Hex(_choice.DeviceId),
                    0,
                    SegmentPart.File
                );
                return false;
            }
            if (!_header.DeviceId.AsSpan().SequenceEqual(chain.DeviceId))
            {
                Suspect(
                    FindingCode.WrongIdentity,
                    "the device id in the segment header is not that of its key"
                        + (
                            chain.Statements.Count > 0
                                ? ""
                                : "; where the key was changed, the statements (" + RotationFile.Name + ") are missing"
                        ),
                    0,
                    SegmentPart.Init
                );
            }

            return true;
        }

        private void Lengths()
        {
            long slot = (long)_header.SlotSectors * BoxBytes.Sector;
            if (_file.Length != slot)
            {
                Add(
                    Severity.Error,
                    _file.Length < slot ? FindingCode.Truncated : FindingCode.Malformed,
                    "the file has "
                        + N(_file.Length)
                        + " bytes, its header says "
                        + N(slot)
                        + (_file.Length < slot ? ": truncated" : ": bytes were added"),
                    0,
                    SegmentPart.File | SegmentPart.Init
                );
            }

            if (_result.NamedSlot != null && _result.NamedSlot != _header.Slot)
            {
                Add(
                    Severity.Error,
                    FindingCode.SlotMismatch,
                    "the file is named as slot "
                        + N(_result.NamedSlot.Value)
                        + ", its header says slot "
                        + N(_header.Slot)
                        + ": files were swapped or renamed",
                    0,
                    SegmentPart.File | SegmentPart.Init
                );
            }
        }

        private void StartChain()
        {
            _nextFrame = _header.FirstFrame;
            _goodFrame = _header.FirstFrame;
            int moov = MoovStart();
            int end = moov < 0 ? -1 : InitEnd(moov);
            if (end < 0)
            {
                Suspect(
                    FindingCode.Malformed,
                    "the moov box is damaged: where the first fragment begins is not known",
                    0,
                    SegmentPart.Init
                );
                _chain = [];
                Resume(BoxBytes.Sector);
                return;
            }
            ReadOnlySpan<byte> init = _file.Get(0, end);
            int moovEnd = moov + (int)BoxBytes.U32(init, moov);
            if (moovEnd < end)
            {
                if (!BoxBytes.IsType(init, moovEnd, "free") || BoxBytes.U32(init, moovEnd) != end - moovEnd)
                {
                    Suspect(FindingCode.Malformed, "the free box after moov is damaged", moovEnd, SegmentPart.Init);
                }

                if (!BoxBytes.AllZero(init[(moovEnd + 8)..]))
                {
                    Suspect(FindingCode.Malformed, "the padding after moov is not zero", moovEnd, SegmentPart.Init);
                }
            }
            var value = new byte[EvidenceHash.Size];
            EvidenceHash.B(init, value);
            _chain = [(value, SegmentPart.None)];
            _position = end;
            _goodEnd = end;
        }

        /// <summary>Where `moov` begins: after the boxes of the seal in a sealed segment. -1 when these are damaged.</summary>
        private int MoovStart()
        {
            if (!_header.IsSealed)
            {
                return MoovBox;
            }

            ReadOnlySpan<byte> boxes = _file.Get(0, (int)Math.Min(_file.Length, LargestInit))[MoovBox..];
            Seal? seal = Seal.Read(boxes, out string? problem);
            if (problem != null)
            {
                Suspect(FindingCode.Malformed, problem, 0, SegmentPart.Init);
            }

            _result.Seal = seal;
            return seal == null ? -1 : MoovBox + seal.Length;
        }

        private int InitEnd(int moovAt)
        {
            if (!_file.Has(moovAt, 8))
            {
                return -1;
            }

            ReadOnlySpan<byte> box = _file.Get(moovAt, 8);
            uint moov = BoxBytes.U32(box, 0);
            if (!BoxBytes.IsType(box, 0, "moov") || moov < 8 || moov > LargestInit - moovAt)
            {
                return -1;
            }

            long end = BoxBytes.RoundUp(moovAt + moov);
            if (end - moovAt - moov is >= 1 and < 8)
            {
                end += BoxBytes.Sector;
            }

            return end <= LargestInit && _file.Has(0, end) ? (int)end : -1;
        }
    }
}
