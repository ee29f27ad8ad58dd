// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.IO;
using Lapel.Verify;

namespace Lapel.Export
{
    /// <summary>Reads a segment that was judged, unit by unit, up to its close or to where it stops agreeing.</summary>
    internal sealed class SegmentUnits : IDisposable
    {
        /// <summary>Where the boxes begin that follow the header box.</summary>
        internal const int AfterHeader = 200;

        /// <summary>Bytes of a segment's init at most, and of its index.</summary>
        internal const int Init = 16384;

        private const int HeaderBoxAt = 32;

        private readonly FileSource _source;
        private readonly SegmentResult _segment;
        private readonly byte[] _init;
        private readonly int _moovAt;

        public SegmentUnits(string path, SegmentResult segment)
        {
            _segment = segment;
            _source = new FileSource(path);
            _init = Bytes(0, (int)Math.Min(Init, _source.Length));
            _moovAt = AfterHeader + (segment.Seal?.Length ?? 0);
            if (
                _init.Length < _moovAt + 8
                || !BoxBytes.IsType(_init, _moovAt, "moov")
                || BoxBytes.U32(_init, _moovAt) > _init.Length - _moovAt
            )
            {
                throw new InvalidDataException(segment.Name + ": its moov box is damaged");
            }
        }

        public ReadOnlySpan<byte> FileType => _init.AsSpan(0, HeaderBoxAt);

        public ReadOnlySpan<byte> HeaderBox => _init.AsSpan(HeaderBoxAt, AfterHeader - HeaderBoxAt);

        public ReadOnlySpan<byte> Movie => _init.AsSpan(_moovAt, (int)BoxBytes.U32(_init, _moovAt));

        /// <summary>Bytes of the file.</summary>
        public long Length => _source.Length;

        /// <summary>Whether it was closed, and so has an index at its end.</summary>
        public bool IsClosed => _segment.State == SegmentState.Closed;

        /// <summary>Where what was handed out ends, with its padding.</summary>
        public long End { get; private set; }

        /// <summary>Hands out the fragments and signed manifests in order.</summary>
        public IEnumerable<SegmentUnit> Read()
        {
            long at = BoxBytes.RoundUp(_moovAt + Movie.Length);
            if (at - _moovAt - Movie.Length is >= 1 and < 8)
            {
                at += BoxBytes.Sector;
            }

            // What follows the last good fragment of a segment without a close is stale card data.
            long fragments =
                _segment.State == SegmentState.Closed || _segment.HasErrors
                    ? long.MaxValue
                    : _segment.SignedFragments + _segment.UnsignedFragments;
            while (at + BoxBytes.Sector <= _source.Length)
            {
                End = at;
                byte[] head = Bytes(at, (int)Math.Min(FragmentBlock.LargestHeader, _source.Length - at));
                switch (BoxBytes.OurKind(head, out _))
                {
                    case 2 when fragments > 0 && Fragment(at, head) is SegmentUnit fragment:
                        yield return fragment;
                        fragments--;
                        at += fragment.Fragment!.Length;
                        End = at;
                        break;
                    case 4 when BoxBytes.U32(head, 0) is var size && size <= Init && at + size <= _source.Length:
                        End = at + BoxBytes.RoundUp(size + 8);
                        yield return new SegmentUnit { Signed = Bytes(at, (int)size) };
                        if (BoxBytes.U16(head, BoxBytes.UuidHeader) == 2)
                        {
                            yield break;
                        }

                        at = End;
                        break;
                    default:
                        yield break;
                }
            }
        }

        public void Dispose() => _source.Dispose();

        /// <summary>The frames of a fragment as JPEGs; <paramref name="key"/> is the recording's when it is sealed.</summary>
        public List<byte[]> Frames(SegmentUnit unit, ContentKey? key)
        {
            FragmentBlock fragment = unit.Fragment!;
            var frames = new List<byte[]>();
            long at = unit.At + fragment.HeaderBytes;
            for (int i = 0; i < fragment.Frames; i++)
            {
                byte[] stored = Bytes(at, (int)fragment.Sizes[i]);
                frames.Add(
                    !fragment.IsSealed
                        ? stored
                        : key?.Frame(stored, fragment.Vectors.AsSpan(16 * i, 16))
                            ?? throw new SealException(
                                "frame " + i + " of fragment " + fragment.Number + " in " + _segment.Name + " does not decrypt to a JPEG",
                                isOtherKey: false
                            )
                );
                at += BoxBytes.RoundUp(fragment.Sizes[i]);
            }
            return frames;
        }

        private SegmentUnit? Fragment(long at, byte[] head)
        {
            FragmentBlock? fragment = FragmentBlock.Read(head, _segment.Header!.IsSealed);
            return fragment == null || fragment.Problems.Count > 0 || at + fragment.Length > _source.Length
                ? null
                : new SegmentUnit { At = at, Fragment = fragment };
        }

        /// <summary>Bytes of the file as they are.</summary>
        internal byte[] Bytes(long at, int count)
        {
            var bytes = new byte[count];
            if (_source.Read(at, bytes) != count)
            {
                throw new IOException(_segment.Name + " became shorter while it was read");
            }

            return bytes;
        }
    }
}
