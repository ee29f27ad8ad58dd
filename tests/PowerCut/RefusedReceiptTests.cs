// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Linq;
using Lapel.Authority;
using Lapel.Hal.Virtual;
using Lapel.Link;
using Lapel.Verify;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.PowerCut
{
    /// <summary>
    /// Receipts that the whole camera must not follow, brought through its port: they free nothing, and the log on the card has each.
    /// </summary>
    [TestClass]
    public class RefusedReceiptTests
    {
        [TestMethod]
        public void AWrongAForeignATruncatedAndAReplayedReceiptFreeNothingAndAreLogged()
        {
            OwnedCamera owned = OwnedCamera.One;
            var card = new MemoryMedium();
            card.Restore(owned.Card);
            var flash = new MemoryMedium();
            flash.Restore(owned.Flash);
            byte[] good = owned.Receipt(0, OwnedCamera.Archive),
                wrong = (byte[])good.Clone(),
                foreign = Foreign(owned);
            wrong[^1] ^= 1;
            var expected = new List<TaskResult>();
            Powered.Run(
                card,
                flash,
                81,
                (camera, port) =>
                {
                    using CameraConnection connection = CameraConnection.Open(port, everyRate: false);
                    connection.Evidence.Login(OwnedCamera.Station(OwnedCamera.Dock), CameraRole.Dock);
                    void Refused(byte[] receipt, TaskResult result)
                    {
                        string before = Content(card);
                        Assert.AreEqual(result, connection.Evidence.Receipt(receipt).Result);
                        port.Advance(TimeSpan.FromSeconds(2));
                        Assert.AreEqual(before, Content(card));
                        expected.Add(result);
                    }

                    Refused(wrong, TaskResult.WrongSignature);
                    Refused(owned.Receipt(0, OwnedCamera.OtherArchive), TaskResult.UnknownKey);
                    Refused(foreign, TaskResult.WrongDevice);
                    Refused(good[..^1], TaskResult.Malformed);
                    Assert.AreEqual(TaskResult.Done, connection.Evidence.Receipt(good).Result);
                    port.Advance(TimeSpan.FromSeconds(2));
                    Refused(good, TaskResult.Stale);
                    return null;
                }
            );
            AuditResult log = owned.Log(card);
            Assert.IsTrue(log.Agrees, string.Join("; ", log.Findings));
            CollectionAssert.AreEqual(
                expected.Select(r => (int)r).ToArray(),
                log.Entries.Where(e => e.Kind == AuditKind.ReceiptRefused).Select(e => e.Code).ToArray()
            );
        }

        private static byte[] Foreign(OwnedCamera owned)
        {
            SegmentResult segment = owned.Segments[0].Result;
            return Receipts.Make(
                OwnedCamera.Archive,
                new byte[16],
                [.. segment.Header!.RecordingId],
                segment.Header.RecordingNumber,
                segment.Header.Segment,
                segment.CloseDigest!,
                DateTime.UnixEpoch
            );
        }

        // All that a receipt could change: the catalogue and the slots.
        private static string Content(MemoryMedium card) =>
            string.Join(
                ' ',
                card.Files.Where(f => f != Judge.Log)
                    .Select(f => f + " " + Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(card.ReadAll(f))))
            );
    }
}
