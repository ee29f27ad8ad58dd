// SPDX-License-Identifier: MIT

using System;
using System.Linq;
using Lapel.Hal.Esp32;
using Lapel.Hal.Virtual;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Hal.Host.Tests
{
    /// <summary>
    /// Internal storage on the virtual flash: two copies of each entry, absent told from unreadable, and what a cut, a flipped bit or a
    /// failed operation does to it.
    /// </summary>
    [TestClass]
    public class FlashStoreTests
    {
        private const string A = "KEY.A";
        private const string B = "KEY.B";

        [TestMethod]
        [DataRow(0)]
        [DataRow(1)]
        [DataRow(32)]
        [DataRow(4_096)]
        public void AnEntryComesBackAsSaved(int length)
        {
            using var rig = new Rig();
            Expect(StoreStatus.Absent, rig);
            Assert.IsTrue(rig.Board.Store.Save("KEY", Content(length, 1)));
            CollectionAssert.AreEqual(Content(length, 1), Expect(StoreStatus.Ok, rig));
            Assert.IsTrue(rig.Board.Store.Save("KEY", Content(length, 2)));
            CollectionAssert.AreEqual(Content(length, 2), Expect(StoreStatus.Ok, rig));
            Assert.IsTrue(rig.Board.Store.Save("OTHER123", Content(5, 3)));
            CollectionAssert.AreEqual(Content(length, 2), Expect(StoreStatus.Ok, rig));
            Assert.AreEqual(0, rig.Parts.Flash.OpenFiles);
        }

        [TestMethod]
        [DataRow(null)]
        [DataRow("")]
        [DataRow("lower")]
        [DataRow("NINECHARS")]
        [DataRow("A/B")]
        [DataRow("A.B")]
        public void BadNamesAreRefused(string name)
        {
            using var rig = new Rig();
            Assert.IsFalse(rig.Board.Store.Save(name, new byte[1]));
            Assert.IsFalse(rig.Board.Store.SaveInTurn(name, new byte[1]));
            Assert.AreEqual(StoreStatus.Absent, rig.Board.Store.Load(name, out byte[] content));
            Assert.IsNull(content);
        }

        [TestMethod]
        public void TooLongAContentIsRefused()
        {
            using var rig = new Rig();
            Assert.IsFalse(rig.Board.Store.Save("KEY", new byte[4_097]));
            Assert.IsFalse(rig.Board.Store.SaveInTurn("KEY", new byte[4_097]));
            Assert.IsFalse(rig.Board.Store.Save("KEY", null));
            Expect(StoreStatus.Absent, rig);
        }

        [TestMethod]
        public void AtEveryCutTheEntryIsTheOldOrTheNewOneAndNeverGoesBack()
        {
            // Changes of one replacement: create, sectors, close, of each copy.
            var counter = new CutBefore(int.MaxValue);
            using (var rig = new Rig())
            {
                rig.Board.Store.Save("KEY", Content(1_500, 1));
                rig.Parts.Flash.Observer = counter;
                rig.Board.Store.Save("KEY", Content(1_400, 2));
            }

            Assert.IsGreaterThanOrEqualTo(8, counter.Seen, string.Join(", ", counter.Log));
            for (int first = 0; first <= counter.Seen; first++)
            {
                for (int second = 0; second <= counter.Seen + 3; second++)
                {
                    CutTwice(first, second, looks: true);
                    CutTwice(first, second, looks: false);
                }
            }
        }

        [TestMethod]
        public void AtEveryCutOfTheFirstSaveTheEntryIsThereOrAbsent()
        {
            for (int cut = 0; cut < 12; cut++)
            {
                var flash = new MemoryMedium();
                bool saved = SaveWithCut(flash, 2, cut);
                using var rig = new Rig(flash: flash);
                StoreStatus status = rig.Board.Store.Load("KEY", out byte[] content);
                Assert.IsTrue(status is StoreStatus.Ok or StoreStatus.Absent, $"cut {cut}: {status}");
                Assert.IsTrue(!saved || status == StoreStatus.Ok, $"cut {cut}");
                Assert.IsTrue(content == null || content.SequenceEqual(Content(1_400, 2)), $"cut {cut}");
                Assert.IsTrue(rig.Board.Store.Save("KEY", Content(40, 3)), $"cut {cut}");
                CollectionAssert.AreEqual(Content(40, 3), Expect(StoreStatus.Ok, rig));
            }
        }

        [TestMethod]
        public void AfterACutAReadLeavesNothingOfTheOldContent()
        {
            for (int cut = 0; cut < 12; cut++)
            {
                var flash = new MemoryMedium();
                using (var rig = new Rig(flash: flash))
                {
                    rig.Board.Store.Save("KEY", Content(1_500, 1));
                }

                SaveWithCut(flash, 2, cut);
                if (Seen(flash) == 1)
                {
                    continue;
                }

                byte[] old = Content(1_500, 1)[..16];
                foreach (string file in flash.Files)
                {
                    Assert.AreEqual(-1, flash.ReadAll(file).AsSpan().IndexOf(old), $"cut {cut}: {file} still has the old content");
                }
            }
        }

        [TestMethod]
        public void EveryFlippedBitOfOneCopyIsMendedAndOfBothIsUnreadable()
        {
            var flash = new MemoryMedium();
            using (var rig = new Rig(flash: flash))
            {
                rig.Board.Store.Save("KEY", Content(60, 1));
                rig.Board.Store.Save("KEY", Content(40, 1));
            }

            MemorySnapshot sound = flash.TakeSnapshot();
            byte[] copy = flash.ReadAll(A);
            for (int bit = 0; bit < copy.Length * 8; bit++)
            {
                foreach (string[] damaged in new string[][] { [A], [B], [A, B] })
                {
                    flash.Restore(sound);
                    foreach (string file in damaged)
                    {
                        flash.Write(file, bit / 8, [(byte)(copy[bit / 8] ^ (1 << bit % 8))]);
                    }

                    using var rig = new Rig(flash: flash);
                    if (damaged.Length == 2)
                    {
                        Expect(StoreStatus.Unreadable, rig);
                        Assert.AreEqual((byte)(copy[bit / 8] ^ (1 << bit % 8)), flash.ReadAll(A)[bit / 8], "it was written over");
                        continue;
                    }

                    CollectionAssert.AreEqual(Content(40, 1), Expect(StoreStatus.Ok, rig), $"bit {bit} of {damaged[0]}");
                    CollectionAssert.AreEqual(copy, flash.ReadAll(damaged[0]), $"bit {bit} of {damaged[0]} was not mended");
                }
            }
        }

        [TestMethod]
        public void ACopyThatIsGoneOrShortIsMendedAndTwoAreNotTakenForNone()
        {
            var flash = new MemoryMedium();
            using (var rig = new Rig(flash: flash))
            {
                rig.Board.Store.Save("KEY", Content(600, 1));
            }

            MemorySnapshot sound = flash.TakeSnapshot();
            long length = flash.Length(A);
            foreach (string file in new[] { A, B })
            {
                for (int shorter = -1; shorter < length; shorter += 50)
                {
                    flash.Restore(sound);
                    Spoil(flash, file, shorter);
                    using (var rig = new Rig(flash: flash))
                    {
                        CollectionAssert.AreEqual(Content(600, 1), Expect(StoreStatus.Ok, rig), $"{file} {shorter}");
                    }

                    Assert.AreEqual(length, flash.Length(file), $"{file} {shorter}");
                }
            }

            flash.Restore(sound);
            Spoil(flash, A, 100);
            Spoil(flash, B, 0);
            using var both = new Rig(flash: flash);
            Expect(StoreStatus.Unreadable, both);
        }

        [TestMethod]
        public void EachOperationMayFailOnceAndNothingIsLost()
        {
            for (long failing = 1; failing < 60; failing++)
            {
                using var rig = new Rig();
                Assert.IsTrue(rig.Board.Store.Save("KEY", Content(40, 1)));
                long before = rig.Parts.Flash.Operations;
                rig.Parts.Flash.FailingOperation = before + failing;
                CollectionAssert.AreEqual(Content(40, 1), Expect(StoreStatus.Ok, rig), $"operation {failing}");
                Assert.IsTrue(rig.Board.Store.Save("KEY", Content(40, 2)), $"operation {failing}");
                CollectionAssert.AreEqual(Content(40, 2), Expect(StoreStatus.Ok, rig), $"operation {failing}");
                if (rig.Parts.Flash.Operations < before + failing)
                {
                    Assert.IsGreaterThan(20, failing, "this test made nothing fail");
                    return;
                }
            }

            Assert.Fail("not every operation was made to fail");
        }

        [TestMethod]
        public void ABrokenDriveIsUnreadableAndNeverAbsent()
        {
            using var rig = new Rig();
            rig.Parts.Flash.Broken = true;
            Assert.IsFalse(rig.Board.Store.Save("KEY", new byte[10]));
            Assert.IsFalse(rig.Board.Store.SaveInTurn("KEY", new byte[10]));
            Expect(StoreStatus.Unreadable, rig);
        }

        [TestMethod]
        public void SavedInTurnTheNewestCountsAndItsDamageFallsBackByOne()
        {
            var flash = new MemoryMedium();
            for (int version = 1; version <= 5; version++)
            {
                // As often as not by a store that does not know the entry yet.
                using var rig = new Rig(flash: flash);
                Assert.IsTrue(rig.Board.Store.SaveInTurn("KEY", Content(100, 2 * version - 1)));
                Assert.IsTrue(rig.Board.Store.SaveInTurn("KEY", Content(100, 2 * version)));
                CollectionAssert.AreEqual(Content(100, 2 * version), Expect(StoreStatus.Ok, rig));
            }

            MemorySnapshot sound = flash.TakeSnapshot();
            bool fellBack = false;
            foreach (string file in new[] { A, B })
            {
                flash.Restore(sound);
                flash.Write(file, 30, [(byte)(flash.ReadAll(file)[30] ^ 4)]);
                using var rig = new Rig(flash: flash);
                byte[] content = Expect(StoreStatus.Ok, rig);
                Assert.IsTrue(content.SequenceEqual(Content(100, 10)) || content.SequenceEqual(Content(100, 9)), file);
                fellBack |= content.SequenceEqual(Content(100, 9));
                Assert.IsTrue(rig.Board.Store.SaveInTurn("KEY", Content(100, 11)));
                CollectionAssert.AreEqual(Content(100, 11), Expect(StoreStatus.Ok, rig));
            }

            Assert.IsTrue(fellBack, "no copy is the newest");
        }

        [TestMethod]
        public void AtEveryCutOfASaveInTurnTheEntryIsTheOldOrTheNewOne()
        {
            for (int cut = 0; cut < 5; cut++)
            {
                var flash = new MemoryMedium();
                using (var rig = new Rig(flash: flash))
                {
                    rig.Board.Store.SaveInTurn("KEY", Content(1_500, 0));
                    rig.Board.Store.SaveInTurn("KEY", Content(1_500, 1));
                }

                bool saved = SaveWithCut(flash, 2, cut, inTurn: true);
                int seen = Seen(flash);
                Assert.IsTrue(saved ? seen == 2 : seen is 1 or 2, $"cut {cut}: entry {seen}");
            }
        }

        private static void Spoil(MemoryMedium flash, string file, int length)
        {
            if (length < 0)
            {
                flash.Delete(file);
            }
            else
            {
                flash.SetLength(file, length);
            }
        }

        private static byte[] Expect(StoreStatus expected, Rig rig)
        {
            Assert.AreEqual(expected, rig.Board.Store.Load("KEY", out byte[] content));
            Assert.AreEqual(expected == StoreStatus.Ok, content != null);
            return content!;
        }

        private static void CutTwice(int first, int second, bool looks)
        {
            var flash = new MemoryMedium();
            using (var rig = new Rig(flash: flash))
            {
                rig.Board.Store.Save("KEY", Content(1_500, 1));
            }

            bool saved = SaveWithCut(flash, 2, first);
            int seen = Seen(looks ? flash : Copy(flash));
            Assert.IsTrue(saved ? seen == 2 : seen is 1 or 2, $"cut {first}: entry {seen}");
            saved = SaveWithCut(flash, 3, second);
            int after = Seen(flash);
            Assert.IsTrue(saved ? after == 3 : after == seen || after == 3, $"cuts {first} and {second}: entry {seen}, then {after}");
        }

        private static MemoryMedium Copy(MemoryMedium flash)
        {
            var copy = new MemoryMedium();
            copy.Restore(flash.TakeSnapshot());
            return copy;
        }

        private static bool SaveWithCut(MemoryMedium flash, int version, int cut, bool inTurn = false)
        {
            using var rig = new Rig(flash: flash);
            rig.Parts.Flash.Observer = new CutBefore(cut);
            try
            {
                byte[] content = Content(1_400, version);
                return inTurn ? rig.Board.Store.SaveInTurn("KEY", content) : rig.Board.Store.Save("KEY", content);
            }
            catch (PowerCutException)
            {
                return false;
            }
        }

        private static int Seen(MemoryMedium flash)
        {
            using var rig = new Rig(flash: flash);
            byte[] content = Expect(StoreStatus.Ok, rig);
            for (int version = 1; version <= 3; version++)
            {
                if (content.SequenceEqual(Content(version == 1 ? 1_500 : 1_400, version)))
                {
                    return version;
                }
            }

            Assert.Fail("the entry is neither old nor new");
            return 0;
        }

        private static byte[] Content(int length, int seed)
        {
            var content = new byte[length];
            new Random(seed).NextBytes(content);
            return content;
        }
    }
}
