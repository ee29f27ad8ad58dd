// SPDX-License-Identifier: MIT

using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using Lapel.Hal;
using Lapel.Hal.Virtual;
using Lapel.Scenes;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using SkiaSharp;

namespace Lapel.Cli.Tests
{
    [TestClass]
    public sealed class SceneSourceTests
    {
        private const long PictureUs = 100_000;

        [TestMethod]
        public void Without_an_argument_the_test_picture_is_drawn()
        {
            Assert.IsInstanceOfType<TestScene>(SceneSource.Open(null, FrameSize.Vga, DateTime.UnixEpoch));
        }

        [TestMethod]
        public void A_folder_plays_its_pictures_in_the_order_of_their_names_in_a_loop()
        {
            using var folder = new TemporaryFolder();
            folder.Write("b.jpeg", Jpegs.Numbered(2));
            folder.Write("a.jpg", Jpegs.Numbered(1));
            folder.Write("c.JPG", Jpegs.Numbered(3));
            folder.Write("notes.txt", "no picture");
            IScene scene = Open(folder.Path);
            for (int i = 0; i < 7; i++)
            {
                CollectionAssert.AreEqual(Jpegs.Numbered(1 + i % 3), scene.Take(i * PictureUs + 99_999, FrameSize.Qvga, FrameQuality.High));
            }
        }

        [TestMethod]
        public void An_mjpeg_file_plays_in_a_loop_and_by_number()
        {
            using var folder = new TemporaryFolder();
            string path = folder.Write("a.mjpeg", Enumerable.Range(0, 4).SelectMany(i => Jpegs.Numbered(i)).ToArray());
            using var scene = (MjpegScene)Open(path);
            Assert.AreEqual(4, scene.Count);
            for (int i = 0; i < 9; i++)
            {
                CollectionAssert.AreEqual(Jpegs.Numbered(i % 4), scene.Take(i * PictureUs, FrameSize.Qvga, FrameQuality.High));
                CollectionAssert.AreEqual(Jpegs.Numbered(i % 4), scene.Picture(i % 4));
            }
        }

        [TestMethod]
        public void The_people_are_two_hundred()
        {
            string path = Footage.Require("people-vga-10fps.mjpeg");
            using var scene = (MjpegScene)SceneSource.Open(path, FrameSize.Vga, DateTime.UnixEpoch);
            Assert.AreEqual(200, scene.Count);
            byte[] joined = Enumerable.Range(0, scene.Count).SelectMany(scene.Picture).ToArray();
            CollectionAssert.AreEqual(File.ReadAllBytes(path), joined);
            for (int i = 0; i < scene.Count; i++)
            {
                using SKBitmap picture = Jpegs.Decode(scene.Picture(i));
                Assert.AreEqual((640, 480), (picture.Width, picture.Height));
            }
        }

        [TestMethod]
        public void Missing_empty_and_foreign_scenes_are_told_apart()
        {
            using var folder = new TemporaryFolder();
            Directory.CreateDirectory(folder["none"]);
            Fails(folder["nowhere"], "does not exist");
            Fails(folder["none"], "holds no .jpg or .jpeg file");
            Fails(folder.Write("empty.mjpeg", ""), "is empty");
            Fails(folder.Write("text.jpg", "not a picture"), "does not begin with FF D8");
            Fails(folder.Write("cut.mjpeg", Jpegs.Numbered(1)[..3000]), "is cut short");
        }

        [TestMethod]
        public void Pictures_that_no_sensor_makes_are_refused()
        {
            using var folder = new TemporaryFolder();
            byte[] picture = Jpegs.Numbered(1);
            Fails(folder.Write("p.jpg", Jpegs.WithProcess(picture, 0xC2)), "is a progressive JPEG");
            Fails(folder.Write("x.jpg", Jpegs.WithProcess(picture, 0xC1)), "is not a baseline JPEG");
            Fails(folder.Write("t.jpg", Jpegs.Without(picture, 0xC4)), "no Huffman or quantization tables");
            Fails(folder.Write("second.mjpeg", picture.Concat(Jpegs.WithProcess(picture, 0xC2)).ToArray()), "picture 1 of");
        }

        [TestMethod]
        public void Sizes_must_agree_with_each_other_and_with_the_camera()
        {
            using var folder = new TemporaryFolder();
            folder.Write("a.jpg", Jpegs.Numbered(1));
            Assert.AreEqual(
                "set the camera to it: --size qvga",
                Fails(folder.Path, "are 320 x 240, the camera is set to 640 x 480", FrameSize.Vga).Hint
            );
            folder.Write("b.jpg", Jpegs.Numbered(1, FrameSize.Vga));
            Fails(folder.Path, "b.jpg is 640 x 480, the first picture");
            Fails(folder.Write("c.mjpeg", Jpegs.Numbered(1).Concat(Jpegs.Numbered(1, FrameSize.Vga)).ToArray()), "picture 1 of");
        }

        [TestMethod]
        public void A_folder_without_rights_is_reported()
        {
            if (OperatingSystem.IsWindows())
            {
                return;
            }

            if (Environment.IsPrivilegedProcess)
            {
                Assert.Inconclusive("rights do not bind this user");
            }

            using var folder = new TemporaryFolder();
            string path = folder.Write("a.jpg", Jpegs.Numbered(1));
            File.SetUnixFileMode(path, UnixFileMode.None);
            Fails(path, "no rights to it");
        }

        [TestMethod]
        public void A_video_without_ffmpeg_names_ffmpeg()
        {
            using var folder = new TemporaryFolder();
            string video = folder.Write("a.mp4", "no matter what");
            SceneException error = Assert.ThrowsExactly<SceneException>(() =>
                SceneSource.Open(video, FrameSize.Qvga, DateTime.UnixEpoch, ffmpeg: folder["ffmpeg"])
            );
            Assert.Contains("ffmpeg is not installed", error.Message);
            Assert.Contains("apt install ffmpeg", error.Hint!);
        }

        [TestMethod]
        public void A_webcam_without_ffmpeg_names_ffmpeg()
        {
            SceneException error = Assert.ThrowsExactly<SceneException>(() =>
                SceneSource.Open("webcam:front", FrameSize.Qvga, DateTime.UnixEpoch, ffmpeg: "/nowhere/ffmpeg")
            );
            Assert.Contains("scene front needs ffmpeg", error.Message);
        }

        [TestMethod]
        public void What_ffmpeg_cannot_play_is_reported_in_its_words()
        {
            RequireFfmpeg();
            using var folder = new TemporaryFolder();
            Fails(folder.Write("a.mp4", "no video at all"), "cannot be played");
        }

        [TestMethod]
        public void A_video_is_time_addressed_loops_and_can_go_back()
        {
            RequireFfmpeg();
            using var folder = new TemporaryFolder();
            string video = folder["a.avi"];
            byte[] pictures = Enumerable.Range(0, 12).SelectMany(i => Jpegs.Numbered(i)).ToArray();
            Ffmpeg("-f", "mjpeg", "-framerate", "10", "-i", folder.Write("a.mjpeg", pictures), "-c", "copy", video);
            using var scene = (FfmpegScene)Open(video);
            byte[][] first = Enumerable.Range(0, 12).Select(i => scene.Take(i * PictureUs, FrameSize.Qvga, FrameQuality.Default)).ToArray();
            Assert.AreEqual(12, first.Select(Convert.ToHexString).Distinct().Count());
            foreach (byte[] picture in first)
            {
                JpegPicture parsed = JpegPicture.Parse(picture, "picture");
                Assert.IsTrue(parsed.IsLikeSensor);
                Assert.AreEqual((320, 240), (parsed.Width, parsed.Height));
            }
            CollectionAssert.AreEqual(first[3], scene.Take(15 * PictureUs, FrameSize.Qvga, FrameQuality.Default));
            CollectionAssert.AreEqual(first[1], scene.Take(1 * PictureUs, FrameSize.Qvga, FrameQuality.Default));
            CollectionAssert.AreEqual(first[1], scene.Take(1 * PictureUs, FrameSize.Qvga, FrameQuality.Low));
            Assert.AreEqual(640, JpegPicture.Parse(scene.Take(2 * PictureUs, FrameSize.Vga, FrameQuality.Default), "picture").Width);
        }

        private static IScene Open(string argument)
        {
            return SceneSource.Open(argument, FrameSize.Qvga, DateTime.UnixEpoch);
        }

        private static SceneException Fails(string argument, string message, FrameSize size = FrameSize.Qvga)
        {
            SceneException error = Assert.ThrowsExactly<SceneException>(() => SceneSource.Open(argument, size, DateTime.UnixEpoch));
            Assert.Contains(message, error.Message);
            Assert.Contains(argument, error.Message);
            return error;
        }

        private static void RequireFfmpeg()
        {
            try
            {
                Ffmpeg("-version");
            }
            catch (System.ComponentModel.Win32Exception)
            {
                Assert.Inconclusive("ffmpeg is not installed");
            }
        }

        private static void Ffmpeg(params string[] arguments)
        {
            using Process process = Process.Start(
                new ProcessStartInfo("ffmpeg", arguments) { RedirectStandardError = true, RedirectStandardOutput = true }
            )!;
            process.StandardOutput.ReadToEndAsync();
            string said = process.StandardError.ReadToEnd();
            process.WaitForExit();
            Assert.AreEqual(0, process.ExitCode, said);
        }
    }
}
