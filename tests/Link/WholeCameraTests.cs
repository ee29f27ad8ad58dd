// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lapel.Authority;
using Lapel.Hal;
using Lapel.Hal.Virtual;
using Lapel.Intake;
using Lapel.Tests;
using Lapel.Verify;
using Lapel.VirtualCamera;
using Lapel.VirtualCamera.Scripts;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Link.Tests
{
    /// <summary>The client and the whole virtual camera, real firmware and all, at the two ends of a cable in virtual time.</summary>
    [TestClass]
    public sealed class WholeCameraTests
    {
        [TestMethod]
        public void What_was_recorded_is_brought_authentic_and_released()
        {
            using var bench = new CameraBench();
            bench.Record(12);
            bench.Record(4);
            int free = bench.Camera.Status.SlotsFree;
            SyncReport report = bench.Sync();
            Assert.AreEqual((0, 0), (report.Refused, report.Open));
            Assert.IsGreaterThan(3, report.Brought);
            RequireSame(bench);
            CardResult judged = CardVerifier.Verify(bench.DeviceFolder, null);
            Assert.HasCount(2, judged.Recordings);
            Assert.IsTrue(judged.AllAuthentic, string.Join("; ", judged.Findings));

            bench.Options = bench.Options with { Archive = new BenchArchive(bench.Archive) };
            SyncReport released = bench.Sync();
            Assert.AreEqual(
                (0, report.Brought, report.Brought, 0),
                (released.Brought, released.Already, released.Released, released.NotReleased),
                string.Join("; ", bench.Watch.Said)
            );
            bench.Run(3);
            Assert.AreEqual(free + report.Brought, bench.Camera.Status.SlotsFree);
            Assert.AreEqual(0, bench.Sync().Brought);
        }

        [TestMethod]
        [DataRow(115200, 2)]
        [DataRow(921600, 12)]
        [DataRow(3_000_000, 40)]
        public void At_least_95_percent_of_the_line_is_payload(int baud, int seconds)
        {
            using var bench = new CameraBench(slotBytes: 8 << 20, cardMegabytes: 96);
            bench.Record(seconds);
            bench.Options = bench.Options with { MostBaud = baud };
            (TimeSpan First, TimeSpan Last) span = (TimeSpan.MaxValue, default);
            long done = 0;
            bench.Watch = new SyncWatch
            {
                OnBytes = bytes =>
                {
                    var now = TimeSpan.FromMicroseconds(bench.Camera.NowUs);
                    if (span.First == TimeSpan.MaxValue)
                    {
                        span.First = now;
                    }

                    span.Last = now;
                    done = bytes;
                },
            };
            bench.Sync();
            double share = 100.0 * done / ((span.Last - span.First).TotalSeconds * baud / 10);
            Console.WriteLine($"whole camera, {baud} bits/s: {done / 1e6:0.0} MB, payload {share:0.0} % of the line rate");
            Assert.IsGreaterThanOrEqualTo(95.0, share);
        }

        [TestMethod]
        public void The_next_segment_is_opened_while_the_last_frames_of_one_are_on_the_line()
        {
            using var bench = new CameraBench();
            bench.Record(20);
            bench.Options = bench.Options with { MostBaud = 3_000_000 };
            var gaps = new List<double>();
            (double last, int stored) = (0, 0);
            SyncWatch watch = null!;
            watch = new SyncWatch
            {
                OnBytes = _ =>
                {
                    double now = bench.Camera.NowUs / 1e6;
                    if (watch.Said.Count > stored && stored > 0)
                    {
                        gaps.Add(now - last);
                    }

                    (last, stored) = (now, watch.Said.Count);
                },
            };
            bench.Watch = watch;
            Assert.AreEqual(0, bench.Sync().Refused);
            RequireSame(bench);
            Console.WriteLine($"{gaps.Count} times on to the next segment: {gaps.Average():0.000} s, {gaps.Max():0.000} s at most");
            Assert.IsGreaterThan(3, gaps.Count);

            // The first frame itself takes 55 ms. It was 0.33 s when the camera was asked only after the last frame had come.
            Assert.IsLessThan(0.26, gaps.Average());
        }

        [TestMethod]
        public void With_a_bit_error_in_20_kB_it_is_at_least_55_percent_and_every_byte_is_right()
        {
            using var bench = new CameraBench();
            bench.Record(10);
            bench.Options = bench.Options with { MostBaud = 921600 };
            TimeSpan from = default,
                to = default;
            long done = 0;
            bench.Watch = new SyncWatch
            {
                OnBytes = bytes =>
                {
                    to = TimeSpan.FromMicroseconds(bench.Camera.NowUs);
                    if (from == default)
                    {
                        from = to;
                        bench.Camera.Line.SetFaults(new LineFaults { Flip = 1, Seed = 4 });
                    }
                    done = bytes;
                },
            };
            Assert.AreEqual(0, bench.Sync().Refused);
            bench.Camera.Line.SetFaults(null);
            RequireSame(bench);
            double share = 100.0 * done / ((to - from).TotalSeconds * 921600 / 10);
            Console.WriteLine($"whole camera, 921600 bits/s, one bit error in 20 kB: payload {share:0.0} % of the line rate");
            Assert.IsGreaterThanOrEqualTo(55.0, share);
        }

        /// <summary>LAPEL_LONG=1 does a thousand, which takes minutes.</summary>
        [TestMethod]
        [TestCategory(TestSize.Sweep)]
        public void After_unplugs_at_random_bytes_every_sync_ends_with_the_right_bytes()
        {
            int wanted = TestSize.Of(sample: 20, sweep: 60, most: 1000),
                unplugs = 0,
                syncs = 0,
                recording = 0;
            var random = new Random(8);
            while (unplugs < wanted)
            {
                bool records = ++syncs % 2 == 0;
                using var bench = new CameraBench(cardMegabytes: records ? 96 : 48);
                bench.Record(6);

                // The next slot is opened ahead as soon as the camera buffers: a tap that lies wholly inside that one card operation of up
                // to 140 ms is not seen, since its two edges get one time. A known defect, and not what this test is about.
                bench.Run(0.5);
                bench.Record(3);
                int lost = Lost(bench);
                if (records)
                {
                    bench.Press();
                }

                if (records)
                {
                    bench.UntilPastIsDone();
                }

                bench.Options = bench.Options with { MostBaud = syncs % 5 == 0 ? 115200 : 921600, Patience = TimeSpan.FromSeconds(200) };

                // A recording fills its segments faster than they could be brought, all of them.
                if (records)
                {
                    bench.Options = bench.Options with
                    {
                        MostBaud = 921600,
                        Query = new SyncQuery
                        {
                            Recordings = new HashSet<long> { 1, 2 },
                        },
                    };
                }

                int left = 30;

                // Now and then so soon that the connection does not come to its first frame.
                void Plan() =>
                    bench.Port.UnplugAt =
                        bench.Camera.Line.BytesToHost
                        + bench.Camera.Line.BytesToDevice
                        + (random.Next(4) == 0 ? random.Next(1, 900) : random.Next(900, 200_000));
                Plan();
                bench.Port.OnUnplugged = () =>
                {
                    unplugs++;
                    if (records)
                    {
                        recording++;
                    }

                    if (--left > 0)
                    {
                        Plan();
                    }
                };
                Assert.AreEqual(0, bench.Sync().Refused);
                RequireSame(bench);
                bench.Port.UnplugAt = long.MaxValue;
                if (records)
                {
                    Assert.AreEqual(OperatingState.Recording, bench.Camera.Status.State);
                    bench.Hold();
                    bench.Run(3.3);
                    bench.Until(OperatingState.Buffering);
                    bench.Options = bench.Options with { Query = new SyncQuery() };
                    bench.Sync();
                    RequireSame(bench);
                }
                Assert.HasCount(bench.Closed(), bench.Records());
                CardResult judged = CardVerifier.Verify(bench.DeviceFolder, null);
                Assert.IsTrue(judged.AllAuthentic, string.Join("; ", judged.Findings));
                Assert.AreEqual(lost, Lost(bench), "pictures lost since the card was made");
            }
            Console.WriteLine(
                $"whole camera: {unplugs} unplugs at random bytes in {syncs} syncs, {recording} of them beside a recording; every sync "
                    + $"ended with the right bytes"
            );
        }

        [TestMethod]
        [TestCategory(TestSize.Sweep)]
        [DataRow(115200)]
        [DataRow(921600)]
        public void A_camera_that_restarts_in_the_middle_is_logged_in_to_again(int baud)
        {
            var random = new Random(baud);
            for (int i = 0; i < TestSize.Of(sample: 2, sweep: 12); i++)
            {
                using var bench = new CameraBench();
                bench.Record(4);
                bench.Run(0.5);
                bench.Options = bench.Options with
                {
                    MostBaud = baud,
                    Archive = i % 2 == 0 ? null : new BenchArchive(bench.Archive),
                };
                long at = random.Next(2_000, 900_000);
                int boots = 0;
                bench.Watch = new SyncWatch
                {
                    OnBytes = bytes =>
                    {
                        if (boots == 0 && bytes >= at)
                        {
                            boots++;
                            bench.Camera.CutPower();
                            bench.Run(0.4);
                            bench.Camera.Boot();
                        }
                    },
                };
                SyncReport report = bench.Sync();
                Assert.AreEqual(1, boots);
                Assert.AreEqual((0, 0), (report.Refused, report.NotReleased), string.Join("; ", bench.Watch.Said));
                if (bench.Options.Archive == null)
                {
                    RequireSame(bench);
                }
                else
                {
                    // The slots are free again, and one is in use already.
                    Assert.IsTrue(bench.Records().All(record => record.ReleasedUtc != null));
                    Assert.HasCount(report.Released, bench.Records());
                }

                Assert.IsTrue(CardVerifier.Verify(bench.DeviceFolder, null).AllAuthentic);
            }
        }

        [TestMethod]
        public void A_gesture_keeps_its_times_in_the_middle_of_a_long_call()
        {
            using var bench = new CameraBench();
            VirtualBoardParts parts = bench.Camera.Parts;
            long from = parts.Clock.NowUs;
            var down = new List<bool>();
            bench.Camera.Play(Button.Record, Gestures.Double);
            foreach (long at in new[] { 1_000, 99_000, 101_000, 249_000, 251_000, 349_000, 351_000 })
            {
                parts.Clock.At(from + at, () => down.Add(parts.RecordButton.IsDown));
            }

            // As a signature does, or a card that stalls.
            parts.Clock.Advance(500_000);
            CollectionAssert.AreEqual(new[] { true, true, false, false, true, true, false }, down);
        }

        [TestMethod]
        public void A_sync_during_a_recording_drops_no_frame()
        {
            using var bench = new CameraBench();
            bench.Record(8);
            bench.Options = bench.Options with { MostBaud = 921600 };
            int state = 0;
            long since = 0,
                first = 0,
                during = 0;
            bench.Watch = new SyncWatch
            {
                OnBytes = bytes =>
                {
                    if (state == 2)
                    {
                        first = first == 0 ? bytes : first;
                        during = bytes - first;
                    }

                    if (state != 0 || bytes < 400_000)
                    {
                        return;
                    }

                    state = 1;
                    bench.Press();
                },
            };
            bench.Port.OnTurn = () =>
            {
                if (state == 1 && bench.Camera.Status.State == OperatingState.Recording)
                {
                    (state, since) = (2, bench.Camera.NowUs);
                }

                if (state == 2 && bench.Camera.NowUs - since > 10_000_000)
                {
                    state = 3;
                    bench.Hold();
                }
            };
            int drops = bench.Camera.Status.Drops;
            bench.Sync();
            bench.Until(OperatingState.Buffering);
            bench.Sync();
            Assert.AreEqual(3, state);

            // In bytes: how many frames that is depends on the block that host and line have settled on, 4 to 16 KiB.
            Assert.IsGreaterThan(50L * 4096, during, "bytes of evidence that came beside the recording");
            RequireSame(bench);
            CardResult judged = CardVerifier.Verify(bench.DeviceFolder, null);
            Assert.HasCount(2, judged.Recordings);
            Assert.IsTrue(judged.AllAuthentic);
            RecordingResult second = judged.Recordings[1];
            Assert.AreEqual(drops, bench.Camera.Status.Drops);
            Assert.AreEqual((0UL, 0UL, 0UL), (second.Capture!.NoMemory, second.Capture.Damaged, second.Capture.Missed));
        }

        private static int Lost(CameraBench bench) => bench.Camera.Firmware.Pump.Missed + bench.Camera.Status.Drops;

        /// <summary>Every closed slot of the card is stored, and what it claims is the same byte for byte.</summary>
        internal static void RequireSame(CameraBench bench)
        {
            IReadOnlyList<SegmentRecord> records = bench.Records();
            Assert.IsNotEmpty(records);
            foreach (SegmentRecord record in records)
            {
                byte[] card = bench.Slot(record.Slot);
                byte[] stored = File.ReadAllBytes(
                    Path.Combine(bench.DeviceFolder, record.Recording.ToString("000000"), record.Segment.ToString("0000") + ".mp4")
                );
                Assert.HasCount(card.Length, stored);
                int same = stored.AsSpan().CommonPrefixLength(card),
                    end = stored.Length - 16384;
                Assert.IsTrue(stored.AsSpan(end).SequenceEqual(card.AsSpan(end)));
                if (same < end)
                {
                    Assert.AreEqual(-1, stored.AsSpan(same, end - same).IndexOfAnyExcept((byte)0), "only stale bytes are left away");
                }
            }
        }
    }
}
