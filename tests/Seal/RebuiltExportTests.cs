// SPDX-License-Identifier: MIT

using System;
using System.IO;
using System.Linq;
using System.Text;
using Lapel.Export;
using Lapel.Verify;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Seal.Tests;

/// <summary>An export and the file beside it give the segments back, byte for byte, and these are judged as a card's are.</summary>
[TestClass]
public class RebuiltExportTests
{
    static SealedCamera camera = null!;
    static string[] exports = [];

    [ClassInitialize]
    public static void Record(TestContext _)
    {
        camera = new SealedCamera();
        camera.Run(10);
        camera.Record(8);
        camera.Record(2);
        Assert.AreEqual(0, camera.Export(camera.First).Exit);
        exports = [.. Directory.GetFiles(camera.Out, "*.mp4").Order(StringComparer.Ordinal)];
        Assert.AreEqual(2, exports.Length);
    }

    [ClassCleanup]
    public static void Close() => camera.Dispose();

    [TestMethod]
    public void WhatWasExportedByForceIsNotRebuiltAndTheReasonIsSaid()
    {
        using var other = new SealedCamera();
        other.Run(10);
        other.Record(4);
        string slot = other.SlotPath(other.Recording(1).Segments[0]);
        byte[] bytes = File.ReadAllBytes(slot);
        bytes[40_000] ^= 1;
        File.WriteAllBytes(slot, bytes);
        Assert.AreEqual(0, other.Export(other.First, force: true).Exit);
        string export = Directory.GetFiles(other.Out, "*.mp4").Single();
        Assert.IsTrue(RebuiltExport.IsExport(export));
        Assert.AreEqual(
            "of a recording that is not authentic only the parts that agree were exported, with --force; it was not authentic",
            Assert.ThrowsExactly<InvalidDataException>(() => RebuiltExport.Of(export, other.First)).Message
        );
        string beside = Path.ChangeExtension(export, ".json");
        File.WriteAllText(beside, File.ReadAllText(beside).Replace("\"not authentic\"", "7"));
        Assert.AreEqual(
            "the file beside it does not say how",
            Assert.ThrowsExactly<InvalidDataException>(() => RebuiltExport.Of(export, other.First)).Message
        );
    }

    [TestMethod]
    public void EverySegmentComesBackByteForByteAndIsAuthentic()
    {
        for (int i = 0; i < exports.Length; i++)
        {
            RecordingResult source = camera.Recording(i + 1);
            using RebuiltExport rebuilt = RebuiltExport.Of(exports[i], camera.Second);
            Assert.AreEqual(source.Segments.Count, rebuilt.Segments);
            CardResult judged = CardVerifier.Verify(rebuilt.Folder, TrustedKey.Parse(Path.Combine(camera.Card, "LAPEL", "DEVICE.PUB")));
            Assert.IsTrue(judged.AllAuthentic, string.Join("; ", judged.Findings));
            RecordingResult recording = judged.Recordings.Single();
            foreach (SegmentResult segment in recording.Segments)
            {
                SegmentResult from = source.Segments.Single(s => s.Segment == segment.Segment);
                byte[] card = File.ReadAllBytes(camera.SlotPath(from)),
                    back = File.ReadAllBytes(segment.Path!);
                Assert.AreEqual(card.Length, back.Length);
                int same = back.AsSpan().CommonPrefixLength(card),
                    index = back.Length - 16384;
                Assert.IsTrue(back.AsSpan(index).SequenceEqual(card.AsSpan(index)), "the index");
                bool onlyStale = same >= index || back.AsSpan(same, index - same).IndexOfAnyExcept((byte)0) < 0;
                Assert.IsTrue(onlyStale, "only what the card held before is left away");
                Assert.AreEqual(Convert.ToHexString(from.CloseDigest!), Convert.ToHexString(segment.CloseDigest!));
            }
        }
    }

    [TestMethod]
    public void AChangedPictureIsFoundAndSoIsAChangedStep()
    {
        string export = Copy(exports[0], "changed.mp4");
        byte[] movie = File.ReadAllBytes(export);
        int picture = movie.AsSpan().IndexOf(new byte[] { 0xFF, 0xD8, 0xFF });
        movie[picture + 700] ^= 1;
        File.WriteAllBytes(export, movie);
        using (RebuiltExport rebuilt = RebuiltExport.Of(export, camera.First))
        {
            Assert.IsFalse(CardVerifier.Verify(rebuilt.Folder, null).AllAuthentic);
        }

        // A recording cannot be cut by leaving a segment out of the file beside it.
        export = Copy(exports[0], "cut.mp4");
        string beside = Path.ChangeExtension(export, ".json"),
            text = File.ReadAllText(beside);
        int line = text.IndexOf("\"type\":\"rebuild\"", StringComparison.Ordinal),
            from = text.IndexOf("{\"segment\":1,", line, StringComparison.Ordinal),
            to = text.IndexOf("{\"segment\":2,", line, StringComparison.Ordinal);
        Assert.IsTrue(from > 0 && to > from, "it has three segments or more");
        File.WriteAllText(beside, text[..from] + text[to..]);
        using (RebuiltExport rebuilt = RebuiltExport.Of(export, camera.First))
        {
            Assert.IsFalse(CardVerifier.Verify(rebuilt.Folder, null).AllAuthentic);
        }
    }

    [TestMethod]
    public void WithoutTheRightKeyItSaysSo()
    {
        Assert.IsTrue(Assert.ThrowsExactly<SealException>(() => RebuiltExport.Of(exports[0], null)).IsOtherKey);
        Assert.IsTrue(Assert.ThrowsExactly<SealException>(() => RebuiltExport.Of(exports[0], AgencyKey.Make())).IsOtherKey);
    }

    [TestMethod]
    public void AFileBesideItThatAnybodyWroteIsRefused()
    {
        string export = Copy(exports[0], "hostile.mp4"),
            beside = Path.ChangeExtension(export, ".json");
        byte[] good = File.ReadAllBytes(beside);
        int line = Encoding.ASCII.GetString(good).IndexOf("{\"type\":\"rebuild\"", StringComparison.Ordinal);
        var random = new Random(13);
        for (int i = 0; i < 40; i++)
        {
            byte[] bad = (byte[])good.Clone();
            for (int n = 0; n < 1 + i % 4; n++)
            {
                bad[random.Next(line + 20, bad.Length)] = (byte)random.Next(0x20, 0x7F);
            }

            File.WriteAllBytes(beside, bad);
            try
            {
                using RebuiltExport rebuilt = RebuiltExport.Of(export, camera.First);
                CardVerifier.Verify(rebuilt.Folder, null);
            }
            catch (Exception error) when (error is InvalidDataException or SealException or CardException) { }
        }

        File.WriteAllText(beside, "{\"type\":\"export\"}\n");
        Assert.IsTrue(RebuiltExport.IsExport(export));
        Assert.ThrowsExactly<InvalidDataException>(() => RebuiltExport.Of(export, camera.First));
        const string twice = "{\"segment\":0,\"steps\":\"\"},{\"segment\":0,\"steps\":\"\"}";
        File.WriteAllText(beside, "{\"type\":\"rebuild\",\"segments\":[" + twice + "]}\n");
        Assert.ThrowsExactly<InvalidDataException>(() => RebuiltExport.Of(export, camera.First));
    }

    static string Copy(string export, string name)
    {
        string to = Path.Combine(camera.Out, name);
        File.Copy(export, to);
        File.Copy(Path.ChangeExtension(export, ".json"), Path.ChangeExtension(to, ".json"));
        return to;
    }
}
