// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using Lapel.Evidence;
using Lapel.Hal;
using Lapel.Recorder.Tests;
using Lapel.Tests;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Recorder.Host.Tests
{
    /// <summary>
    /// Pictures of random sizes at random rates, recordings at random, in little memory: what the ring holds after it was thinned,
    /// against a list of all that was taken.
    /// </summary>
    [TestClass]
    public sealed class PreEventThinningProperties
    {
        [TestMethod]
        [TestCategory(TestSize.Sweep)]
        public void OrderContentAndTheNewestHold()
        {
            int seeds = TestSize.Of(sample: 12, sweep: 200);
            int thinned = 0;
            for (int seed = 0; seed < seeds; seed++)
            {
                thinned += new Run(seed).For(150_000);
            }

            Assert.IsGreaterThan(seeds, thinned, "nothing was thinned");
        }

        [TestMethod]
        [DataRow(141, 30, 3)]
        [DataRow(111, 30, 4)]
        [DataRow(111, 60, 10)]
        [DataRow(111, 120, 22)]
        public void AtTheDefaultRateTheTimeIsObtainedAlsoBesideHalfAMinuteOfSound(int pages, int seconds, int each)
        {
            // 30 s of sound at 32 kB/s take 30 of 141 pages.
            var clock = new FakeClock();
            var camera = new FakeCamera(clock) { ExposeUs = 30000, Length = 18000 };
            var ring = new FrameRing(pages, 2048) { ReservePages = pages / 8 };
            var pump = new CapturePump(camera, ring, clock);
            pump.Configure(FrameSize.Vga, FrameQuality.High, 100);
            var thinning = new PreEventThinning(ring, pump, seconds * 1000);
            for (long stepUs = 0; clock.NowUs < (seconds + 60) * 1_000_000L;)
            {
                pump.Step(clock.NowUs);
                if (clock.NowUs >= stepUs)
                {
                    stepUs = clock.NowUs + 250_000;
                    thinning.Step(clock.NowUs / 1000);
                }

                clock.NowUs = Math.Max(clock.NowUs + 20, Math.Min(pump.NextDueUs, stepUs));
            }

            Assert.IsLessThanOrEqualTo(each, ring.KeepEach);
            Assert.AreEqual(ShortfallReason.None, ring.Shortfall(clock.NowUs / 1000 - seconds * 1000 + each * 100));
            long newest = ring.TimeMs(ring.Next - 1);
            Assert.IsGreaterThan(seconds * 1000L - each * 100 - 300, newest - ring.TimeMs(ring.First));
            Assert.IsGreaterThanOrEqualTo(10_000L, newest - ring.TimeMs(ring.FirstUnthinned));
            Console.WriteLine($"{ring.BufferedFrames} frames, {ring.BufferedMs} ms, each {ring.KeepEach}, {ring.FreePages} pages free");
        }

        private sealed class Run
        {
            private readonly int _seed;
            private readonly Random _random;
            private readonly FakeClock _clock = new();
            private readonly FakeCamera _camera;
            private readonly FrameRing _ring;
            private readonly CapturePump _pump;
            private readonly PreEventThinning _thinning;
            private readonly int _askedMs;
            private readonly int _intervalMs;
            private readonly int _meanBytes;

            // All that was committed since the buffer began, by time: length and fill byte.
            private readonly SortedList<long, (int Length, byte Fill)> _taken = [];
            private int _seen;
            private long _sinceMs = 1500;
            private bool _isSteady = true;

            public Run(int seed)
            {
                _seed = seed;
                _random = new Random(seed * 6151 + 3);
                _camera = new FakeCamera(_clock) { ExposeUs = 30000 };
                int pages = _random.Next(40, 160);
                _ring = new FrameRing(pages, _random.Next(4) == 0 ? _random.Next(150, 400) : 2048) { ReservePages = pages / 8 };
                _pump = new CapturePump(_camera, _ring, _clock);
                _intervalMs = _random.Next(66, 250);
                _askedMs = 1000 * _random.Next(0, 121);
                _meanBytes = _random.Next(2000, 30000);

                // The first picture is like those that follow: from it alone the size of the others is taken.
                _camera.Length = _meanBytes;
                _pump.Configure(FrameSize.Vga, FrameQuality.High, _intervalMs);
                _thinning = new PreEventThinning(_ring, _pump, _askedMs);
            }

            // Returns how many times frames were found taken out.
            public int For(long ms)
            {
                int thinned = 0;
                long stepUs = 0;
                int steps = 0;
                while (_clock.NowUs < ms * 1000)
                {
                    _pump.Step(_clock.NowUs);
                    Note();
                    if (_clock.NowUs >= stepUs)
                    {
                        stepUs = _clock.NowUs + 250_000;
                        _thinning.Step(_clock.NowUs / 1000);
                        steps++;
                        if (steps % 16 == 0)
                        {
                            thinned += Check();
                        }
                        else if (_random.Next(200) == 0)
                        {
                            Record();
                        }
                    }

                    _clock.NowUs = Math.Max(_clock.NowUs + 20, Math.Min(_pump.NextDueUs, stepUs));
                }

                thinned += Check();
                Record();
                Assert.AreEqual(_ring.Pages, _ring.FreePages, "pages lost, seed " + _seed);
                return thinned;
            }

            private void Note()
            {
                if (_ring.Next == _seen)
                {
                    return;
                }

                int serial = _ring.Next - 1;
                Assert.AreEqual(_seen, serial);
                _seen = _ring.Next;
                _taken[_ring.TimeMs(serial)] = (_ring.Length(serial), Fill(serial));
                int spread = _meanBytes / 5;
                _camera.Length = _meanBytes + _random.Next(-spread, spread + 1);
                if (_seed % 4 == 3 && _random.Next(150) == 0)
                {
                    // Another scene: sizes jump.
                    _camera.Length = Math.Min(200_000, _meanBytes * _random.Next(2, 8));
                    _isSteady = false;
                }
            }

            private int Check()
            {
                // Serials are contiguous, the frames those that were taken, in order.
                Assert.AreEqual(_ring.Next - _ring.First, _ring.BufferedFrames, "serials, seed " + _seed);
                long before = -1;
                for (int serial = _ring.First; serial < _ring.Next; serial++)
                {
                    long time = _ring.TimeMs(serial);
                    Assert.IsGreaterThan(before, time, "order, seed " + _seed);
                    before = time;
                    Assert.IsTrue(_taken.TryGetValue(time, out (int Length, byte Fill) was), "no such frame, seed " + _seed);
                    Assert.AreEqual(was.Length, _ring.Length(serial));
                    Whole(serial, was.Fill);
                }

                if (_ring.First == _ring.Next)
                {
                    return 0;
                }

                // What is said not to be thinned is not.
                int stated = _ring.Next - _ring.FirstUnthinned;
                int there = CountFrom(_ring.TimeMs(_ring.FirstUnthinned));
                Assert.AreEqual(there, stated, "unthinned, seed " + _seed);
                int held = _ring.BufferedFrames;
                int all = CountFrom(_ring.TimeMs(_ring.First));
                Assert.AreEqual(all == held, _ring.FirstUnthinned == _ring.First, "thinned or not, seed " + _seed);

                // Nothing of the newest 5 s is taken out ever, and nothing of the newest 10 s while memory suffices.
                long newest = _ring.TimeMs(_ring.Next - 1);
                long unthinnedMs = newest - _ring.TimeMs(_ring.FirstUnthinned);
                if (_ring.FirstUnthinned != _ring.First)
                {
                    Assert.IsGreaterThanOrEqualTo(FrameRing.LeastWholeMs - _intervalMs - 1L, unthinnedMs, "5 s, seed " + _seed);
                }

                // Sizes vary by a fifth: memory suffices for certain where it does for the largest.
                int room = (_ring.Pages - _ring.ReservePages - 4) * FramePages.PageBytes / (_meanBytes * 6 / 5 + 512);
                room = Math.Min(room, _ring.MostFrames) - (11_000 / _intervalMs + 12);
                long apartMs = room <= 0 ? long.MaxValue : _intervalMs * ((_askedMs / _intervalMs + room) / (long)room + 1);
                if (!_isSteady || apartMs > PreEventThinning.MostApartMs)
                {
                    return all == held ? 0 : 1;
                }

                long sinceMs = _clock.NowUs / 1000 - _sinceMs;
                Assert.IsGreaterThanOrEqualTo(
                    Math.Min(Math.Min(sinceMs, _askedMs), PreEventThinning.WholeMs) - 2 * _intervalMs - 300L,
                    unthinnedMs,
                    $"10 s, seed {_seed}"
                );
                Assert.IsGreaterThanOrEqualTo(
                    Math.Min(sinceMs, _askedMs) - 2 * apartMs - 300,
                    newest - _ring.TimeMs(_ring.First),
                    $"asked, seed {_seed}: {_askedMs} ms, each {_ring.KeepEach}"
                );
                // What a recording took the memory of is missing before the first frame after it, and so it is said until that frame goes.
                if (sinceMs > _askedMs + 2 * apartMs)
                {
                    Assert.AreNotEqual(
                        ShortfallReason.Memory,
                        _ring.Shortfall(_clock.NowUs / 1000 - _askedMs + _ring.KeepEach * _intervalMs),
                        "reason, seed " + _seed
                    );
                }

                return all == held ? 0 : 1;
            }

            private int CountFrom(long timeMs)
            {
                int count = 0;
                for (int i = _taken.Count - 1; i >= 0 && _taken.Keys[i] >= timeMs; i--)
                {
                    count++;
                }

                return count;
            }

            // A press: what is buffered waits for the card, some pictures more are taken, and all go.
            private void Record()
            {
                int first = _ring.First;
                _ring.Pin(first, _ring.Next);
                _ring.Recording = true;
                for (long untilUs = _clock.NowUs + _random.Next(2_000_000); _clock.NowUs < untilUs;)
                {
                    _pump.Step(_clock.NowUs);
                    Note();
                    _clock.NowUs = Math.Max(_clock.NowUs + 20, Math.Min(_pump.NextDueUs, untilUs));
                }

                _ring.Recording = false;
                for (int serial = first; serial < _ring.Next; serial++)
                {
                    (int length, byte fill) = _taken[_ring.TimeMs(serial)];
                    Assert.AreEqual(length, _ring.Length(serial));
                    Whole(serial, fill);
                    _ring.Release(serial);
                }

                if (_ring.Frame.IsBuilding)
                {
                    // The picture under way is the first of the next buffer.
                    while (_ring.Next == _seen)
                    {
                        _pump.Step(_clock.NowUs);
                        _clock.NowUs = Math.Max(_clock.NowUs + 20, Math.Min(_pump.NextDueUs, _clock.NowUs + 20_000));
                    }

                    _taken.Clear();
                    _sinceMs = _clock.NowUs / 1000;
                    Note();
                    if (_clock.NowUs >= 150_000_000)
                    {
                        _ring.Forget(long.MaxValue);
                    }

                    return;
                }

                _taken.Clear();
                _sinceMs = _clock.NowUs / 1000;
            }

            private byte Fill(int serial)
            {
                byte[] page = _ring.PiecePage(serial, 0);
                return page[_ring.PieceOffset(serial, 0) + 4];
            }

            private void Whole(int serial, byte fill)
            {
                int left = _ring.Length(serial) - 6;
                int skip = 4;
                for (int piece = 0; piece < _ring.Pieces(serial) && left > 0; piece++)
                {
                    int length = Math.Min(_ring.PieceLength(serial, piece) - skip, left);
                    ReadOnlySpan<byte> bytes = _ring.PiecePage(serial, piece).AsSpan(_ring.PieceOffset(serial, piece) + skip, length);
                    Assert.IsLessThan(0, bytes.IndexOfAnyExcept(fill), $"content of {serial}, seed {_seed}");
                    left -= length;
                    skip = 0;
                }
            }
        }
    }
}
