// SPDX-License-Identifier: MIT

using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using Lapel.Hal.Virtual;
using Lapel.PowerCut;
using Lapel.Recorder;
using Lapel.Verify;
using Camera = Lapel.VirtualCamera.VirtualCamera;

namespace Lapel.Faults
{
    /// <summary>Looks at what a fault left, and again after a boot without faults, with the independent verifier.</summary>
    internal static class FaultJudge
    {
        private const int RebootSeed = 73;
        private const double UpSeconds = 60;
        private const string Key = "LAPEL/DEVICE.PUB";

        // Most slots of most runs are the same: verified once. Key: what the verifier sees, by digest.
        private static readonly ConcurrentDictionary<string, SegmentResult> s_known = new();

        /// <summary>What is wrong, or null.</summary>
        /// <param name="story">The story.</param>
        /// <param name="card">The card.</param>
        /// <param name="flash">Internal storage.</param>
        /// <param name="atFault">The card when the fault came.</param>
        public static string? Check(IStory story, MemoryMedium card, MemoryMedium flash, MemorySnapshot atFault) =>
            Check(story, card, flash, atFault, out _);

        /// <summary>The same, and whether the camera records by itself after the boot.</summary>
        public static string? Check(IStory story, MemoryMedium card, MemoryMedium flash, MemorySnapshot atFault, out bool records)
        {
            var before = new MemoryMedium();
            before.Restore(atFault);
            Dictionary<string, byte[]> closed = Closed(story, before);
            if (Reboot(card, flash, out records) is string down)
            {
                return down;
            }

            // A receipt may have released one: the note over its header is no segment.
            Verify.Catalogue catalogue = OwnedCamera.Catalogue(card);
            List<(string Path, SegmentResult Result)> segments =
            [
                .. Segments(story, card).Where(s => catalogue[SlotOf(s.Path)]?.State is not CatalogueRecord.Released),
            ];
            foreach ((string path, byte[] digest) in closed)
            {
                SegmentResult? now = segments.FirstOrDefault(s => s.Path == path).Result;
                if (now != null && (now.CloseDigest == null || !now.CloseDigest.AsSpan().SequenceEqual(digest)))
                {
                    return path + ": what was closed is lost: " + now.State;
                }
            }

            foreach (
                RecordingResult recording in RecordingVerifier.Judge(
                    segments.Select(s => s.Result).Where(s => s.State != SegmentState.None)
                )
            )
            {
                if (recording.Verdict == Verdict.NotAuthentic)
                {
                    return $"recording {recording.RecordingNumber} is not authentic: "
                        + recording.Findings.FirstOrDefault(f => f.Severity == Severity.Error);
                }
            }

            AuditResult log = AuditVerifier.Verify(new MemorySource(card.ReadAll(Judge.Log)), Judge.Log, KeyOf(card), []);
            return log.Agrees ? null : "the audit log does not agree: " + log.Findings.First(f => f.Severity >= Severity.Missing);
        }

        /// <summary>The signed fragments of each slot that has any segment.</summary>
        public static Dictionary<string, uint> Fragments(IStory story, MemoryMedium card) =>
            Segments(story, card)
                .Where(s => s.Result.State != SegmentState.None)
                .ToDictionary(s => s.Path, s => s.Result.SignedFragments);

        // What was under way goes on, and is stopped: then there is time for what recovery left for later.
        private static string? Reboot(MemoryMedium card, MemoryMedium flash, out bool records)
        {
            using Camera camera = Camera.Open(RoomyCamera.Options(RebootSeed) with { Utc = null }, card, flash);
            Stories.Up(camera, UpSeconds);
            records = camera.Firmware.State == RecorderState.Recording;
            if (records)
            {
                Stories.Stop(camera);
                Stories.Up(camera, UpSeconds);
            }

            Stories.Go(camera, 1);
            RecorderState state = camera.Firmware.State;
            return state == RecorderState.Buffering ? null : "without faults the camera is " + state;
        }

        // Closed by what stands in the slot. A close of which the cut left a part is none: recovery writes it anew.
        private static Dictionary<string, byte[]> Closed(IStory story, MemoryMedium card) =>
            card.FileExists(Key)
                ? Segments(story, card)
                    .Where(s => s.Result is { State: SegmentState.Closed, CloseDigest: not null, HasErrors: false })
                    .ToDictionary(s => s.Path, s => s.Result.CloseDigest!)
                : [];

        private static string Digest(byte[] bytes) => Convert.ToHexString(SHA256.HashData(bytes));

        private static uint SlotOf(string path) => uint.Parse(path.AsSpan(path.Length - 12, 8));

        private static TrustedKey KeyOf(MemoryMedium card) => TrustedKey.Parse(card.ReadAll(Key));

        private static List<(string Path, SegmentResult Result)> Segments(IStory story, MemoryMedium card)
        {
            byte[] key = card.ReadAll(Key);
            if (key.All(b => b == 0))
            {
                return [];
            }

            string keyDigest = Digest(key);
            var list = new List<(string, SegmentResult)>();
            foreach (string path in card.Files.Where(f => f.EndsWith(".MP4", StringComparison.Ordinal)))
            {
                bool isUntouched = story.Card != null && card.IsSame(path, story.Card);
                string name = path + (isUntouched ? story.Name : keyDigest + Convert.ToHexString(card.WrittenDigest(path)));
                list.Add(
                    (
                        path,
                        s_known.GetOrAdd(
                            name,
                            _ =>
                                SegmentVerifier.Verify(
                                    new MemorySource(card.ReadAll(path)),
                                    path,
                                    SlotOf(path),
                                    KeyChoice.Given(TrustedKey.Parse(key))
                                )
                        )
                    )
                );
            }

            return list;
        }
    }
}
