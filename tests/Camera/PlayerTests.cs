// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Lapel.Hal.Virtual;
using Lapel.Scenes;
using Lapel.Verify;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.WholeCamera.Tests
{
    /// <summary>
    /// What the camera writes plays: ffprobe and ffmpeg, which know nothing of us, read every file without a word of complaint.
    /// </summary>
    [TestClass]
    public sealed class PlayerTests
    {
        [TestMethod]
        public void EveryFilePlaysWithItsPicturesTimesAndText()
        {
            if (!ExternalProgram.IsThere("ffprobe") || !ExternalProgram.IsThere("ffmpeg"))
            {
                return;
            }

            using var folder = new TemporaryFolder();
            using var bench = new Bench(
                o => o with { Utc = new DateTime(2026, 2, 28, 23, 59, 40, DateTimeKind.Utc), Unit = "K9-17" },
                new FolderMedium(folder["card"]),
                new FolderMedium(folder["device"]),
                new TestScene(new DateTime(2026, 3, 1)),
                true
            );
            bench.Ready(6);
            bench.Start();
            bench.Run(14);
            bench.Stop();
            RequirePlayable(bench, folder);
        }

        [TestMethod]
        public void FootageWithAnUnsetClockPlays()
        {
            if (!ExternalProgram.IsThere("ffprobe") || !ExternalProgram.IsThere("ffmpeg"))
            {
                return;
            }

            if (Shared.Find("footage/people-vga-10fps.mjpeg") is not string path)
            {
                return;
            }

            using var footage = new MjpegScene(path);
            using var folder = new TemporaryFolder();
            using var bench = new Bench(
                o => o with { SlotBytes = 8 << 20, CardMegabytes = 64 },
                new FolderMedium(folder["card"]),
                new FolderMedium(folder["device"]),
                footage,
                true
            );
            bench.Ready(6);
            bench.Start();
            bench.Run(12);

            // A time line with a gap, and a second recording.
            bench.ConnectSensor(false);
            bench.Run(3);
            bench.ConnectSensor(true);
            bench.Run(6);
            bench.Stop();
            bench.Start();
            bench.Run(2);
            bench.Stop();
            RequirePlayable(bench, folder);
        }

        private static void RequirePlayable(Bench bench, TemporaryFolder folder)
        {
            CardResult verdict = CardVerifier.Verify(folder["card"], null);
            Assert.IsTrue(verdict.AllAuthentic, string.Join('\n', verdict.Findings.Concat(verdict.Recordings.SelectMany(r => r.Findings))));
            StoredCard card = bench.Stored();
            Assert.IsNotEmpty(card.Segments);
            foreach (StoredSegment segment in card.Segments)
            {
                string file = Path.Combine(folder["card"], StoredCard.Path(segment.Slot));
                List<StoredFrame> frames = segment.Frames.ToList();
                Probe(file, segment, frames);
                byte[] pictures = ExternalProgram.Run(
                    "ffmpeg",
                    "-v",
                    "warning",
                    "-i",
                    file,
                    "-map",
                    "0:v",
                    "-c",
                    "copy",
                    "-f",
                    "mjpeg",
                    "-"
                );
                Assert.IsTrue(
                    pictures.AsSpan().SequenceEqual(frames.SelectMany(f => f.Jpeg).ToArray()),
                    $"{file}: the pictures differ after ffmpeg"
                );
                ExternalProgram.Run(
                    "ffmpeg",
                    "-v",
                    "warning",
                    "-xerror",
                    "-i",
                    file,
                    "-map",
                    "0",
                    "-c:s",
                    "text",
                    "-fps_mode",
                    "passthrough",
                    "-enc_time_base:v",
                    "-1",
                    "-f",
                    "null",
                    "-"
                );
                Text(file, segment);
            }

            foreach (StoredRecording recording in card.Recordings)
            {
                RecordingChecks.RequirePicturesBut(recording, bench.Pictures, bench.MayMiss);
            }

            Console.WriteLine($"{card.Segments.Count} files, {card.Segments.Sum(s => s.Frames.Count())} frames");
        }

        private static void Probe(string file, StoredSegment segment, List<StoredFrame> frames)
        {
            byte[] json = ExternalProgram.Run(
                "ffprobe",
                "-v",
                "warning",
                "-of",
                "json",
                "-show_format",
                "-show_streams",
                "-show_packets",
                "-i",
                file
            );
            using JsonDocument probe = JsonDocument.Parse(json);
            List<JsonElement> streams = probe.RootElement.GetProperty("streams").EnumerateArray().ToList();
            Assert.AreEqual("mjpeg", streams[0].GetProperty("codec_name").GetString(), file);
            Assert.AreEqual(640, streams[0].GetProperty("width").GetInt32(), file);
            Assert.AreEqual(480, streams[0].GetProperty("height").GetInt32(), file);
            Assert.AreEqual("mov_text", streams[1].GetProperty("codec_name").GetString(), file + ": timed text");
            Assert.HasCount(2, streams, file);

            ILookup<int, JsonElement> packets = probe
                .RootElement.GetProperty("packets")
                .EnumerateArray()
                .ToLookup(p => p.GetProperty("stream_index").GetInt32());
            List<(long, int)> video = packets[0].Select(p => (p.GetProperty("pts").GetInt64(), Int(p, "size"))).ToList();
            CollectionAssert.AreEqual(
                frames.Select(f => (f.TimeMs, f.Jpeg.Length)).ToList(),
                video,
                file + ": times and sizes of the frames"
            );
            List<long> text = packets[1].Select(p => p.GetProperty("pts").GetInt64()).ToList();
            CollectionAssert.AreEqual(segment.Fragments.Select(f => f.TextTimeMs).ToList(), text, file + ": times of the text");

            // ffprobe counts a fragmented file's duration from time zero, where the recording began, to the end of its last frame.
            JsonElement format = probe.RootElement.GetProperty("format");
            Assert.AreEqual(frames[0].TimeMs / 1000.0, Seconds(format, "start_time"), 0.001, file + ": start");
            Assert.AreEqual(frames[^1].EndMs / 1000.0, Seconds(format, "duration"), frames[^1].DurationMs / 1000.0, file + ": duration");
        }

        private static void Text(string file, StoredSegment segment)
        {
            string srt = Encoding.UTF8.GetString(
                ExternalProgram.Run("ffmpeg", "-v", "warning", "-i", file, "-map", "0:s", "-f", "srt", "-")
            );
            List<string> lines = srt.Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
                .Select(b => Regex.Replace(b.Split('\n')[2], "<[^>]*>", ""))
                .ToList();
            CollectionAssert.AreEqual(segment.Fragments.Select(f => Expected(segment, f)).ToList(), lines, file + ": timed text");
        }

        private static string Expected(StoredSegment segment, StoredFragment fragment)
        {
            if (segment.ZeroUtcMs != 0)
            {
                return DateTime
                        .UnixEpoch.AddMilliseconds(segment.ZeroUtcMs + fragment.TextTimeMs)
                        .ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)
                    + " UTC "
                    + segment.Unit;
            }

            long seconds = (segment.ZeroMs + fragment.TextTimeMs) / 1000;
            return $"clock unset +{seconds / 3600:D4}:{seconds / 60 % 60:D2}:{seconds % 60:D2} {segment.Unit}";
        }

        private static double Seconds(JsonElement format, string name) =>
            double.Parse(format.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);

        private static int Int(JsonElement packet, string name) =>
            int.Parse(packet.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);
    }
}
