// SPDX-License-Identifier: MIT

using Lapel.Hal;
using nanoFramework.TestFramework;

namespace Lapel.Evidence.Tests
{
    /// <summary>Who has which of the card's five files: a test for each use, and for what one does to another.</summary>
    [TestClass]
    public class CardFilesTests
    {
        private const string Path = "A";

        private static CardFiles _files;
        private static MemoryCard _card;

        [TestMethod]
        public void ARefusedAskIsNoFaultOfTheCard()
        {
            Begin(CardSituation.RecordingBusy);
            Assert.IsNull(_files.Open(FileUse.Port, Path));
            Assert.AreEqual((int)CardStatus.Busy, (int)_files.Status);
            Assert.IsFalse(_files.Has(FileUse.Port));
        }

        [TestMethod]
        public void APressFindsAPlaceWhoeverHasAFile()
        {
            FileUse[] guests = { FileUse.Port, FileUse.Custody, FileUse.SelfTest };
            for (int i = 0; i < guests.Length; i++)
            {
                Begin(CardSituation.Idle);
                Assert.IsNotNull(_files.Open(guests[i], Path));
                Assert.IsNotNull(_files.Open(FileUse.Live, Path), "guest " + i.ToString());
                Assert.AreEqual(CardFiles.Most, _files.Taken);
            }

            Begin(CardSituation.Recovering);
            Assert.IsNotNull(_files.Open(FileUse.Recovery, Path));
            Assert.IsNotNull(_files.Open(FileUse.Live, Path));
        }

        [TestMethod]
        public void ARecordingTakesTheSpareAndThenPutsGuestsOut()
        {
            Begin(CardSituation.Idle);
            ICardFile spare = _files.Open(FileUse.Spare, Path);
            ICardFile read = _files.Open(FileUse.Port, Path);
            Holder port = new Holder();
            _files.SetHolder(FileUse.Port, port);
            Assert.AreEqual(CardFiles.Most, _files.Taken);
            _files.Pass(FileUse.Spare, FileUse.Live);
            Assert.IsFalse(_files.Ask(FileUse.PreEvent));
            Assert.IsTrue(_files.Enter(CardSituation.RecordingBusy));
            Assert.AreEqual(1, port.Times);
            Assert.AreEqual((int)CardStatus.ReadError, (int)read.Read(0, new byte[512], 0, 512), "its file is closed all the same");
            Assert.IsNotNull(_files.Open(FileUse.PreEvent, Path));
            spare.Close();
            Assert.IsFalse(_files.Has(FileUse.Live));
        }

        [TestMethod]
        public void BesideARecordingADockPutsOutTheSpareAndKeepsThePlaceBetweenTwoFiles()
        {
            Begin(CardSituation.Recording);
            _files.Open(FileUse.Live, Path);
            _files.Open(FileUse.Spare, Path);
            Assert.IsFalse(_files.Ask(FileUse.Port), "putting the spare out is this turn's card operation");
            Assert.IsFalse(_files.Has(FileUse.Spare));
            Assert.IsFalse(_files.Ask(FileUse.Spare), "it does not come back before the dock, which waits");
            ICardFile first = _files.Open(FileUse.Port, Path);
            first.Close();
            Assert.IsFalse(_files.Ask(FileUse.Spare));
            Assert.IsNotNull(_files.Open(FileUse.Port, Path));
            _files.Leave(FileUse.Port);
            Assert.IsTrue(_files.Ask(FileUse.Spare));
        }

        [TestMethod]
        public void NearTheEndOfASlotTheSpareComesBeforeADock()
        {
            Begin(CardSituation.Recording);
            _files.Open(FileUse.Live, Path);
            _files.Open(FileUse.Port, Path);
            _files.Enter(CardSituation.RecordingBusy);
            Assert.IsFalse(_files.Has(FileUse.Port));
            Assert.IsTrue(_files.Ask(FileUse.Spare));
        }

        [TestMethod]
        public void GuestsHaveTheirTurnInTheOrderInWhichTheyAsked()
        {
            Begin(CardSituation.Idle);
            Assert.IsTrue(_files.Ask(FileUse.Port));
            Assert.IsFalse(_files.Ask(FileUse.Custody));
            Assert.IsFalse(_files.Ask(FileUse.SelfTest));
            _files.Leave(FileUse.Port);
            Assert.IsFalse(_files.Ask(FileUse.Port));
            Assert.IsFalse(_files.Ask(FileUse.SelfTest));
            Assert.IsTrue(_files.Ask(FileUse.Custody));
        }

        [TestMethod]
        public void WhoOnlyRestsInAPlaceLeavesItToWhoAsks()
        {
            Begin(CardSituation.Idle);
            _files.Open(FileUse.Port, Path);
            _files.LetRest(FileUse.Port);
            Assert.IsFalse(_files.Ask(FileUse.Custody));
            Assert.IsFalse(_files.Has(FileUse.Port));
            Assert.IsTrue(_files.Ask(FileUse.Custody));
        }

        [TestMethod]
        public void WhoAskedAndGivesUpKeepsNobodyWaiting()
        {
            Begin(CardSituation.Idle);
            _files.Ask(FileUse.Port);
            _files.Ask(FileUse.Custody);
            _files.Leave(FileUse.Port);
            int turns = 0;
            while (!_files.Ask(FileUse.SelfTest))
            {
                _files.Enter(CardSituation.Idle);
                Assert.IsTrue(++turns < 100);
            }
        }

        [TestMethod]
        public void ASlotOpenedForRecoveryIsClosedWhenARecordingBegins()
        {
            Begin(CardSituation.Recovering);
            ICardFile file = _files.Open(FileUse.Recovery, Path);
            _files.Enter(CardSituation.RecordingBusy);
            Assert.IsFalse(_files.Has(FileUse.Recovery));
            file.Close();
            Assert.AreEqual(3, _files.Taken, "a file that is closed twice gives its place back once");
        }

        [TestMethod]
        public void AFileThatIsBeingMadeHasAPlaceUntilItIsDone()
        {
            Begin(CardSituation.Idle);
            IFileMaking making = _files.Make(FileUse.Making, "B", 512);
            Assert.AreEqual(4, _files.Taken);
            Assert.IsNull(_files.Make(FileUse.Making, "C", 512), "one place for this use");
            Assert.AreEqual((int)CardStatus.Busy, (int)_files.Status);
            Assert.AreEqual((int)CardStatus.Ok, (int)making.Step());
            Assert.AreEqual(4, _files.Taken);
            Assert.AreEqual((int)CardStatus.Ok, (int)making.Step());
            Assert.IsTrue(making.IsDone);
            Assert.AreEqual(3, _files.Taken);
            making.Abandon();
            Assert.AreEqual(3, _files.Taken, "a place is given back once");
        }

        [TestMethod]
        public void AFileThatCannotBeMadeGivesItsPlaceBack()
        {
            Begin(CardSituation.Idle);
            IFileMaking making = _files.Make(FileUse.Making, "B", 1 << 20);
            Assert.AreEqual((int)CardStatus.Full, (int)making.Step());
            Assert.AreEqual(3, _files.Taken);
        }

        [TestMethod]
        public void WhoMakesAFileCanBePutOutOfIt()
        {
            Begin(CardSituation.Idle);
            IFileMaking making = _files.Make(FileUse.Making, "B", 512);
            making.Step();
            Assert.AreEqual(4, _card.OpenFiles);
            Assert.IsFalse(_files.Ask(FileUse.Port), "putting it out is this turn's card operation");
            Assert.AreEqual(3, _card.OpenFiles);
            Assert.IsTrue(_files.Ask(FileUse.Port));
            Assert.AreEqual((int)CardStatus.WriteError, (int)making.Step(), "it opens nothing any more");
            Assert.AreEqual(3, _card.OpenFiles);
        }

        // Catalogue and log are open, as in every situation but the first.
        private static void Begin(CardSituation situation)
        {
            MemoryCard card = new MemoryCard(8, 4096);
            card.Preallocate(Path, 512);
            _card = card;
            _files = new CardFiles(card);
            _files.Open(FileUse.Catalogue, Path);
            _files.Open(FileUse.Catalogue, Path);
            _files.Open(FileUse.Log, Path);
            Assert.AreEqual(3, _files.Taken);
            _files.Enter(situation);
        }

        private sealed class Holder : IFileHolder
        {
            public int Times;

            public void PutOut()
            {
                Times++;
            }
        }
    }
}
