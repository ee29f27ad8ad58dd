// SPDX-License-Identifier: MIT

using System;
using System.Linq;
using Lapel.Hal.Esp32;
using Lapel.Hal.Virtual;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Hal.Host.Tests
{
    [TestClass]
    public class FlashStoreTests
    {
        [TestMethod]
        [DataRow(0)]
        [DataRow(1)]
        [DataRow(32)]
        [DataRow(4_096)]
        public void AnEntryComesBackAsSaved(int length)
        {
            using var rig = new Rig();
            Assert.IsNull(rig.Board.Store.Load("KEY"));
            Assert.IsTrue(rig.Board.Store.Save("KEY", Content(length, 1)));
            CollectionAssert.AreEqual(Content(length, 1), rig.Board.Store.Load("KEY"));
            Assert.IsTrue(rig.Board.Store.Save("KEY", Content(length, 2)));
            CollectionAssert.AreEqual(Content(length, 2), rig.Board.Store.Load("KEY"));
            Assert.IsTrue(rig.Board.Store.Save("OTHER123", Content(5, 3)));
            CollectionAssert.AreEqual(Content(length, 2), rig.Board.Store.Load("KEY"));
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
            Assert.IsNull(rig.Board.Store.Load(name));
        }

        [TestMethod]
        public void TooLongAContentIsRefused()
        {
            using var rig = new Rig();
            Assert.IsFalse(rig.Board.Store.Save("KEY", new byte[4_097]));
            Assert.IsFalse(rig.Board.Store.Save("KEY", null));
            Assert.IsNull(rig.Board.Store.Load("KEY"));
        }

        [TestMethod]
        public void AtEveryCutTheEntryIsTheOldOrTheNewOneAndNeverGoesBack()
        {
            // Changes of one replacement: create, sectors, close, delete, move.
            var counter = new CutBefore(int.MaxValue);
            using (var rig = new Rig())
            {
                rig.Board.Store.Save("KEY", Content(1_500, 1));
                rig.Parts.Flash.Observer = counter;
                rig.Board.Store.Save("KEY", Content(1_400, 2));
            }

            Assert.IsGreaterThanOrEqualTo(7, counter.Seen, string.Join(", ", counter.Log));
            for (int first = 0; first <= counter.Seen; first++)
            {
                for (int second = 0; second <= counter.Seen + 3; second++)
                {
                    CutTwice(first, second);
                }
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
        public void ADamagedEntryIsNotGivenOut()
        {
            var flash = new MemoryMedium();
            using (var rig = new Rig(flash: flash))
            {
                rig.Board.Store.Save("KEY", Content(600, 1));
            }

            MemorySnapshot sound = flash.TakeSnapshot();
            long length = flash.Length("KEY.DAT");
            for (int at = 0; at < length; at += at < 20 ? 1 : 97)
            {
                flash.Restore(sound);
                var one = new byte[1];
                flash.Read("KEY.DAT", at, one);
                flash.Write("KEY.DAT", at, new[] { (byte)(one[0] ^ 0x10) });
                using var rig = new Rig(flash: flash);
                Assert.IsNull(rig.Board.Store.Load("KEY"), $"bit flipped in byte {at}");
            }

            for (int shorter = 0; shorter < length; shorter += 50)
            {
                flash.Restore(sound);
                flash.SetLength("KEY.DAT", shorter);
                using var rig = new Rig(flash: flash);
                Assert.IsNull(rig.Board.Store.Load("KEY"), $"cut to {shorter} bytes");
            }
        }

        [TestMethod]
        public void ABrokenDriveIsAFalseAndANull()
        {
            using var rig = new Rig();
            rig.Parts.Flash.Broken = true;
            Assert.IsFalse(rig.Board.Store.Save("KEY", new byte[10]));
            Assert.IsNull(rig.Board.Store.Load("KEY"));
        }

        private static void CutTwice(int first, int second)
        {
            var flash = new MemoryMedium();
            using (var rig = new Rig(flash: flash))
            {
                rig.Board.Store.Save("KEY", Content(1_500, 1));
            }

            bool saved = SaveWithCut(flash, 2, first);
            int seen = Seen(flash);
            Assert.IsTrue(saved ? seen == 2 : seen is 1 or 2, $"cut {first}: entry {seen}");
            saved = SaveWithCut(flash, 3, second);
            int after = Seen(flash);
            Assert.IsTrue(saved ? after == 3 : after == seen || after == 3, $"cuts {first} and {second}: entry {seen}, then {after}");
        }

        private static bool SaveWithCut(MemoryMedium flash, int version, int cut)
        {
            using var rig = new Rig(flash: flash);
            rig.Parts.Flash.Observer = new CutBefore(cut);
            try
            {
                return rig.Board.Store.Save("KEY", Content(1_400, version));
            }
            catch (PowerCutException)
            {
                return false;
            }
        }

        private static int Seen(MemoryMedium flash)
        {
            using var rig = new Rig(flash: flash);
            byte[] content = rig.Board.Store.Load("KEY");
            Assert.IsNotNull(content, "the entry is gone");
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
