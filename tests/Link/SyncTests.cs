// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Lapel.Intake;
using Lapel.Tests;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Link.Tests
{
    /// <summary>A whole sync into a store, with everything that may go wrong on the way.</summary>
    [TestClass]
    public sealed class SyncTests
    {
        public TestContext TestContext { get; set; } = null!;

        [TestMethod]
        public void Everything_closed_is_brought_verified_and_recorded()
        {
            using var bench = new SyncBench(Footage.Camera([3, 1, 2]));
            bench.Camera.AuditLog = Footage.AuditLog(4096, 300, 5);
            SyncReport report = bench.Sync();
            Assert.AreEqual((6, 0, 0, 0), (report.Brought, report.Already, report.Refused, report.Open));
            bench.RequireAll();
            Assert.AreEqual(bench.Watch.Total, bench.Watch.Most);
            CollectionAssert.AreEqual(bench.Camera.AuditLog, File.ReadAllBytes(Path.Combine(bench.DeviceFolder, "AUDIT.LOG")));
            CollectionAssert.AreEqual(bench.Camera.Device.KeyFile(), File.ReadAllBytes(Path.Combine(bench.DeviceFolder, "DEVICE.PUB")));
            ReferenceItem item = bench.Camera.Items[4];
            SegmentRecord record = SegmentRecord.Read(File.ReadAllBytes(Path.ChangeExtension(bench.PathOf(item), ".json")))!;
            Assert.AreEqual(
                (Convert.ToHexStringLower(item.CloseDigest), item.Slot, (long)item.Bytes.Length, null),
                (record.CloseDigest, record.Slot, record.Bytes, record.ReleasedUtc)
            );

            SyncReport again = bench.Sync();
            Assert.AreEqual((0, 6), (again.Brought, again.Already));
        }

        [TestMethod]
        public void Of_the_audit_log_only_what_is_new_is_brought_and_another_cards_log_does_not_replace_it()
        {
            using var bench = new SyncBench(Footage.Camera([]));
            string copy = Path.Combine(bench.DeviceFolder, "AUDIT.LOG");
            long last = 0;
            // Written up to here, then through the end of the ring and around.
            foreach (int written in new[] { 700, 710, 1500, 2040, 2070, 2500 })
            {
                bench.Camera.AuditLog = Footage.AuditLog(2048, written, 5);
                long before = bench.Wire.Passed;
                bench.Sync();
                CollectionAssert.AreEqual(bench.Camera.AuditLog, File.ReadAllBytes(copy), $"{written}");
                int grown = (int)(written - last);
                Assert.IsLessThan(2000 + (grown + 2 * 128 + 16) * 545L, bench.Wire.Passed - before, $"{written}");
                last = written;
            }
            // What the camera has overwritten since it was brought is kept, in order.
            string put = Path.Combine(bench.DeviceFolder, "AUDIT-0000000000000005.OLD");
            CollectionAssert.AreEqual(
                Footage.AuditLog(2048, 2500 - 2048, 5).AsSpan(0, (2500 - 2048) * 512).ToArray(),
                File.ReadAllBytes(put)
            );
            bench.Camera.AuditLog = Footage.AuditLog(2048, 20, 6);
            bench.Sync();
            CollectionAssert.AreEqual(bench.Camera.AuditLog, File.ReadAllBytes(copy));
            CollectionAssert.AreEqual(
                Footage.AuditLog(2048, 2500, 5),
                File.ReadAllBytes(Path.Combine(bench.DeviceFolder, "AUDIT-0000000000000005.LOG"))
            );
            // The first card again: its copy is gone on with.
            bench.Camera.AuditLog = Footage.AuditLog(2048, 2510, 5);
            bench.Sync();
            CollectionAssert.AreEqual(bench.Camera.AuditLog, File.ReadAllBytes(copy));
            CollectionAssert.AreEqual(
                Footage.AuditLog(2048, 20, 6),
                File.ReadAllBytes(Path.Combine(bench.DeviceFolder, "AUDIT-0000000000000006.LOG"))
            );
            Assert.IsFalse(File.Exists(Path.Combine(bench.DeviceFolder, "AUDIT-0000000000000005.LOG")));
            CollectionAssert.AreEqual(
                Footage.AuditLog(2048, 2510 - 2048, 5).AsSpan(0, (2510 - 2048) * 512).ToArray(),
                File.ReadAllBytes(put)
            );
        }

        [TestMethod]
        [DataRow(1, 0)]
        [DataRow(3, 0)]
        [DataRow(3, 2)]
        [DataRow(3, 40)]
        public void A_log_that_was_cut_back_is_told_and_what_the_store_had_of_it_is_kept(int cut, int written)
        {
            using var bench = new SyncBench(Footage.Camera([]));
            bench.Camera.AuditLog = Footage.AuditLog(2048, 700, 5);
            Assert.IsNull(bench.Sync().LogProblem);
            byte[] before = bench.Camera.AuditLog[((700 - cut) * 512)..(700 * 512)];
            // Behind the cut the camera writes on at the same places.
            byte[] log = Footage.AuditLog(2048, 700 - cut, 5),
                other = Footage.AuditLog(2048, 700 - cut + written, 5, salt: 1);
            other.AsSpan((700 - cut) * 512, written * 512).CopyTo(log.AsSpan((700 - cut) * 512));
            bench.Camera.AuditLog = log;
            SyncReport report = bench.Sync();
            Assert.Contains("cut back", report.LogProblem!);
            Assert.IsFalse(report.IsGood);
            CollectionAssert.AreEqual(log, File.ReadAllBytes(Path.Combine(bench.DeviceFolder, "AUDIT.LOG")));
            CollectionAssert.AreEqual(before, File.ReadAllBytes(Path.Combine(bench.DeviceFolder, "AUDIT-0000000000000005.OLD")));
        }

        [TestMethod]
        public void A_log_without_the_sector_that_the_camera_wrote_last_is_told()
        {
            using var bench = new SyncBench(Footage.Camera([]));
            bench.Camera.AuditLog = Footage.AuditLog(2048, 700, 5);
            bench.Camera.LogState = new LogState(702, new byte[32], 0, 650, 650, false);
            Assert.Contains("has no sector 702, the last one that the camera has written", bench.Sync().LogProblem!);
            bench.Camera.LogState = new LogState(702, new byte[32], 2, 650, 640, true);
            Assert.Contains("had written up to sector 650 to it, and found sector 640 at its end", bench.Sync().LogProblem!);
        }

        [TestMethod]
        public void A_disk_that_fills_while_overwritten_sectors_are_put_away_loses_none()
        {
            using var bench = new SyncBench(Footage.Camera([]));
            bench.Camera.AuditLog = Footage.AuditLog(64, 60, 5);
            bench.Sync();
            bench.Camera.AuditLog = Footage.AuditLog(64, 100, 5);
            var disk = new FailingDisk { Room = 10 * 512 + 100 };
            bench.Options = bench.Options with { Disk = disk };
            Assert.ThrowsExactly<StoreException>(() => bench.Sync());
            disk.Room = long.MaxValue;
            bench.Sync();
            byte[] put = File.ReadAllBytes(Path.Combine(bench.DeviceFolder, "AUDIT-0000000000000005.OLD"));
            byte[] gone = Footage.AuditLog(64, 36, 5).AsSpan(0, 36 * 512).ToArray();
            CollectionAssert.AreEqual(gone, put.AsSpan(put.Length - gone.Length).ToArray());
        }

        [TestMethod]
        public void Queries_choose_by_number_and_time_and_open_segments_stay()
        {
            using var bench = new SyncBench(Footage.Camera([1, 1, 1, 1], 1, 96));
            bench.Camera.Items[3].State = 1;
            bench.Options = bench.Options with
            {
                Query = new SyncQuery
                {
                    Recordings = new HashSet<long> { 2, 4 },
                },
            };
            SyncReport report = bench.Sync();
            Assert.AreEqual((1, 1), (report.Brought, report.Open));
            CollectionAssert.AreEqual(new[] { "begin 1 segments, 0 stored", "stored 2/0" }, bench.Watch.Said);

            DateTime third = DateTime.UnixEpoch.AddSeconds(bench.Camera.Items[2].UtcSeconds);
            bench.Options = bench.Options with { Query = new SyncQuery { Since = third } };
            Assert.AreEqual(1, bench.Sync().Brought);
            bench.Options = bench.Options with { Query = new SyncQuery { Until = third } };
            SyncReport last = bench.Sync();
            Assert.AreEqual((1, 1), (last.Brought, last.Already));
        }

        [TestMethod]
        [TestCategory(TestSize.Sweep)]
        public void After_unplugs_at_random_bytes_every_sync_ends_with_the_right_bytes()
        {
            int wanted = TestSize.Of(sample: 100, sweep: 1000),
                unplugs = 0,
                syncs = 0;
            long resumed = 0;
            var random = new Random(42);
            while (unplugs < wanted)
            {
                using var bench = new SyncBench(Footage.Camera([2, 1], 3, 256), ++syncs);
                bench.Camera.AuditLog = Footage.AuditLog(64, 10 + syncs % 50, (ulong)syncs);
                long next = 0;
                void Plan() =>
                    bench.Wire.Faults.UnplugAfter = next =
                        bench.Wire.Passed + (random.Next(4) == 0 ? random.Next(1, 900) : random.Next(900, 60_000));
                Plan();
                int left = 40;
                bench.InPause = () =>
                {
                    if (--left > 0)
                    {
                        Plan();
                    }
                };
                bench.Sync();
                bench.RequireAll();
                CollectionAssert.AreEqual(bench.Camera.AuditLog, File.ReadAllBytes(Path.Combine(bench.DeviceFolder, "AUDIT.LOG")));
                unplugs += bench.Wire.Unplugged;
                resumed += bench.Wire.Passed;
            }
            TestContext.WriteLine(
                $"unplugs: {unplugs} at random bytes in {syncs} syncs, {resumed / 1000} kB over the wire, every sync ended with the "
                    + $"right bytes"
            );
        }

        [TestMethod]
        public void A_process_that_ends_anywhere_leaves_what_the_next_goes_on_with()
        {
            var random = new Random(5);
            using var bench = new SyncBench(Footage.Camera([2, 2], 20, 1024));
            int ends = 0;
            long carried = 0;
            while (true)
            {
                bench.Options = bench.Options with { Patience = TimeSpan.Zero };
                bench.Wire.Faults.UnplugAfter = bench.Wire.Passed + random.Next(100_000, 700_000);
                bench.InPause = () => throw new OperationCanceledException();
                try
                {
                    bench.Sync();
                    break;
                }
                catch (Exception error) when (error is LinkException or OperationCanceledException)
                {
                    ends++;
                }
            }
            bench.RequireAll();
            carried = bench.Wire.Passed;
            Assert.IsGreaterThan(2, ends);
            long all = bench.Camera.Items.Sum(i => i.Sectors * 512);
            // Each end costs at most the two ranges under way, and the last notice of the map.
            Assert.IsLessThan(all + (ends + 1) * 600_000L, carried);
        }

        [TestMethod]
        public void A_full_disk_is_named_nothing_is_broken_and_the_next_run_goes_on()
        {
            using var bench = new SyncBench(Footage.Camera([2, 1], 4, 256));
            var disk = new FailingDisk();
            bench.Options = bench.Options with { Disk = disk };
            int full = 0;
            for (long room = 3000; ; room = 40_000)
            {
                disk.Room = room;
                try
                {
                    bench.Sync();
                    break;
                }
                catch (StoreException error)
                {
                    Assert.AreEqual($"the disk of {bench.Options.Folder} is full", error.Message);
                    Assert.StartsWith("make room and run it again", error.Hint!);
                    full++;
                }
                foreach (string whole in Directory.GetFiles(bench.DeviceFolder, "*.mp4", SearchOption.AllDirectories))
                {
                    Assert.Contains(whole, bench.Camera.Items.Select(bench.PathOf));
                }
            }
            Assert.IsGreaterThan(3, full);
            bench.RequireAll();
        }

        [TestMethod]
        public void A_folder_that_cannot_be_written_is_named()
        {
            if (!OperatingSystem.IsLinux())
            {
                Assert.Inconclusive("needs a folder that nobody can write");
            }

            using var bench = new SyncBench(Footage.Camera([1], 1, 96));
            bench.Options = bench.Options with { Folder = "/proc/lapel-store" };
            StoreException error = Assert.ThrowsExactly<StoreException>(() => bench.Sync());
            Assert.Contains("/proc/lapel-store", error.Message);
        }

        [TestMethod]
        public void A_wrong_key_ends_it_before_anything_is_brought()
        {
            using var bench = new SyncBench(Footage.Camera([1], 1, 96)) { Station = new ForgedStation(0x66) };
            LinkException error = Assert.ThrowsExactly<LinkException>(() => bench.Sync());
            Assert.AreEqual("log-in refused: the camera does not know that key", error.Message);
            Assert.IsFalse(Directory.Exists(bench.Options.Folder));
        }

        [TestMethod]
        public void No_device_a_mute_one_and_a_foreign_one_are_told_apart()
        {
            using var bench = new SyncBench(Footage.Camera([1], 1, 96));
            bench.Wire.IsThere = false;
            Assert.AreEqual(LinkFailure.NoPort, Assert.ThrowsExactly<LinkException>(() => bench.Sync()).Failure);
            bench.Wire.IsThere = true;
            bench.Camera.IsMute = true;
            Assert.AreEqual(LinkFailure.Silent, Assert.ThrowsExactly<LinkException>(() => bench.Sync()).Failure);
            var foreign = new ForeignPort("$GPGGA,120000,4807.038,N,01131.000,E,1,08,0.9,545.4,M\r\n");
            LinkException error = Assert.ThrowsExactly<LinkException>(() => CameraConnection.Open(foreign));
            Assert.AreEqual((LinkFailure.NotLapel, "what answers at gps is no Lapel camera"), (error.Failure, error.Message));
        }

        [TestMethod]
        public void A_recording_comes_first_and_the_sync_waits_for_its_end()
        {
            using var bench = new SyncBench(Footage.Camera([2], 20, 1024));
            bench.Options = bench.Options with { Patience = TimeSpan.FromMinutes(5) };
            bool began = false;
            bench.Watch = new SyncWatch { OnBytes = done => bench.Camera.IsRecording |= done > 200_000 && !began };
            int pauses = 0;
            bench.InPause = () =>
            {
                began = true;
                if (++pauses == 5)
                {
                    bench.Camera.IsRecording = false;
                }
            };
            bench.Sync();
            bench.RequireAll();
            Assert.IsGreaterThanOrEqualTo(5, pauses);
            Assert.IsTrue(bench.Watch.Said.Any(s => s.StartsWith("waits: the camera is busy: it records", StringComparison.Ordinal)));
        }

        [TestMethod]
        public void A_segment_with_another_close_digest_than_the_camera_told_is_refused()
        {
            using var bench = new SyncBench(Footage.Camera([1], 1, 96));
            bench.Camera.TellsWrongDigest = true;
            Assert.AreEqual((0, 1), (bench.Sync().Brought, Directory.GetFiles(Path.Combine(bench.DeviceFolder, "refused")).Length));
            Assert.IsTrue(
                bench.Watch.Said.Any(s => s.EndsWith("its close digest is not the one that the camera told", StringComparison.Ordinal))
            );
            bench.Camera.TellsWrongDigest = false;
            Assert.AreEqual(1, bench.Sync().Brought);
        }

        [TestMethod]
        public void A_recording_that_does_not_end_uses_up_the_patience()
        {
            using var bench = new SyncBench(Footage.Camera([1], 1, 96));
            bench.Camera.IsRecording = true;
            LinkException error = Assert.ThrowsExactly<LinkException>(() => bench.Sync());
            Assert.IsTrue(error.Is(EvidenceGroup.Id, (int)EvidenceError.Busy));
            Assert.AreEqual("wait for the recording to end, then try again", error.Hint);
        }

        [TestMethod]
        public void A_card_error_in_the_middle_loses_nothing()
        {
            using var bench = new SyncBench(Footage.Camera([3], 12, 1024));
            bench.Camera.CardFault = (1, 100_000);
            LinkException error = Assert.ThrowsExactly<LinkException>(() => bench.Sync());
            Assert.AreEqual("the camera cannot read its card", error.Message);
            Assert.IsTrue(File.Exists(bench.PathOf(bench.Camera.Items[0])));
            Assert.IsFalse(File.Exists(bench.PathOf(bench.Camera.Items[1])));
            bench.Camera.CardFault = null;
            bench.Sync();
            bench.RequireAll();
        }

        [TestMethod]
        public void What_does_not_verify_is_kept_apart_and_the_others_are_brought()
        {
            ReferenceCamera camera = Footage.Camera([1, 1], 4, 256);
            camera.Items[0].Bytes[40_000] ^= 1;
            using var bench = new SyncBench(camera);
            SyncReport report = bench.Sync();
            Assert.AreEqual((1, 1), (report.Brought, report.Refused));
            Assert.IsFalse(File.Exists(bench.PathOf(camera.Items[0])));
            Assert.HasCount(1, Directory.GetFiles(Path.Combine(bench.DeviceFolder, "refused")));
            StringAssert.StartsWith(bench.Watch.Said[1], "refused 1/0: ");
        }

        [TestMethod]
        public void A_torn_part_from_before_is_found_and_fetched_anew()
        {
            using var bench = new SyncBench(Footage.Camera([1], 60, 4096));
            bench.Wire.Faults.UnplugAfter = 800_000;
            bench.InPause = () => throw new OperationCanceledException();
            Assert.ThrowsExactly<OperationCanceledException>(() => bench.Sync());
            string part = Directory.GetFiles(Path.Combine(bench.DeviceFolder, "arriving"), "*.part").Single();
            using (FileStream torn = File.OpenWrite(part))
            {
                torn.Position = 50_000;
                torn.Write(new byte[4096]);
            }
            SyncReport report = bench.Sync();
            Assert.AreEqual((1, 0), (report.Brought, report.Refused));
            bench.RequireAll();
        }

        [TestMethod]
        public void A_segment_whose_record_is_missing_is_taken_in_without_the_line()
        {
            using var bench = new SyncBench(Footage.Camera([1], 4, 256));
            bench.Sync();
            string record = Path.ChangeExtension(bench.PathOf(bench.Camera.Items[0]), ".json");
            File.Delete(record);
            SyncReport report = bench.Sync();
            Assert.AreEqual((0, 1), (report.Brought, report.Already));
            Assert.IsTrue(File.Exists(record));
        }

        [TestMethod]
        public void Only_what_reads_back_from_the_disk_and_verifies_again_is_released()
        {
            using var bench = new SyncBench(Footage.Camera([2, 1], 4, 256));
            Assert.AreEqual(0, bench.Sync().Released);
            Assert.IsEmpty(bench.Camera.Receipts);
            using (FileStream rotten = File.OpenWrite(bench.PathOf(bench.Camera.Items[1])))
            {
                rotten.Position = 30_000;
                rotten.WriteByte(0xAA);
            }
            bench.Options = bench.Options with { Archive = new PlainArchive() };
            SyncReport report = bench.Sync();
            Assert.AreEqual((1, 2), (report.Released, report.NotReleased), "nothing of a recording whose stored copy is damaged");
            string id = Convert.ToHexStringLower(bench.Camera.Device.DeviceId);
            CollectionAssert.AreEqual(
                new[] { bench.Camera.Items[2] }
                    .Select(i => $"{id} {i.Recording} {i.Segment} {Convert.ToHexStringLower(i.CloseDigest)}")
                    .ToArray(),
                bench.Camera.Receipts.Select(Encoding.ASCII.GetString).ToArray()
            );
            Assert.IsNotNull(
                SegmentRecord.Read(File.ReadAllBytes(Path.ChangeExtension(bench.PathOf(bench.Camera.Items[2]), ".json")))!.ReleasedUtc
            );
            CollectionAssert.AreEqual(
                bench.Camera.Receipts[0],
                File.ReadAllBytes(Path.ChangeExtension(bench.PathOf(bench.Camera.Items[2]), ".receipt"))
            );
        }

        [TestMethod]
        public void A_camera_whose_id_is_not_that_of_its_key_is_refused()
        {
            using var bench = new SyncBench(Footage.Camera([1], 1, 96));
            using CameraConnection connection = CameraConnection.Open(bench.Wire);
            Hello false_ = connection.Hello with { DeviceId = new byte[16] };
            Assert.StartsWith(
                "the camera's id is not that of its key",
                Assert.ThrowsExactly<StoreException>(() => new DeviceStore(bench.Options.Folder, false_, [], new FileDisk())).Message
            );
            Hello keyless = connection.Hello with { Key = [1, .. new byte[31]] };
            Assert.StartsWith(
                "the camera states a key that is none",
                Assert.ThrowsExactly<StoreException>(() => new DeviceStore(bench.Options.Folder, keyless, [], new FileDisk())).Message
            );
        }

        private sealed class PlainArchive : IArchive
        {
            public byte[] Receipt(byte[] deviceId, byte[] recordingId, uint recording, uint segment, byte[] closeDigest, DateTime utc) =>
                Encoding.ASCII.GetBytes(
                    $"{Convert.ToHexStringLower(deviceId)} {recording} {segment} {Convert.ToHexStringLower(closeDigest)}"
                );
        }
    }
}
