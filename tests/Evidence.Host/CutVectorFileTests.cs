// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Linq;
using Lapel.Verify;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Evidence.Host.Tests
{
    /// <summary>The vector file of FORMAT.md 9.6 with what recovery enters of recordings that were cut (7.2).</summary>
    [TestClass]
    public class CutVectorFileTests
    {
        private const string VectorName = "cut-1.hex";
        private const int LogBytes = 8192;

        // The data of the three entries, as note 13 of FORMAT.md 9.1 lays them out: written by hand.
        private static readonly string[] Data =
        [
            "ffffffff" + "00000000" + "00000000" + "0000" + "0000",
            "00000005" + "0000000c" + "00000001" + "0102" + "0003",
            "00000007" + "000003e8" + "00000000" + "0000" + "0000",
        ];

        [TestMethod]
        public void TheFileIsWhatTheWriterMakes()
        {
            byte[] written = Evidence.Tests.AuditVectorTests.WriteCut();
            if (Environment.GetEnvironmentVariable("LAPEL_WRITE_VECTORS") == "1")
            {
                VectorFile.Write(VectorName, written);
            }

            CollectionAssert.AreEqual(VectorFile.Read(VectorName, LogBytes), written);
        }

        [TestMethod]
        public void TheVerifierReadsThem()
        {
            // RFC 8032, section 7.1, test 1: the key of segment-1.hex.
            TrustedKey key = TrustedKey.FromBytes(
                Convert.FromHexString("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
            );
            var file = new MemorySource(VectorFile.Read(VectorName, LogBytes));
            AuditResult log = AuditVerifier.Verify(file, "AUDIT.LOG", key, []);
            Assert.IsTrue(log.Agrees, string.Join("\n", log.Findings));
            List<AuditEntry> entries = [.. log.Entries.Where(e => e.Kind == Verify.AuditKind.CutRecording)];
            Assert.IsTrue(entries.All(e => e.Signed));
            CollectionAssert.AreEqual(Data, entries.Select(e => Convert.ToHexStringLower(e.Data)).ToArray());
            CollectionAssert.AreEqual(
                new (int, long, long)[] { (0, 5, 0), (0, 4, 61_250), (3, 3, 500_000) },
                entries.Select(e => ((int)e.Code, e.First, e.Second)).ToArray()
            );

            // Which segments each excuses, of those around the ones that it names: nothing was committed of the first.
            Assert.AreEqual("0123456789", Excused(entries[0], 3));
            Assert.AreEqual("26789", Excused(entries[1], 3));
            Assert.AreEqual("89", Excused(entries[2], 0));
            Assert.AreEqual(8500UL + 1250, CutStatement.Read(entries[1])!.Bound(60_000));
            Assert.AreEqual(1000UL, CutStatement.Read(entries[0])!.Bound(60_000));
        }

        private static string Excused(AuditEntry entry, uint firstLive)
        {
            CutStatement statement = CutStatement.Read(entry)!;
            return string.Concat(Enumerable.Range(0, 10).Where(s => statement.Excuses((uint)s, firstLive)));
        }
    }
}
