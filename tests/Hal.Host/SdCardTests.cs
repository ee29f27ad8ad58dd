// SPDX-License-Identifier: MIT

using System;
using System.IO;
using System.Linq;
using Lapel.Hal.Virtual;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Hal.Host.Tests
{
    [TestClass]
    public class SdCardTests
    {
        private const int Slot = 64 * 1024;

        [TestMethod]
        public void ASlotIsPreallocatedWrittenInPlaceAndReadBack()
        {
            using var rig = Mounted();
            ICard card = rig.Board.Card;
            Assert.AreEqual(CardStatus.Ok, card.CreateFolder("LAPEL"));
            Assert.AreEqual(CardStatus.Ok, card.CreateFolder("LAPEL"), "a folder that is there is fine");
            Assert.AreEqual(CardStatus.Ok, card.Preallocate("LAPEL/S0.MP4", Slot));
            Assert.IsTrue(card.Exists("LAPEL/S0.MP4"));
            ICardFile file = card.Open("LAPEL/S0.MP4");
            Assert.AreEqual(CardStatus.Ok, card.LastStatus);
            Assert.AreEqual(Slot, file.Length);
            byte[] data = Bytes(4_096, 1);
            Assert.AreEqual(CardStatus.Ok, file.Write(1_024, data, 512, 2_048));
            Assert.AreEqual(CardStatus.Ok, file.Write(3_072, data, 0, 512));
            Assert.AreEqual(CardStatus.Ok, file.Write(0, data, 0, 512), "going back");
            var read = new byte[5_000];
            Assert.AreEqual(CardStatus.Ok, file.Read(1_024, read, 7, 2_560));
            CollectionAssert.AreEqual(data[512..2_560].Concat(data[..512]).ToArray(), read[7..2_567]);
            file.Close();
            Assert.AreEqual(0, rig.Parts.Card.OpenFiles);
            Assert.AreEqual(0L, rig.Parts.Card.UnalignedWrites);
            Assert.AreEqual(0L, rig.Parts.Card.GrowingWrites);
            CollectionAssert.AreEqual(data[..512], ((MemoryMedium)rig.Parts.Card.Medium).ReadAll("LAPEL/S0.MP4")[..512]);
        }

        [TestMethod]
        public void ANegativeCountIsRefusedAndTheNextReadIsRight()
        {
            using var rig = Mounted();
            rig.Board.Card.Preallocate("A.BIN", Slot);
            ICardFile file = rig.Board.Card.Open("A.BIN");
            var whole = new byte[Slot];
            file.Read(0, whole, 0, Slot);
            var read = new byte[2_048];
            file.Read(0, read, 0, 1_024);
            Assert.AreEqual(CardStatus.ReadError, file.Read(1_024, read, 1_024, -1_024));
            Assert.AreEqual(CardStatus.WriteError, file.Write(1_024, read, 1_024, -1_024));
            file.Read(0, read, 0, 2_048);
            CollectionAssert.AreEqual(whole[..2_048], read);
        }

        [TestMethod]
        public void PreallocatedSpaceHoldsStaleData()
        {
            using var rig = Mounted();
            rig.Board.Card.Preallocate("A.BIN", Slot);
            ICardFile file = rig.Board.Card.Open("A.BIN");
            var read = new byte[Slot];
            Assert.AreEqual(CardStatus.Ok, file.Read(0, read, 0, Slot));
            Assert.IsGreaterThan(200, read.Distinct().Count(), "a used card has no zeros");
            byte[] again = new byte[Slot];
            file.Read(0, again, 0, Slot);
            CollectionAssert.AreEqual(read, again, "the same stale data each time");
        }

        [TestMethod]
        public void NothingUnalignedAndNothingBeyondTheEndReachesTheCard()
        {
            using var rig = Mounted();
            rig.Board.Card.Preallocate("A.BIN", Slot);
            ICardFile file = rig.Board.Card.Open("A.BIN");
            byte[] data = Bytes(Slot + 512, 2);
            Assert.AreEqual(CardStatus.WriteError, file.Write(1, data, 0, 512));
            Assert.AreEqual(CardStatus.WriteError, file.Write(0, data, 0, 511));
            Assert.AreEqual(CardStatus.WriteError, file.Write(Slot, data, 0, 512));
            Assert.AreEqual(CardStatus.WriteError, file.Write(512, data, 0, Slot));
            Assert.AreEqual(CardStatus.WriteError, file.Write(-512, data, 0, 512));
            Assert.AreEqual(CardStatus.ReadError, file.Read(Slot - 512, data, 0, 1_024));
            Assert.AreEqual(1L, rig.Parts.Card.Writes, "the zero sector of Preallocate and no other");
            file.Close();
            Assert.AreEqual(CardStatus.WriteError, file.Write(0, data, 0, 512), "closed");
            Assert.AreEqual(CardStatus.ReadError, file.Read(0, data, 0, 512), "closed");
        }

        [TestMethod]
        public void TheVolumeCountsWhatTheDriverMustNotDo()
        {
            using var rig = Mounted();
            using var stream = new Lapel.Hal.Virtual.Nano.FileStream("D:\\A.BIN", FileMode.Create, FileAccess.ReadWrite);
            stream.Write(new byte[100], 0, 100);
            Assert.AreEqual(1L, rig.Parts.Card.UnalignedWrites);
            Assert.AreEqual(1L, rig.Parts.Card.GrowingWrites);
        }

        [TestMethod]
        public void AFullCardGivesFullAndLeavesNothingBehind()
        {
            using var rig = Mounted();
            rig.Parts.Card.CapacityBytes = 5 * Slot + 40_000;
            int made = 0;
            CardStatus status;
            while ((status = rig.Board.Card.Preallocate($"S{made}.MP4", Slot)) == CardStatus.Ok)
            {
                made++;
            }

            Assert.AreEqual(CardStatus.Full, status);
            Assert.AreEqual(5, made);
            Assert.IsFalse(rig.Board.Card.Exists("S5.MP4"));
            Assert.AreEqual(CardStatus.Ok, rig.Board.Card.Preallocate("SMALL.MP4", 32_768), "what is left can still be used");
        }

        [TestMethod]
        public void ACardThatTheLastSlotFillsExactlyIsFull()
        {
            using var rig = Mounted();
            rig.Parts.Card.CapacityBytes = 5 * Slot;
            for (int made = 0; made < 5; made++)
            {
                Assert.AreEqual(CardStatus.Ok, rig.Board.Card.Preallocate($"S{made}.MP4", Slot));
            }

            Assert.AreEqual(CardStatus.Full, rig.Board.Card.Preallocate("S5.MP4", Slot));
            Assert.IsFalse(rig.Board.Card.Exists("S5.MP4"));
            Assert.IsTrue(rig.Board.Card.IsPresent, "a full card is no lost card");
            ICardFile file = rig.Board.Card.Open("S4.MP4");
            Assert.AreEqual(CardStatus.Ok, file.Write(0, new byte[512], 0, 512));
            file.Close();
        }

        [TestMethod]
        public void SetLengthOnACardThatFillsFailsAndLeavesWhatWasGiven()
        {
            using var rig = Mounted();
            rig.Parts.Card.CapacityBytes = Slot + 40_000;
            var stream = new Virtual.Nano.FileStream("D:\\A.BIN", FileMode.CreateNew, FileAccess.ReadWrite);
            Assert.ThrowsExactly<Virtual.Nano.IOException>(() => stream.SetLength(2 * Slot));
            stream.Close();
            Assert.AreEqual(Slot + 32_768L, rig.Parts.Card.Medium.Length("A.BIN"));
        }

        [TestMethod]
        public void NothingIsEverOverwrittenByPreallocating()
        {
            using var rig = Mounted();
            rig.Board.Card.Preallocate("A.BIN", Slot);
            rig.Board.Card.Open("A.BIN").Write(0, Bytes(512, 3), 0, 512);
            Assert.AreEqual(CardStatus.WriteError, rig.Board.Card.Preallocate("A.BIN", Slot));
            CollectionAssert.AreEqual(Bytes(512, 3), ((MemoryMedium)rig.Parts.Card.Medium).ReadAll("A.BIN")[..512]);
            Assert.AreEqual(CardStatus.WriteError, rig.Board.Card.Preallocate("B.BIN", 1_000), "no multiple of 512");
        }

        [TestMethod]
        public void MissingFilesAndFoldersAreNotFound()
        {
            using var rig = Mounted();
            Assert.IsNull(rig.Board.Card.Open("NONE.BIN"));
            Assert.AreEqual(CardStatus.NotFound, rig.Board.Card.LastStatus);
            Assert.AreEqual(CardStatus.NotFound, rig.Board.Card.Preallocate("NONE/A.BIN", 512));
            Assert.AreEqual(CardStatus.NotFound, rig.Board.Card.CreateFolder("NONE/B"));
            Assert.AreEqual(CardStatus.Ok, rig.Board.Card.Mount());
        }

        [TestMethod]
        public void APulledCardIsNoCardUntilItIsBackAndMounted()
        {
            using var rig = Mounted();
            ICard card = rig.Board.Card;
            card.Preallocate("A.BIN", Slot);
            ICardFile file = card.Open("A.BIN");
            Assert.IsTrue(card.IsPresent);
            rig.Parts.Card.Pull();
            Assert.IsFalse(card.IsPresent);
            byte[] data = Bytes(512, 4);
            Assert.AreEqual(CardStatus.NoCard, file.Write(0, data, 0, 512));
            Assert.AreEqual(CardStatus.NoCard, file.Read(0, data, 0, 512));
            Assert.IsNull(card.Open("A.BIN"));
            Assert.AreEqual(CardStatus.NoCard, card.LastStatus);
            Assert.AreEqual(CardStatus.NoCard, card.Mount());
            rig.Parts.Card.Insert();
            Assert.IsTrue(card.IsPresent);
            Assert.AreNotEqual(CardStatus.Ok, file.Write(0, data, 0, 512), "the old handle is dead");
            file.Close();
            Assert.AreEqual(CardStatus.Ok, card.Mount());
            Assert.IsNotNull(card.Open("A.BIN"));
        }

        [TestMethod]
        public void ACardOutAndInAgainUnseenIsMountedAfresh()
        {
            using var rig = Mounted();
            rig.Board.Card.Preallocate("A.BIN", Slot);
            ICardFile file = rig.Board.Card.Open("A.BIN");
            rig.Parts.Card.Pull();
            rig.Parts.Card.Insert();
            Assert.AreEqual(CardStatus.WriteError, file.Write(0, new byte[512], 0, 512));
            Assert.AreEqual(CardStatus.Ok, rig.Board.Card.Mount());
            Assert.AreEqual(CardStatus.Ok, rig.Board.Card.Open("A.BIN").Write(0, new byte[512], 0, 512));
        }

        [TestMethod]
        public void MountingAgainWithoutAnErrorLeavesOpenFilesAlone()
        {
            using var rig = Mounted();
            rig.Board.Card.Preallocate("A.BIN", Slot);
            ICardFile file = rig.Board.Card.Open("A.BIN");
            Assert.IsNull(rig.Board.Card.Open("NONE.BIN"));
            for (int n = 0; n < 5; n++)
            {
                rig.Board.Card.Open("A.BIN");
            }

            Assert.AreEqual(CardStatus.Ok, rig.Board.Card.Mount());
            Assert.AreEqual(CardStatus.Ok, file.Write(0, new byte[512], 0, 512));
        }

        [TestMethod]
        public void AnUnformattedCardIsToldFromNone()
        {
            using var rig = new Rig();
            rig.Parts.Card.Unformatted = true;
            Assert.AreEqual(CardStatus.Unformatted, rig.Board.Card.Mount());
            rig.Parts.Card.Pull();
            Assert.AreEqual(CardStatus.NoCard, rig.Board.Card.Mount());
        }

        [TestMethod]
        public void AWriteProtectedCardIsAWriteErrorAndReadsOn()
        {
            using var rig = Mounted();
            rig.Board.Card.Preallocate("A.BIN", Slot);
            rig.Parts.Card.WriteProtected = true;
            Assert.AreEqual(CardStatus.WriteError, rig.Board.Card.Preallocate("B.BIN", Slot));
            Assert.AreEqual(CardStatus.WriteError, rig.Board.Card.CreateFolder("F"));
            ICardFile file = rig.Board.Card.Open("A.BIN");
            Assert.AreEqual(CardStatus.WriteError, file.Write(0, new byte[512], 0, 512));
            Assert.AreEqual(CardStatus.Ok, file.Read(0, new byte[512], 0, 512));
        }

        [TestMethod]
        public void ABadSectorIsAReadErrorForItsReadersOnly()
        {
            using var rig = Mounted();
            rig.Board.Card.Preallocate("A.BIN", Slot);
            rig.Parts.Card.BadSectors.Add(("A.BIN", 3));
            ICardFile file = rig.Board.Card.Open("A.BIN");
            Assert.AreEqual(CardStatus.Ok, file.Read(0, new byte[1_536], 0, 1_536));
            Assert.AreEqual(CardStatus.ReadError, file.Read(1_024, new byte[1_024], 0, 1_024));
            Assert.AreEqual(CardStatus.Ok, file.Read(2_048, new byte[1_024], 0, 1_024));
        }

        [TestMethod]
        public void AtMostFiveFilesAreOpen()
        {
            using var rig = Mounted();
            rig.Board.Card.Preallocate("A.BIN", Slot);
            ICardFile[] files = Enumerable.Range(0, 5).Select(_ => rig.Board.Card.Open("A.BIN")).ToArray();
            Assert.IsNull(rig.Board.Card.Open("A.BIN"));
            files[0].Close();
            Assert.IsNotNull(rig.Board.Card.Open("A.BIN"));
        }

        [TestMethod]
        public void OperationsCostTheirTime()
        {
            using var rig = Mounted();
            rig.Board.Card.Preallocate("A.BIN", 1 << 20);
            ICardFile file = rig.Board.Card.Open("A.BIN");
            VolumeTimes times = rig.Parts.Card.Times;
            times.WriteRate = 250_000;
            long before = rig.Parts.Clock.NowUs;
            file.Write(0, new byte[32_768], 0, 32_768);
            Assert.AreEqual(1_000 + 131_072, rig.Parts.Clock.NowUs - before);
            times.StallEvery = 3;
            before = rig.Parts.Clock.NowUs;
            file.Write(32_768, new byte[32_768], 0, 32_768);
            Assert.AreEqual(
                1_000 + 131_072 + 300_000 + 0,
                rig.Parts.Clock.NowUs - before,
                "every third write stalls: Preallocate made the first"
            );
            Assert.AreEqual(131_072 + 300_000, rig.Parts.Card.SlowestWriteUs);
            before = rig.Parts.Clock.NowUs;
            file.Close();
            Assert.IsInRange(30_000L, 75_000L, rig.Parts.Clock.NowUs - before);
        }

        [TestMethod]
        public void APowerCutPassesTheDriverAndLeavesTheSectorsBeforeIt()
        {
            using var rig = Mounted();
            rig.Board.Card.Preallocate("A.BIN", Slot);
            ICardFile file = rig.Board.Card.Open("A.BIN");
            var medium = (MemoryMedium)rig.Parts.Card.Medium;
            byte[] stale = medium.ReadAll("A.BIN");
            rig.Parts.Card.Observer = new CutBefore(3);
            byte[] data = Bytes(4_096, 5);
            Assert.ThrowsExactly<PowerCutException>(() => file.Write(512, data, 0, 4_096));
            byte[] after = medium.ReadAll("A.BIN");
            CollectionAssert.AreEqual(data[..1_536], after[512..2_048]);
            CollectionAssert.AreEqual(stale[2_048..], after[2_048..]);
            Assert.ThrowsExactly<PowerCutException>(() => file.Write(0, data, 0, 512), "nothing runs any more");
            Assert.ThrowsExactly<PowerCutException>(() => rig.Board.Clock.Sleep(10));
            CollectionAssert.AreEqual(after, medium.ReadAll("A.BIN"));
        }

        [TestMethod]
        public void APowerCutAtATimeLeavesTheSectorsPaidFor()
        {
            using var rig = Mounted();
            rig.Board.Card.Preallocate("A.BIN", Slot);
            ICardFile file = rig.Board.Card.Open("A.BIN");
            var medium = (MemoryMedium)rig.Parts.Card.Medium;
            byte[] stale = medium.ReadAll("A.BIN");
            rig.Parts.Card.Times.WriteRate = 512_000;
            // Eight sectors, 1 ms each after 1 ms of overhead: the cut falls into the fourth.
            rig.Parts.Machine.CutPowerAt(rig.Parts.Clock.NowUs + 4_500);
            byte[] data = Bytes(4_096, 6);
            Assert.ThrowsExactly<PowerCutException>(() => file.Write(0, data, 0, 4_096));
            byte[] after = medium.ReadAll("A.BIN");
            CollectionAssert.AreEqual(data[..1_536], after[..1_536]);
            CollectionAssert.AreEqual(stale[1_536..], after[1_536..]);
        }

        [TestMethod]
        public void ACutWhilePreallocatingIsSeenAtEachStep()
        {
            using var rig = Mounted();
            var log = new CutBefore(int.MaxValue);
            rig.Parts.Card.Observer = log;
            rig.Board.Card.Preallocate("A.BIN", Slot);
            CollectionAssert.AreEqual(new[] { "Create A.BIN", "SetLength A.BIN", "A.BIN[0] 512", "Close A.BIN" }, log.Log);
        }

        [TestMethod]
        public void AnotherMediumCanBePutIn()
        {
            using var rig = Mounted();
            rig.Board.Card.Preallocate("A.BIN", Slot);
            rig.Parts.Card.Pull();
            rig.Board.Card.Exists("A.BIN");
            rig.Parts.Card.Insert(new MemoryMedium());
            Assert.AreEqual(CardStatus.Ok, rig.Board.Card.Mount());
            Assert.IsFalse(rig.Board.Card.Exists("A.BIN"));
        }

        [TestMethod]
        public void AFolderOfTheHostIsACard()
        {
            string root = Path.Combine(Path.GetTempPath(), "lapel-hal-" + Guid.NewGuid().ToString("N"));
            try
            {
                using (var medium = new FolderMedium(root))
                using (var rig = new Rig(card: medium))
                {
                    ICard card = rig.Board.Card;
                    Assert.AreEqual(CardStatus.Ok, card.Mount());
                    card.CreateFolder("LAPEL");
                    card.CreateFolder("LAPEL/S000");
                    for (int n = 0; n < 8; n++)
                    {
                        Assert.AreEqual(CardStatus.Ok, card.Preallocate($"LAPEL/S000/{n}.MP4", Slot));
                        ICardFile file = card.Open($"LAPEL/S000/{n}.MP4");
                        Assert.AreEqual(CardStatus.Ok, file.Write(512, Bytes(1_024, n), 0, 1_024));
                        var read = new byte[1_024];
                        Assert.AreEqual(CardStatus.Ok, file.Read(512, read, 0, 1_024));
                        CollectionAssert.AreEqual(Bytes(1_024, n), read);
                        file.Close();
                    }

                    rig.Parts.Card.Pull();
                    rig.Parts.Card.Insert();
                    card.Exists("LAPEL");
                    card.Mount();
                    rig.Parts.Card.CapacityBytes = 9 * Slot;
                    Assert.AreEqual(CardStatus.Ok, card.Preallocate("LAPEL/8.MP4", Slot), "room for nine");
                    Assert.AreEqual(CardStatus.Full, card.Preallocate("LAPEL/9.MP4", Slot));
                }

                CollectionAssert.AreEqual(Bytes(1_024, 3), File.ReadAllBytes(Path.Combine(root, "LAPEL", "S000", "3.MP4"))[512..1_536]);
            }
            finally
            {
                Directory.Delete(root, true);
            }
        }

        [TestMethod]
        public void APathCannotLeaveTheFolder()
        {
            string root = Path.Combine(Path.GetTempPath(), "lapel-hal-" + Guid.NewGuid().ToString("N"));
            try
            {
                using var medium = new FolderMedium(root);
                using var rig = new Rig(card: medium);
                rig.Board.Card.Mount();
                foreach (string path in new[] { "../X.BIN", "A/../../X.BIN", "/ETC/X.BIN", "A//B", "C:X" })
                {
                    Assert.AreEqual(CardStatus.WriteError, rig.Board.Card.Preallocate(path, 512), path);
                }

                Assert.IsEmpty(Directory.GetFileSystemEntries(root));
            }
            finally
            {
                Directory.Delete(root, true);
            }
        }

        [TestMethod]
        public void AFolderWithoutRightsIsAWriteError()
        {
            // Nobody, root included, creates files there.
            if (!Directory.Exists("/sys/kernel"))
            {
                Assert.Inconclusive("no /sys/kernel on this host: skipped");
            }

            using var medium = new FolderMedium("/sys/kernel");
            using var rig = new Rig(card: medium);
            Assert.AreEqual(CardStatus.Ok, rig.Board.Card.Mount());
            Assert.AreEqual(CardStatus.WriteError, rig.Board.Card.Preallocate("LAPEL.BIN", 512));
            Assert.AreEqual(CardStatus.WriteError, rig.Board.Card.CreateFolder("LAPEL"));
        }

        private static Rig Mounted()
        {
            var rig = new Rig();
            Assert.AreEqual(CardStatus.Ok, rig.Board.Card.Mount());
            return rig;
        }

        private static byte[] Bytes(int count, int seed)
        {
            var bytes = new byte[count];
            new Random(seed).NextBytes(bytes);
            return bytes;
        }
    }
}
