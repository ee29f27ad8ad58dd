// SPDX-License-Identifier: MIT

using nanoFramework.TestFramework;

namespace Lapel.Service.Tests
{
    [TestClass]
    public class CardTimeTests
    {
        private const long ReadUs = 20000;

        private static BenchBoard _board;
        private static BenchCamera _camera;
        private static CardTime _time;

        [TestMethod]
        public void APieceIsReadWhenAPictureIsLateAlready()
        {
            // The wait is over and the time that is left is below zero: a count below zero would shift whatever is read afterwards.
            Assert.AreEqual(4096, BulkLane.PieceOf(-16000, 16384));
            Assert.AreEqual(4096, BulkLane.PieceOf(0, 8192));
            Assert.AreEqual(4096, BulkLane.PieceOf(7999, 8192));
            Assert.AreEqual(4096, BulkLane.PieceOf(8000, 8192));
            Assert.AreEqual(8192, BulkLane.PieceOf(16000, 16384));
            Assert.AreEqual(16384, BulkLane.PieceOf(long.MaxValue, 16384));
            Assert.AreEqual(512, BulkLane.PieceOf(-1, 512));
            Assert.AreEqual(1, BulkLane.PieceOf(80000, 1));
        }

        [TestMethod]
        public void WhatFitsIsDoneAtOnce()
        {
            Begin(ReadUs, true);
            Assert.IsTrue(_time.Has(ReadUs));
            Assert.AreEqual(_board.NowUs, _time.NowUs);
            Assert.AreEqual(ReadUs, _time.FreeUs);
            Assert.IsFalse(_time.IsMissed);
        }

        [TestMethod]
        public void BetweenRecordingsWhatDoesNotFitWaitsFor30Milliseconds()
        {
            Begin(ReadUs - 1, false);
            Assert.IsFalse(_time.Has(ReadUs));
            _board.NowUs += 29999;
            Assert.IsFalse(_time.Has(ReadUs));
            _board.NowUs += 1;
            Assert.IsTrue(_time.Has(ReadUs), "a pre-event picture comes later by it");
            Assert.IsFalse(_time.Has(ReadUs), "the next waits anew");
            Assert.IsFalse(_time.IsMissed);
        }

        [TestMethod]
        public void InARecordingItWaitsForEverAndAfter800MillisecondsThatIsSaid()
        {
            Begin(0, true);
            Assert.IsFalse(_time.Has(ReadUs));
            _board.NowUs += 799999;
            Assert.IsFalse(_time.Has(ReadUs));
            Assert.IsFalse(_time.IsMissed);
            _board.NowUs += 1;
            Assert.IsFalse(_time.Has(ReadUs));
            Assert.IsTrue(_time.IsMissed);
            _camera.Free = ReadUs;
            Assert.IsTrue(_time.Has(ReadUs));
            Assert.IsFalse(_time.IsMissed);
            _camera.Free = 0;
            Assert.IsFalse(_time.Has(ReadUs));
            Assert.IsFalse(_time.IsMissed, "the next waits anew");
        }

        private static void Begin(long freeUs, bool recording)
        {
            _board = new BenchBoard();
            _camera = new BenchCamera(_board);
            _camera.Free = freeUs;
            _camera.IsRecording = recording;
            _time = new CardTime(_camera);
        }
    }
}
