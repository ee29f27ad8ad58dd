// SPDX-License-Identifier: MIT

using nanoFramework.TestFramework;

namespace Lapel.Service.Tests
{
    /// <summary>
    /// The self-test's parts on a board with faults, and its order. The card and the sensor are tested on the whole camera.
    /// </summary>
    [TestClass]
    public class SelfTestTests
    {
        private static FaultyBoard _board;
        private static BenchCamera _camera;

        private static SelfTestItem Run(SelfTestItem item, int fault)
        {
            Begin(fault);
            return Run(item);
        }

        private static void Begin(int fault)
        {
            _board = new FaultyBoard(fault);
            _camera = new BenchCamera(_board);
        }

        private static SelfTestItem Run(SelfTestItem item)
        {
            item.Start(_camera, _board.NowUs);
            for (int steps = 0; item.Outcome == SelfTestOutcome.None && steps < 10000; steps++)
            {
                _board.NowUs += 10000;
                _camera.UtcMs = _board.NowUs / 1000;
                item.Step(_camera, _board.NowUs);
            }

            item.End(_camera);
            return item;
        }

        private static void Is(SelfTestOutcome outcome, SelfTestItem item)
        {
            Assert.AreEqual((int)outcome, (int)item.Outcome, item.Detail);
        }

        [TestMethod]
        public void NativesThatGiveTheKnownAnswersPass()
        {
            Is(SelfTestOutcome.Pass, Run(new NativesTest(), 0));
        }

        [TestMethod]
        public void EachNativeThatDoesNotIsNamed()
        {
            Assert.AreEqual("HMAC-SHA-256 differs from RFC 4231, case 2", Run(new NativesTest(), FaultyBoard.Hmac256).Detail);
            Assert.AreEqual("HMAC-SHA-512 differs from RFC 4231, case 2", Run(new NativesTest(), FaultyBoard.Hmac512).Detail);
            Assert.AreEqual("AES-128-CBC differs from SP 800-38A, F.2.1", Run(new NativesTest(), FaultyBoard.Cipher).Detail);
            SelfTestItem crc = Run(new NativesTest(), FaultyBoard.Crc);
            Assert.AreEqual("CRC-32 differs from its check value", crc.Detail);
            Is(SelfTestOutcome.Fail, crc);
        }

        [TestMethod]
        public void SignaturesHold()
        {
            Is(SelfTestOutcome.Pass, Run(new SignatureTest(), 0));
        }

        [TestMethod]
        public void RandomnessThatIsNoneFails()
        {
            Is(SelfTestOutcome.Pass, Run(new EntropyTest(), 0));
            Is(SelfTestOutcome.Fail, Run(new EntropyTest(), FaultyBoard.Constant));
            Is(SelfTestOutcome.Fail, Run(new EntropyTest(), FaultyBoard.Biased));
        }

        [TestMethod]
        public void AClockThatWasNeverSetIsNotCalledWrong()
        {
            Begin(0);
            SelfTestItem clock = new ClockTest();
            clock.Start(_camera, _board.NowUs);
            _board.NowUs += 1000000;
            clock.Step(_camera, _board.NowUs);
            Is(SelfTestOutcome.Fail, clock);
            Assert.AreEqual("never set: date sets it", clock.Detail);
        }

        [TestMethod]
        public void AClockThatIsSetDuringItsTestIsMeasuredFromThen()
        {
            Begin(0);
            SelfTestItem clock = new ClockTest();
            clock.Start(_camera, _board.NowUs);
            _board.NowUs += 1000000;
            Set(clock, 1790000000000L);
            Is(SelfTestOutcome.None, clock);
            _board.NowUs += 1000000;
            Set(clock, 1790000001000L);
            Is(SelfTestOutcome.Pass, clock);

            // One that runs away is still found.
            clock.Start(_camera, _board.NowUs);
            _board.NowUs += 1000000;
            Set(clock, 1790000002200L);
            Assert.AreEqual("in 1 s it went off by 200 ms", clock.Detail);
        }

        private static void Set(SelfTestItem clock, long utcMs)
        {
            _camera.IsClockSet = true;
            _camera.UtcMs = utcMs;
            clock.Step(_camera, _board.NowUs);
        }

        [TestMethod]
        public void TooLittleMemoryFails()
        {
            Begin(0);
            _board.Heap = 262144;
            Is(SelfTestOutcome.Pass, Run(new MemoryTest()));
            _board.Heap = 262143;
            Is(SelfTestOutcome.Fail, Run(new MemoryTest()));
        }

        [TestMethod]
        public void ABatteryThatGivesWayFails()
        {
            Begin(0);
            Is(SelfTestOutcome.Pass, Run(new BatteryTest()));
            Assert.IsFalse(_board.IsOn(Lapel.Hal.Indicator.Vibration));
            _board.LoadMillivolts = 3749;
            Is(SelfTestOutcome.Fail, Run(new BatteryTest()));
            _board.LoadMillivolts = 3399;
            Is(SelfTestOutcome.Fail, Run(new BatteryTest()));
        }

        [TestMethod]
        public void AStuckButtonFails()
        {
            Begin(0);
            Is(SelfTestOutcome.Pass, Run(new ButtonTest()));
            _board.IsStuck = true;
            Is(SelfTestOutcome.Fail, Run(new ButtonTest()));
        }

        [TestMethod]
        public void IndicatorsAreAsBefore()
        {
            Begin(0);
            _board.Set(Lapel.Hal.Indicator.Green, true);
            Is(SelfTestOutcome.Pass, Run(new IndicatorTest()));
            Assert.IsTrue(_board.IsOn(Lapel.Hal.Indicator.Green));
            Assert.IsFalse(_board.IsOn(Lapel.Hal.Indicator.Tone));
            _camera.Configuration.Covert = true;
            Is(SelfTestOutcome.Skip, Run(new IndicatorTest()));
        }

        [TestMethod]
        public void AllRunInOrderAndOneAlone()
        {
            Begin(0);
            var test = new SelfTest(_camera, new SelfTestItem[] { new NativesTest(), new EntropyTest(), new MemoryTest() });
            Assert.AreEqual("natives entropy memory", test.Names);
            Assert.IsTrue(test.Start(null, 0));
            Assert.IsFalse(test.Start(null, 0), "one at a time");
            while (test.Step(_board.NowUs))
            {
                _board.NowUs += 10000;
            }

            Assert.AreEqual(3, test.Passed);
            Assert.IsTrue(test.Start("entropy", 0));
            while (test.Step(_board.NowUs))
            {
                _board.NowUs += 10000;
            }

            Assert.AreEqual(1, test.Count);
            Assert.AreEqual(1, test.Passed);
            Assert.AreEqual("entropy", test.Item(0).Name);
            Assert.IsFalse(test.Start("nose", 0));
        }

        [TestMethod]
        public void ARecordingSkipsTheRest()
        {
            Begin(0);
            var test = new SelfTest(_camera, new SelfTestItem[] { new NativesTest(), new BatteryTest(), new MemoryTest() });
            test.Start(null, _board.NowUs);
            test.Step(_board.NowUs);
            _camera.IsRecording = true;
            while (test.Step(_board.NowUs))
            {
                _board.NowUs += 10000;
            }

            Assert.AreEqual(1, test.Passed);
            Assert.AreEqual(2, test.Skipped);
            Assert.IsFalse(_board.IsOn(Lapel.Hal.Indicator.Vibration), "it let go");
        }
    }
}
