// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using Lapel.Export;
using Lapel.Hal;
using Lapel.Verify;
using Lapel.VirtualCamera.Scripts;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Seal.Tests;

[TestClass]
public class SealedRecordingTests
{
    static SealedCamera camera = null!;
    static byte[] contentKeyWhileRecording = null!;
    static bool keyWasInMemory;

    [ClassInitialize]
    public static void Record(TestContext _)
    {
        camera = new SealedCamera();
        camera.Run(20);
        camera.Play(Gestures.Double);
        camera.Run(12);
        byte[][] memory = Reachable.Bytes(camera.Engine.Firmware).Select(b => b.ToArray()).ToArray();
        camera.Stop();
        contentKeyWhileRecording = camera.Key(1).Bytes;
        keyWasInMemory = Holds(memory, contentKeyWhileRecording);
        camera.Record(6);
    }

    [ClassCleanup]
    public static void Close() => camera.Dispose();

    [TestMethod]
    public void ItIsAuthenticWithoutAnyKeyAndSealedToBoth()
    {
        CardResult card = camera.Verify();
        Assert.AreEqual(2, card.Recordings.Count);
        Assert.IsTrue(card.AllAuthentic);
        foreach (RecordingResult recording in card.Recordings)
        {
            CollectionAssert.AreEqual(
                new[] { Convert.ToHexString(camera.First.Fingerprint), Convert.ToHexString(camera.Second.Fingerprint) },
                recording.Sealing!.Recipients.Select(Convert.ToHexString).ToArray()
            );
            Assert.IsTrue(recording.Segments.Count > 2, "past and present, and a slot that was rolled over");
            Assert.IsTrue(recording.FirstLive > 0);
        }
        var report = new StringWriter();
        VerifyReport.Write(card, report);
        StringAssert.Contains(report.ToString(), "sealed to 2 recipients");
        CollectionAssert.AreNotEqual(card.Recordings[0].Sealing!.KeyId, card.Recordings[1].Sealing!.KeyId);
        CollectionAssert.AreNotEqual(camera.Key(1).Bytes, camera.Key(2).Bytes);
    }

    [TestMethod]
    public void NeitherPicturesNorNamesAreInTheClearOnTheCard()
    {
        byte[][] files = Files(camera.Card);
        Assert.IsFalse(Holds(files, Encoding.ASCII.GetBytes("Quartermaine")));
        foreach (byte[] picture in camera.Scene.Taken.Where((_, i) => i % 10 == 0))
        {
            Assert.IsFalse(Holds(files, picture.AsSpan(500, 32).ToArray()));
        }

        Assert.AreEqual(SealedCamera.Officer, camera.Key(1).Private(camera.Recording(1).Segments[0].Seal!)!.Officer);
    }

    [TestMethod]
    public void EitherAgencyGetsThePicturesThatTheSensorGaveInOneRunWithoutAGap()
    {
        foreach (AgencyKey agency in new[] { camera.First, camera.Second })
        {
            (int exit, string said) = camera.Export(agency);
            Assert.AreEqual(0, exit, said);
            for (int number = 1; number <= 2; number++)
            {
                RecordingResult recording = camera.Recording(number);
                byte[] movie = File.ReadAllBytes(Movie(number));
                List<byte[]> frames = ExportedMovie.Frames(movie, out long endMs);
                Assert.AreEqual(recording.SignedFrames, frames.Count);
                AssertOneRun(frames);
                Assert.AreEqual(recording.ToMs, endMs, "the time line runs on from segment to segment to the end");
                Assert.IsTrue(Index(movie, "encv"u8) < 0 && Index(movie, "sinf"u8) < 0);
            }
            StringAssert.Contains(File.ReadAllText(Path.ChangeExtension(Movie(1), ".json")), "\"verdict\":\"authentic\"");
            Directory.Delete(camera.Out, recursive: true);
        }
    }

    [TestMethod]
    public void FfmpegDecryptsWhatTheSensorGave()
    {
        foreach (SegmentResult segment in camera.Recording(1).Segments)
        {
            byte[] packets = Run(
                "ffmpeg",
                "-v error -fflags +ignidx -decryption_key "
                    + Convert.ToHexStringLower(contentKeyWhileRecording)
                    + " -i "
                    + camera.SlotPath(segment)
                    + " -map 0:v -c copy -f mjpeg pipe:1"
            );
            List<byte[]> frames = Padded(packets);
            Assert.AreEqual((int)segment.SignedFrames, frames.Count);
            AssertOneRun(frames);
        }
    }

    [TestMethod]
    public void FfprobeReadsTheStructureWithoutAKey()
    {
        string shown = Encoding.UTF8.GetString(
            Run(
                "ffprobe",
                "-v fatal -fflags +ignidx -show_entries stream=codec_name,width,height:packet=size -of compact "
                    + camera.SlotPath(camera.Recording(1).Segments[0])
            )
        );
        StringAssert.Contains(shown, "codec_name=mjpeg|width=640|height=480");
        StringAssert.Contains(shown, "codec_name=mov_text");
        Assert.IsTrue(shown.Split("packet|size=").Length > (int)camera.Recording(1).Segments[0].SignedFrames);
    }

    [TestMethod]
    public void TheCameraKeepsNoKeyOfWhatItRecorded()
    {
        Assert.IsTrue(keyWasInMemory, "the search finds the key while it is in use");
        byte[][] memory = Reachable.Bytes(camera.Engine.Firmware).ToArray();
        Assert.IsTrue(memory.Length > 100);
        foreach (byte[] key in new[] { camera.Key(1).Bytes, camera.Key(2).Bytes })
        {
            Assert.IsFalse(Holds(memory, key), "in memory");
            Assert.IsFalse(Holds(Files(camera.Device), key), "in internal storage");
            Assert.IsFalse(Holds(Files(camera.Card), key), "on the card");
        }
    }

    [TestMethod]
    public void AnotherAgencysKeyIsToldSo()
    {
        (int exit, string said) = camera.Export(AgencyKey.Make());
        Assert.AreEqual(2, exit);
        StringAssert.Contains(said, "it is sealed to " + Convert.ToHexStringLower(camera.First.Fingerprint.AsSpan(0, 8)));
        (exit, said) = camera.Export(null);
        Assert.AreEqual(2, exit);
        StringAssert.Contains(said, "takes an agency's secret key");
        Assert.AreEqual(0, Directory.GetFiles(camera.Out).Length);
    }

    [TestMethod]
    [DataRow("envelope entry", 200 + 24 + 52 + 36)]
    [DataRow("ephemeral key", 200 + 24 + 24)]
    [DataRow("key id", 200 + 24 + 5)]
    [DataRow("private box", 200 + 24 + 52 + 160 + 60)]
    [DataRow("vector", -1)]
    [DataRow("cipher text", -2)]
    public void WhatIsTamperedWithIsRefused(string what, int offset)
    {
        string slot = camera.SlotPath(camera.Recording(1).Segments[0]);
        byte[] whole = File.ReadAllBytes(slot);
        int senc = Index(whole, "senc"u8);
        if (offset == -1)
        {
            offset = senc + 12 + 16;
        }

        if (offset == -2)
        {
            offset = (senc / 512 + 1) * 512 + 600;
        }

        try
        {
            var altered = (byte[])whole.Clone();
            altered[offset] ^= 1;
            File.WriteAllBytes(slot, altered);
            Assert.AreEqual(Verdict.NotAuthentic, camera.Recording(1).Verdict, what);
            (int exit, string said) = camera.Export(camera.First);
            Assert.AreEqual(1, exit, said);
            Assert.IsFalse(File.Exists(Movie(1)));
            Directory.Delete(camera.Out, recursive: true);

            (_, said) = camera.Export(camera.First, force: true);
            Assert.IsFalse(File.Exists(Movie(1)), "never under the name of an authentic one");
            if (what is "envelope entry" or "ephemeral key" or "key id")
            {
                StringAssert.Contains(said, "the envelope was altered");
            }
        }
        finally
        {
            File.WriteAllBytes(slot, whole);
            if (Directory.Exists(camera.Out))
            {
                Directory.Delete(camera.Out, recursive: true);
            }
        }
    }

    static string Movie(int number) =>
        Path.Combine(
            camera.Out,
            "recording-"
                + Convert.ToHexStringLower(camera.Recording(number).DeviceId.AsSpan(0, 4))
                + "-"
                + number.ToString("000000")
                + ".mp4"
        );

    // A frame that the camera dropped would be a hole; none may be.
    static void AssertOneRun(List<byte[]> frames)
    {
        Assert.IsTrue(frames.Count > 0);
        int first = camera.Scene.Taken.FindIndex(p => p.AsSpan().SequenceEqual(frames[0]));
        Assert.IsTrue(first >= 0, "the first picture is none that the sensor gave");
        for (int i = 0; i < frames.Count; i++)
        {
            Assert.IsTrue(camera.Scene.Taken[first + i].AsSpan().SequenceEqual(frames[i]), "picture " + i);
        }
    }

    static List<byte[]> Padded(byte[] packets)
    {
        var frames = new List<byte[]>();
        for (int at = 0; at < packets.Length;)
        {
            int end = at + 2;
            while (packets[end - 2] != 0xFF || packets[end - 1] != 0xD9)
            {
                end++;
            }

            frames.Add(packets[at..end]);
            at += (end - at + 511) / 512 * 512;
            Assert.IsTrue(packets.AsSpan(end, at - end).IndexOfAnyExcept((byte)0) < 0, "padding");
        }
        return frames;
    }

    static byte[] Run(string program, string arguments)
    {
        using Process process = Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardInput = true }
        )!;
        process.StandardInput.Close();
        var said = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(said);
        process.WaitForExit();
        Assert.AreEqual(0, process.ExitCode, program);
        return said.ToArray();
    }

    static byte[][] Files(string folder) =>
        Directory
            .GetFiles(folder, "*", SearchOption.AllDirectories)
            .Where(f => !Path.GetFileName(f).StartsWith(".lapel-lock", StringComparison.Ordinal))
            .Select(File.ReadAllBytes)
            .ToArray();

    static bool Holds(IEnumerable<byte[]> places, byte[] what) => places.Any(place => Index(place, what) >= 0);

    static int Index(byte[] place, ReadOnlySpan<byte> what) => place.AsSpan().IndexOf(what);
}
