// SPDX-License-Identifier: MIT

using System;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Link.Tests
{
    /// <summary>One item over a wire: all rates, all kinds of damage.</summary>
    [TestClass]
    public sealed class TransferTests
    {
        [TestMethod]
        [DataRow(115200, 512 * 1024)]
        [DataRow(460800, 2 << 20)]
        [DataRow(921600, 4 << 20)]
        [DataRow(3_000_000, 8 << 20)]
        public void A_clean_line_carries_at_least_95_percent_payload(int baud, int bytes)
        {
            (double share, _) = Run(baud, bytes, _ => { });
            Console.WriteLine($"client alone, {baud} bits/s: payload {share:0.0} % of the line rate");
            Assert.IsGreaterThanOrEqualTo(95.0, share);
        }

        [TestMethod]
        [DataRow(115200, 512 * 1024)]
        [DataRow(460800, 2 << 20)]
        [DataRow(921600, 4 << 20)]
        [DataRow(3_000_000, 8 << 20)]
        public void With_a_bit_error_in_20_kB_it_carries_at_least_55_percent_and_the_file_is_right(int baud, int bytes)
        {
            (double share, Wire wire) = Run(baud, bytes, f => f.Flip = 1.0 / 20_000);
            Console.WriteLine($"client alone, {baud} bits/s, one bit error in 20 kB: payload {share:0.0} % of the line rate");
            Assert.IsGreaterThanOrEqualTo(55.0, share);
            Assert.IsGreaterThan(bytes, wire.Passed);
        }

        [TestMethod]
        public void Whatever_is_lost_added_and_flipped_the_file_is_right()
        {
            for (int seed = 1; seed <= 40; seed++)
            {
                Run(921600, 200_000 + 511 * seed, f => (f.Flip, f.Drop, f.Insert) = (1.0 / 9_000, 1.0 / 30_000, 1.0 / 30_000), seed);
            }
        }

        [TestMethod]
        public void A_rate_that_the_cable_does_not_carry_is_given_up()
        {
            ReferenceCamera camera = Footage.Camera([1]);
            var wire = new Wire(camera) { MostBaud = 921600 };
            using CameraConnection connection = CameraConnection.Open(wire);
            Assert.AreEqual(921600, connection.Raise(3_000_000));
            Assert.AreEqual("UNIT-17", connection.Evidence.Hello().Unit);
        }

        [TestMethod]
        public void A_camera_left_at_another_rate_in_the_middle_of_a_range_is_found()
        {
            ReferenceCamera camera = Footage.Camera([1]);
            var wire = new Wire(camera);
            CameraConnection first = CameraConnection.Open(wire);
            first.Evidence.Login(Footage.Dock, CameraRole.Dock);
            first.Raise(921600);
            first.Evidence.SendRange(0, 0, 262144, 4096);
            first.Smp.Pump(TimeSpan.FromMilliseconds(30));
            wire.Unplug();
            using CameraConnection second = CameraConnection.Open(wire);
            Assert.AreEqual("UNIT-17", second.Hello.Unit);
            Assert.AreEqual(921600, second.Smp.Line.Baud);
        }

        [TestMethod]
        public void After_a_talk_the_camera_is_back_at_the_first_rate()
        {
            ReferenceCamera camera = Footage.Camera([1]);
            var wire = new Wire(camera);
            using (CameraConnection connection = CameraConnection.Open(wire))
            {
                Assert.AreEqual(3_000_000, connection.Raise(int.MaxValue));
            }

            wire.Advance(TimeSpan.FromSeconds(1));
            Assert.AreEqual(115200, camera.Baud);
        }

        [TestMethod]
        public void A_log_in_gives_the_role_and_a_wrong_key_is_named()
        {
            ReferenceCamera camera = Footage.Camera([1]);
            camera.Stations.Add((new ForgedStation(0x31).PublicKey, 1));
            using CameraConnection connection = CameraConnection.Open(new Wire(camera));
            Refused(connection, new ForgedStation(0x77), CameraRole.Dock, "log-in refused: the camera does not know that key");
            Refused(connection, new ForgedStation(0x31), CameraRole.Dock, "log-in refused: not allowed");
            Assert.AreEqual(0, camera.Role);
            connection.Evidence.Login(new ForgedStation(0x31), CameraRole.Technician);
            Assert.AreEqual(1, camera.Role);
            connection.Evidence.Login(Footage.Dock, CameraRole.Dock);
            Assert.AreEqual(2, camera.Role);
        }

        [TestMethod]
        public void Text_in_between_disturbs_nothing()
        {
            ReferenceCamera camera = Footage.Camera([2, 1]);
            camera.IsChatty = true;
            using CameraConnection connection = CameraConnection.Open(new Wire(camera));
            Assert.HasCount(3, connection.Evidence.List());
        }

        [TestMethod]
        public void A_long_list_comes_page_by_page()
        {
            ReferenceCamera camera = Footage.Camera([.. Enumerable.Repeat(1, 50)], 1, 96);
            using CameraConnection connection = CameraConnection.Open(new Wire(camera));
            CollectionAssert.AreEqual(camera.Items.Select(i => i.Slot).ToArray(), connection.Evidence.List().Select(e => e.Slot).ToArray());
        }

        private static void Refused(CameraConnection connection, ForgedStation station, CameraRole role, string message)
        {
            LinkException error = Assert.ThrowsExactly<LinkException>(() => connection.Evidence.Login(station, role));
            Assert.AreEqual(message, error.Message);
            Assert.IsNotNull(error.Hint);
        }

        private static (double Share, Wire Wire) Run(int baud, int bytes, Action<WireFaults> faults, int seed = 1)
        {
            ReferenceCamera camera = Footage.Camera([]);
            var content = new byte[bytes];
            new Random(seed).NextBytes(content);
            camera.Items.Add(new ReferenceItem(0, 1, 0, bytes / 512, 0, 1, new byte[32], content));
            var wire = new Wire(camera, seed);
            using CameraConnection connection = CameraConnection.Open(wire);
            connection.Evidence.Login(Footage.Dock, CameraRole.Dock);
            Assert.AreEqual(baud, connection.Raise(baud));
            faults(wire.Faults);
            TimeSpan from = wire.Now;
            ItemFacts item = connection.Evidence.Item(0);
            var sink = new MemorySink(bytes);
            var map = new BlockMap(item.Length);
            new BulkTransfer(connection.Smp).Fetch(item, map, sink);
            double seconds = (wire.Now - from).TotalSeconds;
            Assert.AreEqual(map.Units, map.Count);
            CollectionAssert.AreEqual(content, sink.Bytes, $"seed {seed}");
            wire.Faults.Flip = wire.Faults.Drop = wire.Faults.Insert = 0;
            return (100.0 * bytes / (seconds * baud / 10), wire);
        }

        private sealed class MemorySink(int length) : IBulkSink
        {
            public byte[] Bytes { get; } = new byte[length];

            public void Write(long offset, ReadOnlySpan<byte> bytes) => bytes.CopyTo(Bytes.AsSpan((int)offset));

            public void RangeDone() { }
        }
    }
}
