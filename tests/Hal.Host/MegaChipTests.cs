// SPDX-License-Identifier: MIT

using System;
using System.Device.Gpio;
using System.Device.Spi;
using System.Linq;
using Lapel.Hal.Virtual;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using nanoFramework.Hardware.Esp32;

namespace Lapel.Hal.Host.Tests
{
    /// <summary>The simulated chip used wrongly, as ArduCAM's is known to answer.</summary>
    [TestClass]
    public class MegaChipTests
    {
        [TestMethod]
        public void UsedRightlyItGivesThePicture()
        {
            using var bench = new Bench();
            bench.Configure();
            int length = bench.Capture();
            byte[] got = bench.Burst(length, dummy: true);
            bench.ExpectPicture(got);
        }

        [TestMethod]
        public void SkippingTheIdleWaitGivesTheBogusLengthAndNoPicture()
        {
            using var bench = new Bench();
            bench.Configure();
            bench.Write(0x21, 0x85);
            bench.Write(0x04, 0x01);
            bench.Write(0x04, 0x02);
            bench.Clock.Advance(100_000);
            Assert.AreEqual(8_390_520, bench.Length());
            CollectionAssert.AreEqual(new byte[100], bench.Burst(100, dummy: true));
            Assert.IsEmpty(bench.Chip.Log.Pictures);
        }

        [TestMethod]
        public void ReadingTheLengthWhileBusyGivesTheBogusLength()
        {
            using var bench = new Bench();
            bench.Configure();
            int length = bench.Capture();
            bench.Write(0x2A, 1);
            Assert.AreEqual(8_390_520, bench.Length());
            bench.Clock.Advance(2_000);
            Assert.AreEqual(length, bench.Length());
        }

        [TestMethod]
        public void AWriteWhileBusyIsLost()
        {
            using var bench = new Bench();
            bench.Configure();
            bench.Write(0x2A, 2);
            bench.Write(0x2A, 0);
            Assert.AreEqual(1, bench.Chip.LostWrites);
            bench.Clock.Advance(2_000);
            bench.Capture();
            Assert.AreEqual(FrameQuality.Low, bench.Chip.Log.Pictures[0].Quality);
        }

        [TestMethod]
        public void AFormatChangeNeedsAFreshResolutionOnNewModels()
        {
            using var bench = new Bench();
            bench.Configure();
            bench.Write(0x20, 2);
            bench.Clock.Advance(30_000);
            bench.Write(0x20, 1);
            bench.Clock.Advance(30_000);
            Assert.AreEqual(0, bench.Capture());
            bench.Write(0x21, 0x85);
            bench.Clock.Advance(12_000);
            Assert.AreNotEqual(0, bench.Capture());
        }

        [TestMethod]
        public void WithoutTheDummyByteEverythingIsShifted()
        {
            using var bench = new Bench();
            bench.Configure();
            int length = bench.Capture();
            byte[] got = bench.Burst(length, dummy: false);
            byte[] expected = bench.Chip.Log.Pictures[0].Bytes!;
            CollectionAssert.AreEqual(expected[..(length - 20)], got[1..(length - 19)]);
            Assert.AreNotEqual(0xFF, got[0]);
        }

        [TestMethod]
        public void TheDummyByteComesOnceAPicture()
        {
            using var bench = new Bench();
            bench.Configure();
            int length = bench.Capture();
            byte[] first = bench.Burst(1_000, dummy: true);
            byte[] rest = bench.Burst(length - 1_000, dummy: false);
            bench.ExpectPicture(first.Concat(rest).ToArray());
            length = bench.Capture();
            bench.ExpectPicture(bench.Burst(length, dummy: true));
        }

        [TestMethod]
        public void ATwoByteReadGivesTheValueBefore()
        {
            using var bench = new Bench();
            bench.Write(0x00, 0x55);
            Assert.AreEqual(0x55, bench.Read(0x00));
            bench.Write(0x00, 0xAA);
            byte[] answer = bench.Exchange(new byte[] { 0x00, 0x00 });
            Assert.AreEqual(0x55, answer[1]);
            Assert.AreEqual(0xAA, bench.Read(0x00));
        }

        [TestMethod]
        public void AWrongOpcodeRepeatsTheTestValue()
        {
            using var bench = new Bench();
            bench.Configure();
            bench.Capture();
            bench.Write(0x00, 0x5A);
            byte[] answer = bench.Exchange(new byte[] { 0x3E, 0, 0, 0, 0, 0 });
            CollectionAssert.AreEqual(new byte[] { 0x5A, 0x5A, 0x5A, 0x5A }, answer[2..]);
        }

        [TestMethod]
        public void OverClockingCorruptsAndALimitOf12MegahertzDoesNot()
        {
            using (var bench = new Bench(12_000_000))
            {
                bench.Chip.ClockLimitHz = 12_000_000;
                bench.Configure();
                bench.ExpectPicture(bench.Burst(bench.Capture(), dummy: true));
                bench.Chip.ClockLimitHz = 8_000_000;
                byte[] got = bench.Burst(1_000, dummy: false);
                Assert.IsTrue(got.Any(b => b != 0), "past the end a sound chip gives zeros");
            }
        }

        [TestMethod]
        public void SingleReadsWalkTheSameFifo()
        {
            using var bench = new Bench();
            bench.Configure();
            bench.Capture();
            Assert.AreEqual(0xFF, bench.Read(0x3D));
            Assert.AreEqual(0xD8, bench.Read(0x3D));
        }

        [TestMethod]
        public void WithoutChipSelectNothingAnswers()
        {
            using var bench = new Bench();
            bench.Write(0x00, 0x55);
            var answer = new byte[3];
            bench.Spi.TransferFullDuplex(new byte[3], answer);
            CollectionAssert.AreEqual(new byte[] { 0xFF, 0xFF, 0xFF }, answer);
        }

        [TestMethod]
        public void TheBusKeepsTheLimitsOfTheNativeCode()
        {
            using var bench = new Bench();
            Assert.ThrowsExactly<ArgumentException>(() => bench.Spi.Read(new byte[16_385]));
            Assert.ThrowsExactly<ArgumentException>(() => bench.Spi.Read(new SpanByte(new byte[40_000], 32_768, 10)));
            bench.Spi.Read(new SpanByte(new byte[40_000], 32_767, 10));
        }

        [TestMethod]
        public void TransfersCostTheirBitsAndTenMicroseconds()
        {
            using var bench = new Bench();
            long before = bench.Clock.NowUs;
            bench.Spi.Read(new byte[16_384]);
            Assert.AreEqual(16_384 + 10, bench.Clock.NowUs - before);
        }

        [TestMethod]
        public void ABusWithoutPinsDoesNotOpen()
        {
            var machine = new VirtualMachine();
            using (machine.Enter())
            {
                Assert.ThrowsExactly<ArgumentException>(() => SpiDevice.Create(new SpiConnectionSettings(1)));
            }
        }

        [TestMethod]
        public void ResetForgetsTheSettings()
        {
            using var bench = new Bench();
            bench.Configure();
            Assert.AreNotEqual(0, bench.Capture());
            bench.Write(0x07, 0x40);
            Assert.AreEqual(0, bench.Read(0x44) & 3);
            bench.Clock.Advance(1_000_000);
            Assert.AreEqual(2, bench.Read(0x44) & 3);
            Assert.AreEqual(0, bench.Capture());
        }

        /// <summary>The chip on a bare bus.</summary>
        private sealed class Bench : IDisposable
        {
            private const int SelectPin = 10;
            private readonly IDisposable _scope;
            private readonly GpioPin _select;

            public Bench(int hertz = 8_000_000)
            {
                var machine = new VirtualMachine();
                Chip = new MegaChip(new NoiseScene());
                Chip.Log.KeepBytes = true;
                machine.Spi[1].Attach(SelectPin, Chip);
                Clock = machine.Clock;
                _scope = machine.Enter();
                Configuration.SetPinFunction(11, DeviceFunction.SPI1_MOSI);
                Configuration.SetPinFunction(13, DeviceFunction.SPI1_MISO);
                Configuration.SetPinFunction(12, DeviceFunction.SPI1_CLOCK);
                _select = new GpioController().OpenPin(SelectPin, PinMode.Output);
                _select.Write(PinValue.High);
                Spi = SpiDevice.Create(new SpiConnectionSettings(1) { ClockFrequency = hertz });
            }

            public MegaChip Chip { get; }

            public VirtualClock Clock { get; }

            public SpiDevice Spi { get; }

            public byte[] Exchange(byte[] sent)
            {
                var answer = new byte[sent.Length];
                _select.Write(PinValue.Low);
                Spi.TransferFullDuplex(sent, answer);
                _select.Write(PinValue.High);
                return answer;
            }

            public int Read(int register) => Exchange(new byte[] { (byte)register, 0, 0 })[2];

            public void Write(int register, int value) => Exchange(new byte[] { (byte)(register | 0x80), (byte)value });

            public int Length() => Read(0x45) | Read(0x46) << 8 | Read(0x47) << 16;

            public byte[] Burst(int count, bool dummy)
            {
                var got = new byte[Math.Min(count, 60_000)];
                _select.Write(PinValue.Low);
                Spi.Write(dummy ? new byte[] { 0x3C, 0 } : new byte[] { 0x3C });
                for (int at = 0; at < got.Length; at += 16_384)
                {
                    Spi.Read(new SpanByte(got, at, Math.Min(16_384, got.Length - at)));
                }

                _select.Write(PinValue.High);
                return got;
            }

            /// <summary>JPEG, VGA, with every wait.</summary>
            public void Configure()
            {
                Write(0x07, 0x40);
                Clock.Advance(1_000_000);
                Write(0x20, 1);
                Clock.Advance(30_000);
                Write(0x21, 0x85);
                Clock.Advance(12_000);
            }

            public int Capture()
            {
                Write(0x04, 0x01);
                Write(0x04, 0x02);
                for (int n = 0; n < 50 && (Read(0x44) & 4) == 0; n++)
                {
                    Clock.Advance(2_000);
                }

                Assert.AreEqual(4, Read(0x44) & 4, "done");
                return Length();
            }

            public void ExpectPicture(byte[] got)
            {
                byte[] expected = Chip.Log.Pictures[^1].Bytes!;
                CollectionAssert.AreEqual(expected, got[..expected.Length]);
            }

            public void Dispose() => _scope.Dispose();
        }
    }
}
