// SPDX-License-Identifier: MIT

using System;
using System.Diagnostics;
using System.Linq;
using Lapel.Hal;
using Lapel.Scenes;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using SkiaSharp;

namespace Lapel.Cli.Tests
{
    [TestClass]
    public sealed class TestSceneTests
    {
        private static readonly DateTime PowerOn = new(2026, 11, 23, 20, 0, 0, DateTimeKind.Utc);

        [TestMethod]
        [DataRow(FrameSize.Qvga, 320, 240)]
        [DataRow(FrameSize.Vga, 640, 480)]
        [DataRow(FrameSize.Svga, 800, 600)]
        [DataRow(FrameSize.Hd, 1280, 720)]
        public void Every_picture_is_a_baseline_jpeg_of_the_size(FrameSize size, int width, int height)
        {
            var scene = new TestScene(PowerOn);
            foreach (FrameQuality quality in Enum.GetValues<FrameQuality>())
            {
                for (int i = 0; i < 10; i++)
                {
                    byte[] bytes = scene.Take(i * 1_234_567L, size, quality);
                    JpegPicture picture = JpegPicture.Parse(bytes, "picture");
                    Assert.IsTrue(picture.IsLikeSensor);
                    Assert.AreEqual((width, height), (picture.Width, picture.Height));
                    using SKBitmap decoded = Jpegs.Decode(bytes);
                    Assert.AreEqual((width, height), (decoded.Width, decoded.Height));
                }
            }
        }

        [TestMethod]
        [DataRow(FrameQuality.High, 27_000, 33_000)]
        [DataRow(FrameQuality.Default, 16_000, 20_000)]
        [DataRow(FrameQuality.Low, 9_000, 12_000)]
        public void Vga_pictures_have_the_sensors_sizes(FrameQuality quality, int least, int most)
        {
            var scene = new TestScene(PowerOn);
            for (int i = 0; i < 300; i++)
            {
                Assert.IsInRange(least, most, scene.Take(i * 100_000L, FrameSize.Vga, quality).Length);
            }
        }

        [TestMethod]
        public void The_same_moment_gives_the_same_bytes_whatever_was_taken_before()
        {
            var one = new TestScene(PowerOn);
            var other = new TestScene(PowerOn);
            long[] times = { 0, 5_000_000, 100_000, 3_600_000_000, 100_000 };
            byte[][] first = times.Select(time => one.Take(time, FrameSize.Vga, FrameQuality.Default)).ToArray();
            other.Take(77_000, FrameSize.Hd, FrameQuality.High);
            for (int i = times.Length - 1; i >= 0; i--)
            {
                other.Take(times[i], FrameSize.Vga, FrameQuality.Low);
                CollectionAssert.AreEqual(first[i], other.Take(times[i], FrameSize.Vga, FrameQuality.Default));
            }
        }

        [TestMethod]
        public void Every_tenth_of_a_second_looks_different()
        {
            var scene = new TestScene(PowerOn);
            int distinct = Enumerable
                .Range(0, 1000)
                .Select(i => Convert.ToHexString(scene.Take(i * 100_000L, FrameSize.Qvga, FrameQuality.Low)))
                .Distinct()
                .Count();
            Assert.AreEqual(1000, distinct);
        }

        [TestMethod]
        public void A_picture_taken_from_still_strips_decodes_as_if_encoded_whole()
        {
            // The same second of another day moves the same text dots elsewhere only: outside of text and block nothing may differ.
            using SKBitmap one = Jpegs.Decode(new TestScene(PowerOn).Take(1_000_000, FrameSize.Vga, FrameQuality.High));
            using SKBitmap other = Jpegs.Decode(new TestScene(PowerOn).Take(3_000_000, FrameSize.Vga, FrameQuality.High));
            int differing = 0;
            for (int y = 0; y < 480; y++)
            {
                for (int x = 0; x < 640; x++)
                {
                    if (one.GetPixel(x, y) != other.GetPixel(x, y))
                    {
                        differing++;
                        Assert.IsGreaterThan(144, y, $"the colour bars changed at {x}, {y}");
                    }
                }
            }

            Assert.IsInRange(1000, 60_000, differing);
        }

        [TestMethod]
        public void The_colour_bars_have_their_colours()
        {
            using SKBitmap picture = Jpegs.Decode(new TestScene(PowerOn).Take(0, FrameSize.Vga, FrameQuality.High));
            Near(new SKColor(192, 192, 192), picture.GetPixel(40, 60));
            Near(new SKColor(192, 192, 0), picture.GetPixel(120, 60));
            Near(new SKColor(192, 0, 0), picture.GetPixel(440, 60));
            Near(new SKColor(0, 0, 192), picture.GetPixel(520, 60));
        }

        [TestMethod]
        public void A_picture_is_quick()
        {
            var scene = new TestScene(PowerOn);
            for (int i = 0; i < 50; i++)
            {
                scene.Take(i * 100_000L, FrameSize.Vga, FrameQuality.Default);
            }

            TimeSpan best = TimeSpan.MaxValue;
            for (int round = 0; round < 20; round++)
            {
                long start = Stopwatch.GetTimestamp();
                for (int i = 0; i < 10; i++)
                {
                    scene.Take(i * 100_000L, FrameSize.Vga, FrameQuality.Default);
                }

                TimeSpan took = Stopwatch.GetElapsedTime(start) / 10;
                if (took < best)
                {
                    best = took;
                }
            }
            Assert.IsLessThan(4.0, best.TotalMilliseconds);
        }

        private static void Near(SKColor expected, SKColor actual)
        {
            int distance =
                Math.Abs(expected.Red - actual.Red) + Math.Abs(expected.Green - actual.Green) + Math.Abs(expected.Blue - actual.Blue);
            Assert.IsLessThan(24, distance, $"{actual} is not {expected}");
        }
    }
}
