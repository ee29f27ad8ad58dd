// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Recorder.Host.Tests
{
    /// <summary>Random sequences of everything a ring can be asked, against a model that keeps a copy of each frame.</summary>
    [TestClass]
    public sealed class FrameRingProperties
    {
        private sealed class Model
        {
            public byte[] Content = [];
            public long TimeMs;
            public bool Pinned;
        }

        [TestMethod]
        [DataRow(1, 3)]
        [DataRow(2, 64)]
        [DataRow(9, 17)]
        [DataRow(24, 8)]
        [DataRow(24, 400)]
        public void RandomSequences(int pages, int maxFrames)
        {
            for (int seed = 0; seed < 20; seed++)
            {
                new Run(pages, maxFrames, seed).Steps(1000);
            }
        }

        private sealed class Run
        {
            private readonly Random _random;
            private readonly FrameRing _ring;
            private readonly SortedDictionary<int, Model> _held = new();
            private readonly int _maxFrames;
            private readonly int _seed;
            private int _next;
            private long _nowMs;

            public Run(int pages, int maxFrames, int seed)
            {
                _seed = seed;
                _random = new Random(seed * 7919 + pages);
                _maxFrames = maxFrames;
                _ring = new FrameRing(pages, maxFrames);
                _ring.ReservePages = _random.Next(0, 1 + pages / 3);
            }

            public void Steps(int count)
            {
                for (int i = 0; i < count; i++)
                {
                    int what = _random.Next(100);
                    if (what < 55)
                    {
                        Frame();
                    }
                    else if (what < 60)
                    {
                        Pin();
                    }
                    else if (what < 64)
                    {
                        _ring.Recording = !_ring.Recording;
                    }
                    else if (what < 67)
                    {
                        ForgetByAge();
                    }
                    else
                    {
                        Release();
                    }

                    Counts();
                    if (i % 50 == 0)
                    {
                        Contents();
                    }
                }

                Contents();
                Empty();
            }

            private List<int> Serials(bool pinned)
            {
                var serials = new List<int>();
                foreach (KeyValuePair<int, Model> pair in _held)
                {
                    if (pair.Value.Pinned == pinned)
                    {
                        serials.Add(pair.Key);
                    }
                }

                return serials;
            }

            private void Frame()
            {
                int reserve = _random.Next(8) == 0 ? _random.Next(1, FrameRing.MaxFrameBytes + 1) : _random.Next(1, 60000);
                int before = _ring.BufferedFrames;
                if (!_ring.Begin(reserve))
                {
                    Assert.AreEqual(before, _ring.BufferedFrames, "a refused frame cost a buffered one, seed " + _seed);
                    MayRefuse(reserve);
                    return;
                }

                List<int> buffered = Serials(false);
                int forgotten = buffered.Count - _ring.BufferedFrames;
                Assert.AreEqual(
                    forgotten < buffered.Count ? buffered[forgotten] : _next,
                    _ring.First,
                    "not the oldest were forgotten, seed " + _seed
                );
                for (int i = 0; i < forgotten; i++)
                {
                    _held.Remove(buffered[i]);
                }

                byte[] content = new byte[_random.Next(1, reserve + 1)];
                _random.NextBytes(content);
                // Part of what was reserved is never written; part of what is written lies beyond the exact length.
                int written = _random.Next(content.Length, reserve + 1);
                int done = 0;
                while (done < written)
                {
                    int count = Math.Min(Math.Min(_ring.Frame.Room, written - done), _random.Next(1, 16385));
                    Assert.IsTrue(count > 0, "no room within what was reserved");
                    Array.Fill(_ring.Frame.Page, (byte)0xEE, _ring.Frame.Offset, count);
                    Array.Copy(
                        content,
                        Math.Min(done, content.Length),
                        _ring.Frame.Page,
                        _ring.Frame.Offset,
                        Math.Clamp(content.Length - done, 0, count)
                    );

                    _ring.Frame.Advance(count);
                    done += count;
                }

                for (int i = 0; i < 5; i++)
                {
                    int index = _random.Next(content.Length);
                    Assert.AreEqual((int)content[index], _ring.Frame.ByteAt(index));
                }

                if (content.Length >= 2)
                {
                    int at = _random.Next(Math.Max(0, content.Length - 300), content.Length - 1);
                    int within = _random.Next(1, 600);
                    int expected = LastPair(content, content[at], content[at + 1], within);
                    Assert.AreEqual(expected, _ring.Frame.LastPair(content[at], content[at + 1], content.Length, within));
                }

                if (_random.Next(12) == 0)
                {
                    _ring.Abandon();
                    return;
                }

                _nowMs += _random.Next(1, 400);
                int serial = _ring.Commit(content.Length, _nowMs);
                Assert.AreEqual(_next, serial);
                _next++;
                _held[serial] = new Model
                {
                    Content = content,
                    TimeMs = _nowMs,
                    Pinned = _ring.Recording,
                };
            }

            private static int LastPair(byte[] content, byte high, byte low, int within)
            {
                int found = -1;
                for (int i = Math.Max(0, content.Length - within); i + 1 < content.Length; i++)
                {
                    if (content[i] == high && content[i + 1] == low)
                    {
                        found = i;
                    }
                }

                return found;
            }

            // A refusal is right only if forgetting everything that may be forgotten would not have made room.
            private void MayRefuse(int bytes)
            {
                var taken = new HashSet<byte[]>();
                byte[]? lastPage = null;
                int lastEnd = 0;
                foreach (KeyValuePair<int, Model> pair in _held)
                {
                    if (!pair.Value.Pinned)
                    {
                        continue;
                    }

                    for (int piece = 0; piece < _ring.Pieces(pair.Key); piece++)
                    {
                        taken.Add(_ring.PiecePage(pair.Key, piece));
                        if (pair.Key == _next - 1)
                        {
                            lastPage = _ring.PiecePage(pair.Key, piece);
                            lastEnd = _ring.PieceOffset(pair.Key, piece) + _ring.PieceLength(pair.Key, piece);
                        }
                    }
                }

                int open = lastPage == null ? 0 : FramePages.PageBytes - lastEnd;
                int room = (_ring.Pages - taken.Count) * FramePages.PageBytes + open;
                bool slotTaken = _held.TryGetValue(_next - _maxFrames, out Model? oldest) && oldest.Pinned;
                Assert.IsTrue(slotTaken || (bytes + 511 & ~511) > room, "refused " + bytes + " with room for " + room + ", seed " + _seed);
            }

            private void Pin()
            {
                int from = _random.Next(_ring.First, _ring.Next + 1);
                int to = _random.Next(from, _ring.Next + 1);
                _ring.Pin(from, to);
                foreach (int serial in Serials(false))
                {
                    if (serial < from)
                    {
                        _held.Remove(serial);
                    }
                    else if (serial < to)
                    {
                        _held[serial].Pinned = true;
                    }
                }
            }

            private void ForgetByAge()
            {
                long age = _nowMs - _random.Next(0, 3000);
                _ring.Forget(age);
                foreach (int serial in Serials(false))
                {
                    if (_held[serial].TimeMs < age)
                    {
                        _held.Remove(serial);
                    }
                }
            }

            private void Release()
            {
                List<int> pinned = Serials(true);
                if (pinned.Count == 0)
                {
                    return;
                }

                int serial = pinned[_random.Next(3) == 0 ? _random.Next(pinned.Count) : 0];
                _ring.Release(serial);
                _held.Remove(serial);
                Assert.ThrowsExactly<ArgumentException>(() => _ring.Release(serial));
            }

            private void Counts()
            {
                List<int> buffered = Serials(false);
                List<int> pinned = Serials(true);
                Assert.AreEqual(_next, _ring.Next);
                Assert.AreEqual(buffered.Count, _ring.BufferedFrames);
                Assert.AreEqual(pinned.Count, _ring.PinnedFrames);
                Assert.AreEqual(buffered.Count == 0 ? _next : buffered[0], _ring.First, "first, seed " + _seed);
                long span = buffered.Count == 0 ? 0 : _held[buffered[^1]].TimeMs - _held[buffered[0]].TimeMs;
                Assert.AreEqual(span, _ring.BufferedMs);
                long bytes = 0;
                foreach (int serial in pinned)
                {
                    bytes += _held[serial].Content.Length + 511 & ~511;
                }

                Assert.AreEqual(bytes, _ring.PinnedBytes);
            }

            private void Contents()
            {
                // Every block of every page belongs to at most one frame, every page with none is free.
                var blocks = new Dictionary<byte[], bool[]>();
                foreach (KeyValuePair<int, Model> pair in _held)
                {
                    int serial = pair.Key;
                    byte[] content = pair.Value.Content;
                    Assert.AreEqual(content.Length, _ring.Length(serial));
                    Assert.AreEqual(pair.Value.TimeMs, _ring.TimeMs(serial));
                    int at = 0;
                    for (int piece = 0; piece < _ring.Pieces(serial); piece++)
                    {
                        byte[] page = _ring.PiecePage(serial, piece);
                        int offset = _ring.PieceOffset(serial, piece);
                        int length = _ring.PieceLength(serial, piece);
                        Assert.IsTrue(offset % 512 == 0 && length % 512 == 0 && length > 0 && offset + length <= page.Length);
                        if (!blocks.TryGetValue(page, out bool[]? taken))
                        {
                            blocks[page] = taken = new bool[FramePages.PageBytes / 512];
                        }

                        for (int block = offset / 512; block < (offset + length) / 512; block++)
                        {
                            Assert.IsFalse(taken[block], "two frames in one block, seed " + _seed);
                            taken[block] = true;
                        }

                        int payload = Math.Min(length, content.Length - at);
                        Assert.IsTrue(page.AsSpan(offset, payload).SequenceEqual(content.AsSpan(at, payload)), "content, seed " + _seed);
                        Assert.IsTrue(page.AsSpan(offset + payload, length - payload).IndexOfAnyExcept((byte)0) < 0, "tail not zero");
                        at += payload;
                        Assert.IsTrue(length - payload < 512);
                    }

                    Assert.AreEqual(content.Length, at);
                }

                Assert.AreEqual(_ring.Pages - blocks.Count, _ring.FreePages, "pages lost, seed " + _seed);
            }

            private void Empty()
            {
                _ring.Forget(long.MaxValue);
                foreach (int serial in Serials(true))
                {
                    _ring.Release(serial);
                }

                Assert.AreEqual(_ring.Pages, _ring.FreePages);
                Assert.AreEqual(0, _ring.PinnedFrames);
                Assert.AreEqual(0L, _ring.PinnedBytes);
                Assert.AreEqual(_next, _ring.First);
            }
        }
    }
}
