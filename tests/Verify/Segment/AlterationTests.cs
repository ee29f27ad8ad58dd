// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Verify.Tests
{
    /// <summary>One altered byte gives one finding that says what it is.</summary>
    [TestClass]
    public sealed class AlterationTests
    {
        private static readonly SegmentForge Forge = new SegmentForge { SmallMoov = true }
            .Init()
            .Fragment(900)
            .Fragment(901, 2000)
            .Fragment(902)
            .Checkpoint()
            .Fragment(903)
            .Fragment(904)
            .Close(1);

        [TestMethod]
        [DataRow("frame", 1, 100, "fragment 1, sector 5: its frame data was altered: it does not give the chain value in its trailer")]
        [DataRow(
            "frame",
            3,
            100,
            "fragment 3, sector 18: its frame data was altered: it does not give the chain value in its trailer; the chain goes on"
        )]
        [DataRow("frame", 1, 0, "fragment 1, sector 5: its frame 0 does not begin as a JPEG")]
        [DataRow("frame padding", 2, 3, "fragment 2, sector 13: the padding of its frame 0 is not zero")]
        [DataRow("moof", 1, 12, "fragment 1, sector 5: its moof is not what its frames require")]
        [DataRow("mdat header", 1, 1, "fragment 1, sector 5: its mdat header is wrong")]
        [DataRow("text", 1, 7, "fragment 1, sector 5: its text is not the clock and the unit")]
        [DataRow("header padding", 4, 9, "fragment 4, sector 22: the padding of its header block is not zero")]
        [DataRow("fragment header", 4, 40, "fragment 4, sector 22: it belongs to device")]
        [DataRow(
            "trailer",
            1,
            40,
            "fragment 1, sector 5: its trailer was altered: the chain goes on from what its header block and frames give"
        )]
        [DataRow(
            "trailer",
            1,
            70,
            "fragment 2, sector 13: its frame data was altered: it does not give the chain value in its trailer (or the device MAC "
                + "before it"
        )]
        [DataRow(
            "trailer",
            2,
            70,
            "checkpoint: the chain does not lead to the value that was signed: the device MAC in the trailer before it was altered"
        )]
        [DataRow("trailer", 1, 300, "fragment 1, sector 5: the free box of its trailer block is not empty or damaged")]
        [DataRow("checkpoint header", -1, 20, "checkpoint: the box header of the signed block is damaged")]
        [DataRow("checkpoint manifest", -1, 60, "the signed block after fragment 2: the signed digest is not that of the manifest")]
        [DataRow("checkpoint signature", -1, 15, "checkpoint: signed with another key: fingerprint")]
        [DataRow("checkpoint signature", -1, 80, "checkpoint: the signed digest is not that of the manifest")]
        [DataRow(
            "checkpoint signature",
            -1,
            130,
            "the signed block after fragment 2: the signature is not by the trusted key over this manifest"
        )]
        [DataRow("checkpoint free", -1, 9, "checkpoint: the padding after the signature is not zero")]
        [DataRow(
            "close signature",
            -1,
            130,
            "the signed block after fragment 4: the signature is not by the trusted key over this manifest"
        )]
        [DataRow("close free", -1, 1, "close: the free box after it does not run to the index")]
        [DataRow("index", -1, 50, "the index was altered: it is not the one that was signed")]
        [DataRow(
            "moov",
            -1,
            30,
            "fragment 0, sector 1: its frame data was altered: it does not give the chain value in its trailer (or the init was altered)"
        )]
        [DataRow("init padding", -1, 30, "the padding after moov is not zero")]
        public void IsNamed(string region, int fragment, int at, string words)
        {
            Region r = Forge.Regions.First(x => x.Name == region && (fragment < 0 || x.Fragment == fragment));
            byte[] slot = Forge.Slot512();
            Assert.IsTrue(at < r.Length, region + " has " + r.Length);
            slot[r.Start + at] ^= 0x20;
            (bool _, Verdict? verdict, List<Finding> findings) = Judge.All(Judge.Device.Trusted, slot);
            Assert.AreEqual(Verdict.NotAuthentic, verdict);
            string said = Judge.Text(findings);
            Assert.IsTrue(said.Contains(words, StringComparison.Ordinal), said);
            Assert.IsTrue(findings.Count(f => f.Severity == Severity.Error) <= 3, said);
        }
    }
}
