// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lapel.Authority;
using Lapel.Intake;
using Lapel.Verify;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Link.Tests
{
    /// <summary>One rule decides whether a receipt is signed (CUSTODY.md 5): `lapel receipt` and a sync that releases agree.</summary>
    [TestClass]
    public sealed class ReceiptRuleTests
    {
        private static readonly (string Name, uint FalseLink, Action<string>? Spoil, string[] Signed)[] Cases =
        [
            ("all is well", 0, null, ["1/0", "1/1", "1/2", "2/0", "2/1"]),
            ("two segments contradict each other", 1, null, ["2/0", "2/1"]),
            ("a stored file is damaged", 0, store => Damage(Path.Combine(store, "000002", "0001.mp4")), ["1/0", "1/1", "1/2"]),
            (
                "a stored file is empty",
                0,
                store => File.WriteAllBytes(Path.Combine(store, "000002", "0000.mp4"), []),
                ["1/0", "1/1", "1/2", "2/1"]
            ),
            ("a segment is missing", 0, store => File.Delete(Path.Combine(store, "000001", "0001.mp4")), ["1/0", "1/2", "2/0", "2/1"]),
            (
                "a segment is there twice, the same",
                0,
                store => File.Copy(Path.Combine(store, "000002", "0000.mp4"), Path.Combine(store, "000002", "0009.mp4")),
                ["1/0", "1/1", "1/2", "2/0", "2/1"]
            ),
        ];

        [TestMethod]
        [DynamicData(nameof(Names))]
        public void The_command_and_the_sync_sign_for_the_same_segments(string name)
        {
            (_, uint falseLink, Action<string>? spoil, string[] signed) = Cases.Single(c => c.Name == name);
            using var bench = new SyncBench(Footage.Camera([3, 2], 4, 256, falseLink: falseLink));
            bench.Sync();
            spoil?.Invoke(bench.DeviceFolder);
            string command = string.Join(' ', Command(bench));

            // A segment that is not stored any more would be brought again: the camera has it no longer either.
            bench.Camera.Items.RemoveAll(item => !File.Exists(bench.PathOf(item)));
            var archive = new ListingArchive();
            bench.Options = bench.Options with { Archive = archive };
            bench.Sync();
            Assert.AreEqual(string.Join(' ', signed), command, "lapel receipt");
            Assert.AreEqual(string.Join(' ', signed), string.Join(' ', archive.Signed), "lapel sync --release");
        }

        [TestMethod]
        public void An_open_segment_gets_no_receipt()
        {
            using var bench = new SyncBench(Footage.Camera([1], 4, 256));
            byte[] bytes = bench.Camera.Items[0].Bytes;
            string path = Path.Combine(Directory.CreateDirectory(bench.Options.Folder).FullName, "00000000.MP4");
            File.WriteAllBytes(path, bytes.AsSpan(0, (int)bench.Camera.Items[0].Sectors * 512 - 512).ToArray());
            SegmentResult open = SegmentVerifier.Verify(path, "x", null, KeyChoice.Given(bench.Camera.Device.Trusted));
            Assert.AreNotEqual(SegmentState.Closed, open.State);
            Assert.IsNotNull(ReceiptRule.Refusal(RecordingVerifier.Judge([open]).Single(), open));
        }

        private static IEnumerable<object[]> Names => Cases.Select(c => new object[] { c.Name });

        private static List<string> Command(SyncBench bench)
        {
            using var folder = new TemporaryFolder();
            SigningKey.Generate(KeyKind.Archive).Save(folder["archive.key"], folder["archive.pub"]);
            new CommandBench().Run("receipt", bench.DeviceFolder, folder["receipts"], "--key", folder["archive.key"]);
            return
            [
                .. Directory
                    .GetFiles(folder["receipts"])
                    .Order()
                    .Select(path => Path.GetFileNameWithoutExtension(path).Split('-'))
                    .Select(parts => $"{int.Parse(parts[1])}/{int.Parse(parts[2])}"),
            ];
        }

        private static void Damage(string path)
        {
            using FileStream file = File.OpenWrite(path);
            file.Position = 30_000;
            file.WriteByte(0xAA);
        }

        /// <summary>Notes for what it was asked to sign.</summary>
        private sealed class ListingArchive : IArchive
        {
            public List<string> Signed { get; } = [];

            public byte[] Receipt(byte[] deviceId, byte[] recordingId, uint recording, uint segment, byte[] closeDigest, DateTime utc)
            {
                Signed.Add($"{recording}/{segment}");
                return [1];
            }
        }
    }
}
