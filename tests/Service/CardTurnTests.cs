// SPDX-License-Identifier: MIT

using nanoFramework.TestFramework;

namespace Lapel.Service.Tests
{
    [TestClass]
    public class CardTurnTests
    {
        private const long ReadUs = 20000;

        private static BenchBoard _board;
        private static BenchCamera _camera;
        private static CardTurn _turn;

        [TestMethod]
        public void WhatFitsIsDoneAtOnce()
        {
            Begin(ReadUs, true);
            Assert.IsTrue(_turn.Has(ReadUs));
            Assert.AreEqual(_board.NowUs, _turn.NowUs);
            Assert.AreEqual(ReadUs, _turn.FreeUs);
            Assert.IsFalse(_turn.IsMissed);
        }

        [TestMethod]
        public void BetweenRecordingsWhatDoesNotFitWaitsFor30Milliseconds()
        {
            Begin(ReadUs - 1, false);
            Assert.IsFalse(_turn.Has(ReadUs));
            _board.NowUs += 29999;
            Assert.IsFalse(_turn.Has(ReadUs));
            _board.NowUs += 1;
            Assert.IsTrue(_turn.Has(ReadUs), "a picture of the past comes later by it");
            Assert.IsFalse(_turn.Has(ReadUs), "the next waits anew");
            Assert.IsFalse(_turn.IsMissed);
        }

        [TestMethod]
        public void InARecordingItWaitsForEverAndAfter800MillisecondsThatIsSaid()
        {
            Begin(0, true);
            Assert.IsFalse(_turn.Has(ReadUs));
            _board.NowUs += 799999;
            Assert.IsFalse(_turn.Has(ReadUs));
            Assert.IsFalse(_turn.IsMissed);
            _board.NowUs += 1;
            Assert.IsFalse(_turn.Has(ReadUs));
            Assert.IsTrue(_turn.IsMissed);
            _camera.Free = ReadUs;
            Assert.IsTrue(_turn.Has(ReadUs));
            Assert.IsFalse(_turn.IsMissed);
            _camera.Free = 0;
            Assert.IsFalse(_turn.Has(ReadUs));
            Assert.IsFalse(_turn.IsMissed, "the next waits anew");
        }

        private static void Begin(long freeUs, bool recording)
        {
            _board = new BenchBoard();
            _camera = new BenchCamera(_board);
            _camera.Free = freeUs;
            _camera.IsRecording = recording;
            _turn = new CardTurn(_camera);
        }
    }
}
