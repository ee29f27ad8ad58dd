// SPDX-License-Identifier: MIT

using System.Buffers.Binary;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Verify.Tests
{
    /// <summary>A log that was cut back, by what the device states of it (FORMAT.md 9.4).</summary>
    [TestClass]
    public class CutBackTests
    {
        private const ulong Own = 5,
            Other = 6;
        private const int Kept = 7,
            Written = 10;

        [TestMethod]
        [DataRow(Own, true, Severity.Missing)]
        [DataRow(Own, false, Severity.Note)]
        public void ADeviceThatMissesWhatItWroteToThisVeryLogSaysThatItWasCutBack(ulong known, bool isSigned, Severity severity)
        {
            AuditResult log = Judge(Cut(known, isSigned));
            Finding cut = log.Findings.Single(f => f.Text.Contains("to this log and found sector 7 at its end"));
            Assert.AreEqual(severity, cut.Severity);
            Assert.Contains("up to sector 10", cut.Text);
            Assert.AreEqual(!isSigned, log.Agrees, string.Join("; ", log.Findings));
        }

        [TestMethod]
        public void OneThatWasInAnotherCardSaysNothingOfTheKind()
        {
            AuditResult log = Judge(Cut(Other, true));
            Assert.IsFalse(log.Findings.Exists(f => f.Text.Contains("cut back")), string.Join("; ", log.Findings));
            Assert.IsTrue(log.Agrees, string.Join("; ", log.Findings));
        }

        [TestMethod]
        [DataRow((ushort)2)]
        [DataRow((ushort)3)]
        public void WhatADeviceStatesExcusesNoSectorThatIsThereAndIsAnother(ushort found)
        {
            var device = new ForgeDevice(1);
            AuditForge log = new AuditForge(device, Own).Alive(4).Misname(found);
            log.Entry(AuditKind.LogFound, 1_000_000, found, 4, found == 2 ? 4 : 1).Checkpoint();
            AuditResult judged = AuditVerifier.Verify(new MemorySource(log.File(Own, 64)), "AUDIT.LOG", device.Trusted, []);
            Finding error = judged.Findings.Single(f => f.Severity == Severity.Error);
            Assert.Contains("is not the one that sector 5 names as the last one known", error.Text);
        }

        private static AuditForge Cut(ulong known, bool isSigned)
        {
            var id = new byte[8];
            BinaryPrimitives.WriteUInt64BigEndian(id, known);
            AuditForge log = new AuditForge(new ForgeDevice(1), Own).Alive(Written).Card(Own, Kept, 2);
            log.Entry(AuditKind.LogFound, 1_000_000, 2, Written, Kept, id);
            return isSigned ? log.Alive(4).Checkpoint() : log.Alive(4);
        }

        private static AuditResult Judge(AuditForge log) =>
            AuditVerifier.Verify(new MemorySource(log.File(Own, 64)), "AUDIT.LOG", new ForgeDevice(1).Trusted, []);
    }
}
