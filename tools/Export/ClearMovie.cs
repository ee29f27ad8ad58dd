// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Lapel.Verify;

namespace Lapel.Export
{
    /// <summary>
    /// Writes one clear MP4 (FORMAT.md 8.7): the frames bit for bit, all times as they were, the signed parts carried along.
    /// </summary>
    internal sealed class ClearMovie
    {
        private readonly Stream _to;
        private readonly List<(uint Time, uint Offset)> _index = [];
        private uint _sequence;

        public ClearMovie(Stream to) => _to = to;

        /// <summary>Frames written.</summary>
        public long Frames { get; private set; }

        public void Begin(SegmentUnits first)
        {
            _to.Write(first.FileType);
            _to.Write(MovieBox.Clear(first.Movie));
        }

        /// <summary>Adds a segment.</summary>
        /// <param name="segment">The segment.</param>
        /// <param name="seal">Its seal; null when it is clear.</param>
        /// <param name="key">The content key; null when it is clear.</param>
        /// <param name="recipe">Is told where its pictures went.</param>
        public void Add(SegmentUnits segment, Seal? seal, ContentKey? key, SegmentRecipe recipe)
        {
            _to.Write(segment.HeaderBox);
            if (seal != null)
            {
                _to.Write(seal.EnvelopeBox);
            }

            foreach (SegmentUnit unit in segment.Read())
            {
                if (unit.Fragment is FragmentBlock fragment)
                {
                    List<byte[]> frames = segment.Frames(unit, key);
                    recipe.Fragment(unit, frames, Fragment(fragment, frames), key);
                }
                else
                {
                    _to.Write(unit.Signed);
                }
            }
        }

        public void End()
        {
            // Offsets of this index have 32 bits; without it players look for the fragments themselves.
            if (_to.Length > uint.MaxValue || _index.Count == 0)
            {
                return;
            }

            int tfra = 24 + 11 * _index.Count,
                size = 8 + tfra + 16;
            var box = new byte[size];
            BoxBytes.Header(box, 0, size, "mfra");
            BoxBytes.Header(box, 8, tfra, "tfra");
            BoxBytes.Put32(box, 20, 1);
            BoxBytes.Put32(box, 28, _index.Count);
            for (int i = 0; i < _index.Count; i++)
            {
                int at = 32 + 11 * i;
                BoxBytes.Put32(box, at, _index[i].Time);
                BoxBytes.Put32(box, at + 4, _index[i].Offset);
                box.AsSpan(at + 8, 3).Fill(1);
            }
            BoxBytes.Header(box, size - 16, 16, "mfro");
            BoxBytes.Put32(box, size - 4, size);
            _to.Write(box);
        }

        /// <summary>Writes a fragment; returns where its first picture is.</summary>
        private long Fragment(FragmentBlock fragment, List<byte[]> frames)
        {
            byte[] text = new byte[2 + fragment.Text.Length];
            BoxBytes.Put16(text, 0, fragment.Text.Length);
            Encoding.Latin1.GetBytes(fragment.Text, text.AsSpan(2));
            int n = frames.Count,
                moof = 152 + 8 * n;
            long data = frames.Sum(f => (long)f.Length);
            var head = new byte[moof + 8];
            BoxBytes.Header(head, 0, moof, "moof");
            BoxBytes.Header(head, 8, 16, "mfhd");
            BoxBytes.Put32(head, 20, ++_sequence);
            int run = Track(head, 24, 60 + 8 * n, 1, fragment.Time);
            Run(head, run, n, moof + 8);
            for (int i = 0; i < n; i++)
            {
                BoxBytes.Put32(head, run + 20 + 8 * i, fragment.Durations[i]);
                BoxBytes.Put32(head, run + 24 + 8 * i, frames[i].Length);
            }
            run = Track(head, 84 + 8 * n, 68, 3, fragment.Time);
            Run(head, run, 1, moof + 8 + data);
            BoxBytes.Put32(head, run + 20, fragment.Duration);
            BoxBytes.Put32(head, run + 24, text.Length);
            BoxBytes.Header(head, moof, 8 + data + text.Length, "mdat");
            if (_to.Position <= uint.MaxValue)
            {
                _index.Add((fragment.Time, (uint)_to.Position));
            }

            _to.Write(head);
            long first = _to.Position;
            foreach (byte[] frame in frames)
            {
                _to.Write(frame);
            }

            _to.Write(text);
            Frames += n;
            return first;
        }

        private static int Track(byte[] head, int at, int size, int track, uint time)
        {
            BoxBytes.Header(head, at, size, "traf");
            BoxBytes.Header(head, at + 8, 16, "tfhd");
            BoxBytes.Put32(head, at + 16, 0x020000);
            BoxBytes.Put32(head, at + 20, track);
            BoxBytes.Header(head, at + 24, 16, "tfdt");
            BoxBytes.Put32(head, at + 36, time);
            return at + 40;
        }

        private static void Run(byte[] head, int at, int count, long offset)
        {
            BoxBytes.Header(head, at, 20 + 8 * count, "trun");
            BoxBytes.Put32(head, at + 8, 0x000301);
            BoxBytes.Put32(head, at + 12, count);
            BoxBytes.Put32(head, at + 16, offset);
        }
    }
}
