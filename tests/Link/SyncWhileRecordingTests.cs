// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lapel.Evidence;
using Lapel.Hal.Virtual;
using Lapel.Intake;
using Lapel.Tests;
using Lapel.Verify;
using Lapel.VirtualCamera;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Link.Tests
{
    /// <summary>
    /// What was recorded before is brought while the whole camera records: as fast as the recording leaves time, which it is never short
    /// of.
    /// </summary>
    [TestClass]
    public sealed class SyncWhileRecordingTests
    {
        /// <summary>
        /// Bytes a second that a card of 400 kB/s has to spare beside 8 pictures of 18 kB a second: what is left of each half second, at
        /// 800 kB/s.
        /// </summary>
        private const double CardSpare = 150_000;

        /// <summary>
        /// A card this fast has time to spare in every second; one that just keeps up with the pictures has none for many seconds on end,
        /// and the sync waits.
        /// </summary>
        private const int AmpleRate = 400;

        /// <summary>
        /// Of what line and card could do at least so much, in slots of 1 MiB of which each is left alone for its last 1.5 s of 7.
        /// </summary>
        private const double LeastShare = 0.4;

        /// <summary>The longest open, and the longest read.</summary>
        private const int OpenMs = 140,
            ReadMs = 25;

        [TestMethod]
        [DataRow(400, 0, new[] { 921600, 3_000_000 })]
        [DataRow(250, 0, new[] { 921600 })]
        [DataRow(400, 110, new[] { 921600 })]
        public void Segments_are_brought_while_recording_and_no_picture_is_lost_late_or_made_coarser(
            int cardRate,
            int stallEvery,
            int[] bauds
        )
        {
            Watched alone = Record(cardRate, stallEvery, 0);
            foreach (int baud in bauds)
            {
                Compare(alone, cardRate, stallEvery, baud);
            }
        }

        [TestMethod]
        [TestCategory(TestSize.Sweep)]
        public void A_press_in_the_middle_of_a_sync_waits_for_one_card_operation_at_most()
        {
            double[] alone = [.. Enumerable.Range(0, 6).Select(i => PressToWrite(afterMs: 37 * i))];
            int presses = TestSize.Of(sample: 6, sweep: 24),
                apart = 744_000 / presses;
            double[] synced = [.. Enumerable.Range(0, presses).Select(i => PressToWrite(afterBytes: 300_000 + apart * i))];
            Console.WriteLine(
                $"from the press to the first write {alone.Min():0} to {alone.Max():0} ms, in a sync {synced.Min():0} to "
                    + $"{synced.Max():0} ms: {string.Join(" ", synced.Select(ms => ms.ToString("0")))}"
            );
            Assert.IsLessThan(alone.Max() + OpenMs, synced.Max());
            Assert.IsLessThan(alone.Max() + ReadMs, synced.Order().ElementAt(synced.Length / 2), "most presses meet a read");
        }

        [TestMethod]
        public void While_quality_or_rate_is_held_down_nothing_is_read()
        {
            using var bench = new CameraBench(slotBytes: 8 << 20, cardMegabytes: 96);
            bench.Record(6);
            bench.Camera.Parts.Card.Times.WriteRate = 90_000;
            bench.Press();
            bench.Until(OperatingState.Recording, 5);
            while (!bench.Camera.Firmware.Governor.IsDegraded)
            {
                bench.Run(1);
            }

            using CameraConnection connection = CameraConnection.Open(bench.Port);
            connection.Evidence.Login(bench.Dock, CameraRole.Dock);
            int asked = 0;
            for (
                long until = bench.Camera.NowUs + 60_000_000;
                bench.Camera.NowUs < until && bench.Camera.Firmware.Governor.IsDegraded;
                asked++
            )
            {
                byte sequence = connection.Evidence.SendRange(0, 0, 4096, 512);
                while (connection.Smp.Next(TimeSpan.FromSeconds(2)) is SmpMessage message)
                {
                    if (message.Sequence != sequence)
                    {
                        continue;
                    }

                    Assert.IsTrue(
                        Assert.ThrowsExactly<LinkException>(() => SmpClient.Content(message)).Is(EvidenceGroup.Id, (int)EvidenceError.Busy)
                    );
                    break;
                }
            }
            Assert.IsGreaterThan(20, asked);
        }

        [TestMethod]
        public void A_receipt_and_ranges_at_once_take_one_file_in_turn()
        {
            using var bench = new CameraBench();
            bench.Record(10);
            bench.Sync();
            using CameraConnection connection = CameraConnection.Open(bench.Port);
            connection.Evidence.Login(bench.Dock, CameraRole.Dock);
            IReadOnlyList<SegmentRecord> records = bench.Records();

            // The catalogue has such a segment; what lies in the slot is another recording's. So the slot is opened each time, and nothing
            // is released.
            byte[] receipt = bench.Receipt(records[0] with { RecordingId = new string('0', 32) });
            for (int delay = 0; delay < 40; delay++)
            {
                long task = connection
                    .Smp.Ask(SmpOp.Write, EvidenceGroup.Id, EvidenceGroup.ReceiptCommand, to => to.Pair("r", receipt), tries: 1)
                    .Number("task");
                bench.Run(delay * 0.02);
                byte first = connection.Evidence.SendRange(records[1].Slot, 0, 8192, 4096),
                    second = connection.Evidence.SendRange(records[2].Slot, 0, 8192, 4096);
                var answered = new List<byte>();
                while (answered.Count < 2 && connection.Smp.Next(TimeSpan.FromSeconds(3)) is SmpMessage message)
                {
                    SmpClient.Content(message);
                    answered.Add(message.Sequence);
                }
                CollectionAssert.AreEqual(new[] { first, second }, answered, $"{delay}");
                Assert.AreEqual(TaskResult.NoSuchSegment, connection.Evidence.Wait(task).Result);
            }
        }

        [TestMethod]
        public void A_range_in_the_cards_self_test_is_told_to_wait()
        {
            using var bench = new CameraBench();
            bench.Record(4);
            using CameraConnection connection = CameraConnection.Open(bench.Port);
            connection.Evidence.Login(bench.Dock, CameraRole.Dock);
            connection.Smp.Type("selftest card\r"u8);
            var codes = new List<int>();
            for (int i = 0; i < 20; i++)
            {
                byte sequence = connection.Evidence.SendRange(0, 0, 512, 512);
                SmpMessage? message;
                do
                {
                    message = connection.Smp.Next(TimeSpan.FromSeconds(2));
                } while (message != null && message.Sequence != sequence);
                Assert.IsNotNull(message);
                try
                {
                    SmpClient.Content(message);
                    codes.Add(0);
                }
                catch (LinkException error)
                {
                    codes.Add(error.Code);
                }
                bench.Run(0.1);
            }
            Assert.IsTrue(codes.TrueForAll(code => code is 0 or (int)EvidenceError.Busy), string.Join(" ", codes));
        }

        private static void Compare(Watched alone, int cardRate, int stallEvery, int baud)
        {
            Watched synced = Record(cardRate, stallEvery, baud);
            Console.WriteLine(
                $"card {cardRate} kB/s, a stall each {stallEvery} writes, {baud} bits/s: {synced.Brought} segments, "
                    + $"{synced.Bytes / 1e6:0.0} MB at {synced.BytesPerSecond / 1e3:0.0} kB/s, "
                    + $"{100.0 * synced.BytesPerSecond / (baud / 10):0} % of the line; latest picture {synced.LatestMs} ms, without a "
                    + $"sync {alone.LatestMs} ms; "
                    + $"between two fragments {synced.LongestMs} ms, without a sync {alone.LongestMs} ms; {synced.Segments} segments "
                    + $"written meanwhile"
            );
            Assert.IsGreaterThan(2, synced.Brought);
            if (cardRate >= AmpleRate)
            {
                Assert.IsGreaterThan(LeastShare, synced.BytesPerSecond / Math.Min(baud / 10, CardSpare));
            }

            Assert.IsLessThan(alone.LatestMs + OpenMs, synced.LatestMs);
            Assert.IsLessThan(alone.LongestMs + OpenMs + ReadMs, synced.LongestMs);
        }

        /// <summary>From a press with everything ready, in virtual time, to the first write of its recording.</summary>
        /// <param name="afterMs">Pressed after so long, without a sync.</param>
        /// <param name="afterBytes">Pressed when a sync has brought so many bytes; 0: there is none.</param>
        private static double PressToWrite(int afterMs = 0, int afterBytes = 0)
        {
            using var bench = new CameraBench();
            bench.Record(10);

            // The finger that held it is off the button.
            bench.Run(0.1);
            var first = new FirstWrite(bench);
            long pressed = 0;
            bench.Port.OnTurn = () =>
            {
                if (pressed != 0)
                {
                    bench.Camera.Parts.Card.Observer = first;
                }
            };
            if (afterBytes > 0)
            {
                bench.Watch = new SyncWatch
                {
                    OnBytes = bytes =>
                    {
                        if (pressed != 0 || bytes < afterBytes)
                        {
                            return;
                        }

                        pressed = bench.Camera.NowUs;
                        bench.Press();
                    },
                };
                bench.Sync();
            }
            else
            {
                bench.Run(afterMs / 1e3);
                pressed = bench.Camera.NowUs;
                bench.Press();
                bench.Run(3);
            }
            Assert.AreEqual(OperatingState.Recording, bench.Camera.Status.State);
            return (first.AtUs - pressed) / 1e3;
        }

        /// <summary>A recording of 30 s or as long as the sync lasts, watched.</summary>
        private static Watched Record(int cardRate, int stallEvery, int baud)
        {
            using var bench = new CameraBench(slotBytes: 1 << 20, cardMegabytes: 96);
            bench.Record(12);
            bench.Record(6);
            bench.Camera.Parts.Card.Times.WriteRate = cardRate * 1000;
            bench.Camera.Parts.Card.Times.StallEvery = stallEvery;
            bench.Press();
            bench.Until(OperatingState.Recording, 5);
            var watched = new Watched(bench);
            bench.UntilPastIsDone();
            bench.Port.OnTurn = watched.Turn;
            bench.Camera.Parts.Card.Observer = watched;
            long closed = bench.Closed();
            long from = bench.Camera.NowUs;
            if (baud > 0)
            {
                // Not what this recording fills meanwhile, faster than the slow card lets it go.
                bench.Options = bench.Options with
                {
                    MostBaud = baud,
                    Query = new SyncQuery
                    {
                        Recordings = new HashSet<long> { 1, 2 },
                    },
                };
                long first = 0,
                    last = 0;
                bench.Watch = new SyncWatch
                {
                    OnBytes = bytes =>
                    {
                        if (first == 0)
                        {
                            first = bench.Camera.NowUs;
                        }

                        (last, watched.Bytes) = (bench.Camera.NowUs, bytes);
                    },
                };
                SyncReport report = bench.Sync();
                Assert.AreEqual(OperatingState.Recording, bench.Camera.Status.State, string.Join("; ", bench.Watch.Said));
                if (cardRate >= AmpleRate)
                {
                    Assert.IsFalse(
                        bench.Watch.Said.Any(s => s.StartsWith("waits", StringComparison.Ordinal)),
                        string.Join("; ", bench.Watch.Said)
                    );
                }

                Assert.AreEqual(0, report.Refused);
                watched.Brought = report.Brought;
                watched.BytesPerSecond = watched.Bytes * 1e6 / (last - first);
            }
            while (bench.Camera.NowUs - from < 30_000_000)
            {
                bench.Run(1);
            }

            bench.Port.OnTurn = null;
            bench.Camera.Parts.Card.Observer = null;
            bench.Hold();
            bench.Run(3.3);
            bench.Until(OperatingState.Buffering);
            watched.Segments = (int)(bench.Closed() - closed);
            bench.Options = bench.Options with { MostBaud = 3_000_000, Query = new SyncQuery() };
            bench.Watch = new SyncWatch();
            bench.Sync();
            CardResult judged = CardVerifier.Verify(bench.DeviceFolder, null);
            Assert.HasCount(3, judged.Recordings);
            Assert.IsTrue(judged.AllAuthentic, string.Join("; ", judged.Findings));
            RecordingResult during = judged.Recordings[2];
            Assert.AreEqual((0UL, 0UL, 0UL), (during.Capture!.NoMemory, during.Capture.Damaged, during.Capture.Missed));
            Assert.AreEqual(0UL, during.Statistics!.GovernorChanges);
            watched.Changes = (int)during.Statistics.GovernorChanges;
            WholeCameraTests.RequireSame(bench);
            return watched;
        }

        /// <summary>When the present's first segment is begun.</summary>
        private sealed class FirstWrite(CameraBench bench) : ISectorObserver
        {
            public long AtUs { get; private set; }

            public void BeforeWrite(string path, long sector, ReadOnlySpan<byte> content)
            {
                if (AtUs == 0 && sector == 0 && path.EndsWith(".MP4", StringComparison.Ordinal))
                {
                    AtUs = bench.Camera.NowUs;
                }
            }
        }

        /// <summary>Looks at the camera in each turn of its loop.</summary>
        private sealed class Watched(CameraBench bench) : ISectorObserver
        {
            private long _trailerUs;

            public void BeforeChange(VolumeChange change, string path) { }

            public void BeforeWrite(string path, long sector, ReadOnlySpan<byte> content)
            {
                if (!content[4..8].SequenceEqual("uuid"u8) || !UserType.Is(content.ToArray(), 0, UserType.FragmentTrailer))
                {
                    return;
                }

                long now = bench.Camera.NowUs;
                if (_trailerUs != 0)
                {
                    LongestMs = Math.Max(LongestMs, (now - _trailerUs) / 1000);
                }

                _trailerUs = now;
            }

            private int _captured;

            public int Brought { get; set; }

            public int Segments { get; set; }

            public int Changes { get; set; }

            public long Bytes { get; set; }

            public double BytesPerSecond { get; set; }

            public int LatestMs { get; private set; }

            /// <summary>From one fragment that is whole on the card to the next: what a power cut takes.</summary>
            public long LongestMs { get; private set; }

            public void Turn()
            {
                var pump = bench.Camera.Firmware.Pump;
                if (pump.Captured == _captured)
                {
                    return;
                }

                _captured = pump.Captured;
                LatestMs = Math.Max(LatestMs, pump.LateMs);
            }
        }
    }
}
