// SPDX-License-Identifier: MIT

using System;
using System.Diagnostics;
using Lapel.Hal.Virtual;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Hal.Host.Tests
{
    [TestClass]
    public class MemoryMediumTests
    {
        [TestMethod]
        public void ASnapshotKeepsWhatLaterWritesChange()
        {
            var medium = new MemoryMedium(3);
            medium.CreateFolder("F");
            medium.Create("F/A");
            medium.SetLength("F/A", 20_000);
            medium.Write("F/A", 512, new byte[] { 1, 2, 3 });
            byte[] before = medium.ReadAll("F/A");
            MemorySnapshot snapshot = medium.TakeSnapshot();
            for (int round = 0; round < 3; round++)
            {
                medium.Write("F/A", 513, new byte[] { 9, 9 });
                medium.Write("F/A", 19_000, new byte[100]);
                medium.Create("F/B");
                medium.Move("F/A", "F/C");
                Assert.IsFalse(medium.FileExists("F/A"));
                medium.Restore(snapshot);
                Assert.IsFalse(medium.FileExists("F/B"));
                CollectionAssert.AreEqual(before, medium.ReadAll("F/A"));
            }
        }

        [TestMethod]
        public void WritesAcrossChunksLandWhereTheyBelong()
        {
            var medium = new MemoryMedium(3);
            medium.Create("A");
            medium.SetLength("A", 50_000);
            byte[] expected = medium.ReadAll("A");
            var random = new Random(1);
            for (int n = 0; n < 200; n++)
            {
                var data = new byte[random.Next(1, 10_000)];
                random.NextBytes(data);
                int at = random.Next(50_000 - data.Length);
                medium.Write("A", at, data);
                data.CopyTo(expected, at);
                if (n % 20 == 0)
                {
                    medium.TakeSnapshot();
                }
            }

            CollectionAssert.AreEqual(expected, medium.ReadAll("A"));
        }

        [TestMethod]
        public void StaleContentCanBeGiven()
        {
            var medium = new MemoryMedium { Stale = (path, sector, into) => into[0] = (byte)(path[0] + sector) };
            medium.Create("A");
            medium.SetLength("A", 2_048);
            Assert.AreEqual('A' + 2, medium.ReadAll("A")[1_024]);
        }

        [TestMethod]
        public void SnapshotsOfACardFullOfSlotsAreCheap()
        {
            var medium = new MemoryMedium(3);
            for (int n = 0; n < 1_000; n++)
            {
                medium.Create($"S{n}");
                medium.SetLength($"S{n}", 8 << 20);
            }

            medium.Write("S1", 0, new byte[8 << 20]);
            var watch = Stopwatch.StartNew();
            for (int n = 0; n < 100; n++)
            {
                MemorySnapshot snapshot = medium.TakeSnapshot();
                medium.Write("S1", n * 512, new byte[512]);
                medium.Restore(snapshot);
            }

            Assert.IsLessThan(5_000L, watch.ElapsedMilliseconds, "100 snapshots with a write between each");
        }
    }
}
