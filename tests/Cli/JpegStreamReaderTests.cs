// SPDX-License-Identifier: MIT

using System.IO;
using System.Linq;
using Lapel.Scenes;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Cli.Tests
{
    [TestClass]
    public sealed class JpegStreamReaderTests
    {
        [TestMethod]
        public void Pictures_come_out_one_by_one_byte_for_byte()
        {
            byte[][] pictures = Enumerable.Range(0, 5).Select(i => Jpegs.Numbered(i)).ToArray();
            JpegStreamReader reader = Over(pictures);
            long at = 0;
            foreach (byte[] expected in pictures)
            {
                JpegPicture? picture = reader.Read();
                CollectionAssert.AreEqual(expected, picture?.Bytes);
                Assert.AreEqual(at, reader.PictureStart);
                at += expected.Length;
            }
            Assert.IsNull(reader.Read());
        }

        [TestMethod]
        public void A_thumbnails_end_does_not_end_the_picture()
        {
            byte[] picture = Jpegs.WithThumbnail(Jpegs.Numbered(1), Jpegs.Numbered(2));
            JpegStreamReader reader = Over(picture, Jpegs.Numbered(3));
            CollectionAssert.AreEqual(picture, reader.Read()!.Bytes);
            CollectionAssert.AreEqual(Jpegs.Numbered(3), reader.Read()!.Bytes);
        }

        [TestMethod]
        public void Fill_bytes_before_a_marker_belong_to_the_picture()
        {
            byte[] plain = Jpegs.Numbered(1);
            byte[] filled = plain[..^2].Concat(new byte[] { 0xFF, 0xFF, 0xFF, 0xD9 }).ToArray();
            filled = filled[..2].Concat(new byte[] { 0xFF, 0xFF }).Concat(filled[2..]).ToArray();
            CollectionAssert.AreEqual(filled, Over(filled).Read()!.Bytes);
        }

        [TestMethod]
        public void Zeros_between_pictures_are_skipped()
        {
            JpegStreamReader reader = Over(Jpegs.Numbered(1), new byte[777], Jpegs.Numbered(2), new byte[3]);
            Assert.IsNotNull(reader.Read());
            CollectionAssert.AreEqual(Jpegs.Numbered(2), reader.Read()!.Bytes);
            Assert.IsNull(reader.Read());
        }

        [TestMethod]
        public void Every_cut_is_reported_and_none_gives_a_picture()
        {
            byte[] picture = Jpegs.Numbered(1);
            for (int length = 1; length < picture.Length; length += length < 700 ? 1 : 97)
            {
                JpegStreamReader reader = Over(picture[..length]);
                Assert.ThrowsExactly<SceneException>(() => reader.Read(), $"cut at {length}");
            }
        }

        [TestMethod]
        public void Errors_say_where_and_what()
        {
            Assert.AreEqual("x is not a JPEG: it does not begin with FF D8", Error(new byte[] { 1, 2, 3 }));
            byte[] picture = Jpegs.Numbered(1);
            Assert.StartsWith($"x: the JPEG at byte {picture.Length} does not begin with FF D8", Error(picture, new byte[] { 7 }));
            Assert.Contains("is cut short", Error(picture[..^2]));
            Assert.Contains("begins again (FF D8) before its end", Error(picture[..^2], picture));
            Assert.Contains("ends without picture data", Error(new byte[] { 0xFF, 0xD8, 0xFF, 0xD9 }));
            Assert.Contains("impossible length 1", Error(new byte[] { 0xFF, 0xD8, 0xFF, 0xE0, 0, 1 }));
            Assert.Contains("byte 20 where a marker belongs", Error(new byte[] { 0xFF, 0xD8, 0x20 }));
            Assert.Contains("picture data without a frame header", Error(Jpegs.Without(picture, 0xC0)));
        }

        private static string Error(params byte[][] parts)
        {
            JpegStreamReader reader = Over(parts);
            return Assert
                .ThrowsExactly<SceneException>(() =>
                {
                    while (reader.Read() != null) { }
                })
                .Message;
        }

        private static JpegStreamReader Over(params byte[][] parts)
        {
            return new JpegStreamReader(new MemoryStream(parts.SelectMany(part => part).ToArray()), "x");
        }
    }
}
