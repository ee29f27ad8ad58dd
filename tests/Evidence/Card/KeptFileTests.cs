// SPDX-License-Identifier: MIT

using Lapel.Hal;
using nanoFramework.TestFramework;

namespace Lapel.Evidence.Tests
{
    [TestClass]
    public class KeptFileTests
    {
        private const string Path = "KEPT";
        private const int Bytes = 1024;

        private static MemoryCard _card;
        private static CardFiles _files;
        private static KeptFile _kept;

        [TestMethod]
        public void AMissingFileIsMadeAndItsRestIsZero()
        {
            Begin(true);
            Assert.AreEqual((int)CardStatus.Ok, (int)Put(Content(7)));
            byte[] there = _card.Content(Path);
            Assert.AreEqual(Bytes, there.Length);
            Assert.AreEqual(7, (int)there[511]);
            for (int i = Sector.Size; i < Bytes; i++)
            {
                Assert.AreEqual(0, (int)there[i]);
            }
        }

        [TestMethod]
        public void WhatIsThereAlreadyIsNotWrittenAgain()
        {
            Begin(true);
            Put(Content(7));
            int writes = _card.Writes;
            Put(Content(7));
            Assert.AreEqual(writes, _card.Writes);
            Put(Content(8));
            Assert.AreEqual(writes + 1, _card.Writes);
            Assert.AreEqual(8, (int)_card.Content(Path)[0]);
        }

        [TestMethod]
        public void AFileOfAnotherLengthIsLeftAlone()
        {
            for (int bytes = Sector.Size; bytes <= 3 * Sector.Size; bytes += 2 * Sector.Size)
            {
                Begin(true);
                There(Path, bytes);
                int writes = _card.Writes;
                Assert.AreEqual((int)CardStatus.WriteError, (int)Put(Content(7)));
                Assert.AreEqual(writes, _card.Writes);
                Assert.AreEqual(bytes, _card.Content(Path).Length);
                Assert.AreEqual(0, _files.Taken);
            }
        }

        [TestMethod]
        public void ACardWithoutRoomHasNone()
        {
            Begin(true);
            There("OTHER", 4096 - Sector.Size);
            Assert.AreEqual((int)CardStatus.Ok, (int)Put(Content(7)));
            Assert.IsFalse(_card.Exists(Path));
        }

        [TestMethod]
        public void AFileThatIsMadeWithTheCardIsNotMadeHere()
        {
            Begin(false);
            Assert.AreEqual((int)CardStatus.NotFound, (int)Put(Content(7)));
            Assert.IsFalse(_card.Exists(Path));
        }

        [TestMethod]
        public void PutOutAtAnyStepItBeginsAgain()
        {
            for (int step = 0; step < 9; step++)
            {
                Begin(true);
                bool done = false;
                for (int i = 0; i < step && !done; i++)
                {
                    Assert.AreEqual((int)CardStatus.Ok, (int)_kept.Put(Content(7), out done));
                }

                _files.Enter(CardSituation.RecordingBusy);
                Assert.AreEqual(0, _card.OpenFiles, "step " + step.ToString());
                if (!done)
                {
                    Assert.AreEqual((int)CardStatus.Ok, (int)_kept.Put(Content(7), out done));
                }

                _files.Enter(CardSituation.Opening);
                Assert.AreEqual((int)CardStatus.Ok, (int)Put(Content(7)));
                Assert.AreEqual(7, (int)_card.Content(Path)[0]);
                Assert.AreEqual(0, _files.Taken);
            }
        }

        [TestMethod]
        public void OneStepIsOneCardOperationAndACutAtAnyIsMadeGood()
        {
            // Creating, closing with its length, writing; what was created and not closed is made again.
            int[] left = { 3, 3, 1, 0 };
            for (int cut = 0; cut < left.Length; cut++)
            {
                Begin(true);
                _card.WritesLeft = cut;
                Put(Content(7));
                _card.WritesLeft = int.MaxValue;
                int writes = _card.Writes;
                bool done = false;
                while (!done)
                {
                    int before = _card.Writes;
                    Assert.AreEqual((int)CardStatus.Ok, (int)_kept.Put(Content(7), out done));
                    Assert.IsTrue(_card.Writes - before <= 1);
                }

                Assert.AreEqual(left[cut], _card.Writes - writes, "cut at write " + cut.ToString());
                Assert.AreEqual(7, (int)_card.Content(Path)[0]);
            }
        }

        private static void Begin(bool isMade)
        {
            _card = new MemoryCard(4, 4096);
            _files = new CardFiles(_card);
            _card.Lender = _files;
            _kept = new KeptFile(_card, _files, Path, Bytes, isMade);
        }

        private static void There(string path, int bytes)
        {
            _card.Lender = null;
            _card.Preallocate(path, bytes);
            _card.Lender = _files;
        }

        private static byte[] Content(byte value)
        {
            var content = new byte[Sector.Size];
            for (int i = 0; i < content.Length; i++)
            {
                content[i] = value;
            }

            return content;
        }

        private static CardStatus Put(byte[] content)
        {
            CardStatus status = CardStatus.Ok;
            bool done = false;
            for (int i = 0; i < 50 && !done && status == CardStatus.Ok; i++)
            {
                status = _kept.Put(content, out done);
            }

            Assert.IsTrue(done || status != CardStatus.Ok);
            Assert.AreEqual(0, _card.Unlent);
            return status;
        }
    }
}
