// SPDX-License-Identifier: MIT

using System;
using Lapel.Hal;
using nanoFramework.TestFramework;

namespace Lapel.Evidence.Tests
{
    [TestClass]
    public class SegmentRecoveryTests
    {
        private const int SlotBytes = 65536;
        private const int Slot = 5;

        // Init, two fragments of two frames (header, frames, trailer), a checkpoint, a third fragment: writes of the small segment before
        // index and close.
        private const int WritesToCheckpoint = 1 + 4 + 4 + 1;
        private const int WritesToLastFragment = WritesToCheckpoint + 4;

        [TestMethod]
        public void ACutAtAnyWriteKeepsEveryWholeUnit()
        {
            for (int cut = 0; cut <= WritesToLastFragment + 1; cut++)
            {
                SegmentFixture fixture = Cut(cut);
                SegmentRecovery recovery = Recover(fixture);
                int fragments =
                    cut < 5 ? 0
                    : cut < 9 ? 1
                    : cut < WritesToLastFragment ? 2
                    : 3;
                Assert.AreEqual(
                    (int)(fragments == 0 ? RecoveryOutcome.Empty : RecoveryOutcome.Recovered),
                    (int)recovery.Outcome,
                    "outcome after " + cut + " writes"
                );
                if (fragments == 0)
                {
                    Assert.AreEqual(0, BigEndian.Get32(fixture.Slot, 4), "a freed slot still looks like a segment");
                    continue;
                }

                Assert.AreEqual(fragments, recovery.Fragments, "fragments after " + cut + " writes");
                Assert.AreEqual(fragments * 500, recovery.EndMs);
                Assert.AreEqual(3, BigEndian.Get16(fixture.Slot, CloseAt(recovery, fixture) + 24));
            }
        }

        [TestMethod]
        public void ACutAtAnyWriteOfTheRecoveryLeadsToTheSame()
        {
            for (int left = 0; left < 2; left++)
            {
                SegmentFixture fixture = Cut(WritesToLastFragment);
                fixture.Card.WritesLeft = left;
                SegmentRecovery recovery = Begun(fixture);
                CardStatus status = CardStatus.Ok;
                while (status == CardStatus.Ok && recovery.Outcome == RecoveryOutcome.Running)
                {
                    status = recovery.Step();
                }

                Assert.AreEqual((int)CardStatus.WriteError, (int)status);
                recovery.Abandon();
                fixture.Card.WritesLeft = int.MaxValue;
                recovery = Recover(fixture);
                Assert.AreEqual((int)RecoveryOutcome.Recovered, (int)recovery.Outcome);
                Assert.AreEqual(3, recovery.Fragments);
            }
        }

        [TestMethod]
        public void WhatIsClosedStaysAsItIs()
        {
            SegmentFixture fixture = Cut(int.MaxValue);
            byte[] digest = fixture.Writer.CloseDigest;
            var before = new byte[SlotBytes];
            Array.Copy(fixture.Slot, 0, before, 0, SlotBytes);
            SegmentRecovery recovery = Recover(fixture);
            Assert.AreEqual((int)RecoveryOutcome.WasClosed, (int)recovery.Outcome);
            Assert.AreEqual(Hex.Of(digest, 0, 32), Hex.Of(recovery.CloseDigest, 0, 32));
            Assert.IsTrue(SegmentHead.Same(fixture.Slot, 0, before), "a closed segment was written");
            SegmentFixture cut = Cut(WritesToLastFragment);
            Recover(cut);
            recovery = Recover(cut);
            Assert.AreEqual((int)RecoveryOutcome.WasClosed, (int)recovery.Outcome, "its own close is not recognised");
        }

        [TestMethod]
        public void OnlyWhatAuthenticatesIsTaken()
        {
            // A bit of the second fragment's frame, of its header, of its chain value, of its MAC; of the checkpoint's manifest and
            // signature.
            SegmentFixture whole = Cut(WritesToLastFragment);
            int first = SegmentFixture.InitBytes;
            int second = first + BigEndian.Get32(whole.Slot, first + 64) * Sector.Size;
            int checkpoint = second + BigEndian.Get32(whole.Slot, second + 64) * Sector.Size;
            int trailer = checkpoint - Sector.Size;
            int[] places =
            {
                second + 600,
                second + 40,
                second + 300,
                trailer + 30,
                trailer + 70,
                trailer + 100,
                checkpoint + 60,
                checkpoint + 1000,
            };
            for (int i = 0; i < places.Length; i++)
            {
                SegmentFixture fixture = Cut(WritesToLastFragment);
                fixture.Slot[places[i]] ^= 4;
                SegmentRecovery recovery = Recover(fixture);
                Assert.AreEqual((int)RecoveryOutcome.Recovered, (int)recovery.Outcome);
                Assert.AreEqual(places[i] < checkpoint ? 1 : 2, recovery.Fragments, "a changed bit at " + places[i]);
            }
        }

        [TestMethod]
        public void AFragmentOfAnotherDeviceSecretIsNotTaken()
        {
            SegmentFixture fixture = Cut(WritesToLastFragment);
            fixture.Device.MacKey[0] ^= 1;
            SegmentRecovery recovery = Recover(fixture);
            fixture.Device.MacKey[0] ^= 1;
            Assert.AreEqual((int)RecoveryOutcome.Empty, (int)recovery.Outcome);
        }

        [TestMethod]
        public void ASlotWhoseBeginningIsLostIsKept()
        {
            SegmentFixture fixture = Cut(WritesToLastFragment);
            Array.Clear(fixture.Slot, 0, Sector.Size);
            SegmentRecovery recovery = Recover(fixture);
            Assert.AreEqual((int)RecoveryOutcome.Kept, (int)recovery.Outcome);
            fixture = Cut(WritesToLastFragment);
            Array.Clear(fixture.Slot, SegmentFixture.InitBytes, Sector.Size);
            recovery = Recover(fixture);
            Assert.AreEqual((int)RecoveryOutcome.Kept, (int)recovery.Outcome, "the first fragment is lost, the second is there");
        }

        [TestMethod]
        public void OldFragmentsOfTheSameDeviceDoNotKeepASlot()
        {
            SegmentFixture fixture = Cut(WritesToLastFragment);
            byte[] record = Record(fixture);
            record[24] ^= 1;
            SegmentRecovery recovery = Begun(fixture, record);
            Run(recovery);
            Assert.AreEqual((int)RecoveryOutcome.Empty, (int)recovery.Outcome);
        }

        private static SegmentFixture Cut(int writes)
        {
            var fixture = new SegmentFixture(SlotBytes);
            var frames = new ListFrames();
            for (int i = 0; i < 6; i++)
            {
                frames.Add(900 + i * 50, 50000 + i * 250);
            }

            int made = fixture.Card.Writes;
            fixture.Card.WritesLeft = writes;
            try
            {
                fixture.Open(fixture.Facts(0), new SegmentLedger(new FixedPresses(1)), 0, 50000);
                fixture.Write(frames, 0, 4, 51000);
                fixture.Writer.BeginCheckpoint(51000);
                fixture.Run();
                fixture.Write(frames, 4, 6, 51500);
                if (writes == WritesToLastFragment)
                {
                    Assert.AreEqual(WritesToLastFragment, fixture.Card.Writes - made);
                }

                fixture.Writer.BeginClose(CloseReason.Stopped, 1);
                fixture.Run();
            }
            catch (InvalidOperationException)
            {
                fixture.Writer.Abandon();
            }

            fixture.Card.WritesLeft = int.MaxValue;
            return fixture;
        }

        private static byte[] Record(SegmentFixture fixture)
        {
            var record = new byte[CatalogueSector.RecordBytes];
            BigEndian.Put32(record, 4, 3);
            Array.Copy(fixture.Facts(0).Id, 0, record, 24, 8);
            return record;
        }

        private static SegmentRecovery Begun(SegmentFixture fixture)
        {
            return Begun(fixture, Record(fixture));
        }

        private static SegmentRecovery Begun(SegmentFixture fixture, byte[] record)
        {
            var recovery = new SegmentRecovery(fixture.Digests, fixture.Device, fixture.Signer, fixture.Clock, SegmentFixture.Firmware);
            recovery.Begin(fixture.Card.Open("SLOT"), Slot, record);
            return recovery;
        }

        private static SegmentRecovery Recover(SegmentFixture fixture)
        {
            SegmentRecovery recovery = Begun(fixture);
            Run(recovery);
            return recovery;
        }

        private static void Run(SegmentRecovery recovery)
        {
            while (recovery.Outcome == RecoveryOutcome.Running)
            {
                Assert.AreEqual((int)CardStatus.Ok, (int)recovery.Step());
            }
        }

        private static int CloseAt(SegmentRecovery recovery, SegmentFixture fixture)
        {
            for (int at = (recovery.UsedSectors - 1) * Sector.Size; at > 0; at -= Sector.Size)
            {
                if (UserType.Is(fixture.Slot, at, UserType.SignedManifest))
                {
                    return at;
                }
            }

            return 0;
        }
    }
}
