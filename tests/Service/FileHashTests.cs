// SPDX-License-Identifier: MIT

using Lapel.Custody;
using Lapel.Evidence;
using nanoFramework.TestFramework;

namespace Lapel.Service.Tests
{
    /// <summary>The hash of a file on the card, part by part (PROTOCOL.md 4, note 10).</summary>
    [TestClass]
    public class FileHashTests
    {
        private const int Length = 100000;

        private static BenchBoard _board;
        private static BenchCamera _camera;
        private static FileHash _hash;

        private static void Begin()
        {
            _board = new BenchBoard();
            _camera = new BenchCamera(_board) { MayRead = true, AuditBytes = Length };
            var access = new AccessControl(_board, new Digests(_board.Natives), _camera, _camera.Store);
            _hash = new FileHash(_camera, new ServiceFiles(_camera, access));
        }

        // As the camera's log reads on this bench: each byte is its place.
        private static uint Expected(int from, int end)
        {
            uint crc = 0xFFFFFFFF;
            for (int at = from; at < end; at++)
            {
                crc ^= (byte)at;
                for (int bit = 0; bit < 8; bit++)
                {
                    crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
                }
            }

            return ~crc;
        }

        // Steps until the answer is known; a step takes some time.
        private static SmpError Answer(long stepUs)
        {
            SmpError error;
            for (int steps = 0; steps < 10000; steps++)
            {
                _board.NowUs += stepUs;
                if (_hash.Step(out error))
                {
                    return error;
                }
            }

            throw new System.Exception("no answer");
        }

        [TestMethod]
        public void CrcsOfPartsGiveThatOfTheWhole()
        {
            Assert.AreEqual(Expected(0, 1000), CrcParts.Join(Expected(0, 1), Expected(1, 1000), CrcParts.Factor(999)));
            Assert.AreEqual(Expected(0, 1000), CrcParts.Join(Expected(0, 999), Expected(999, 1000), CrcParts.Factor(1)));
            Assert.AreEqual(Expected(0, 1000), CrcParts.Join(0, Expected(0, 1000), CrcParts.Factor(1000)));
            Assert.AreEqual(Expected(0, 70000), CrcParts.Join(Expected(0, 4464), Expected(4464, 70000), CrcParts.Factor(65536)));
        }

        [TestMethod]
        public void AnyPartOfAFileIsHashed()
        {
            Begin();
            int[] ends = { 1, 4095, 4096, 4097, 8192, 50000, Length };
            for (int i = 0; i < ends.Length; i++)
            {
                for (int from = 0; from < ends[i]; from += 7777)
                {
                    _hash.Begin(ServiceFile.Log, from, ends[i], _board.NowUs);
                    Assert.IsTrue(Answer(1000) == SmpError.None);
                    Assert.AreEqual(Expected(from, ends[i]), _hash.Crc);
                    Assert.AreEqual((long)(ends[i] - from), _hash.Count);
                }
            }
        }

        [TestMethod]
        public void WhatTakesLongerThanASecondGoesOnWithTheNextRequest()
        {
            Begin();
            int busy = 0;
            SmpError error = SmpError.Busy;
            while (error == SmpError.Busy)
            {
                long beganUs = _board.NowUs;
                _hash.Begin(ServiceFile.Log, 0, Length, _board.NowUs);
                error = Answer(100000);
                Assert.IsTrue(_board.NowUs - beganUs < 1000000, "within a second");
                busy++;
            }

            Assert.AreEqual(4, busy);
            Assert.AreEqual(Expected(0, Length), _hash.Crc);
        }

        [TestMethod]
        public void WhatWasReadIsNotReadAgain()
        {
            Begin();
            var part = new byte[1536];
            for (int at = 0; at < Length; at += part.Length)
            {
                int count = Length - at < part.Length ? Length - at : part.Length;
                _camera.ReadAudit(at, part, 0, count);
                _hash.Follow(ServiceFile.Log, at, part, 0, count);
            }

            _hash.Begin(ServiceFile.Log, 0, Length, _board.NowUs);
            SmpError error;
            Assert.IsTrue(_hash.Step(out error), "at once");
            Assert.AreEqual(Expected(0, Length), _hash.Crc);

            // What was skipped is not taken for read, nor what was read elsewhere.
            _camera.ReadAudit(0, part, 0, 100);
            _hash.Follow(ServiceFile.Log, 0, part, 0, 100);
            _hash.Follow(ServiceFile.Log, 200, part, 0, 100);
            _hash.Begin(ServiceFile.Log, 0, 300, _board.NowUs);
            Assert.IsTrue(Answer(1000) == SmpError.None);
            Assert.AreEqual(Expected(0, 300), _hash.Crc);
        }

        [TestMethod]
        public void ARecordingHasPriority()
        {
            Begin();
            _hash.Begin(ServiceFile.Log, 0, Length, _board.NowUs);
            _camera.IsRecording = true;
            Assert.IsTrue(Answer(1000) == SmpError.Busy);
        }
    }
}
