// SPDX-License-Identifier: MIT

using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Verify.Tests
{
    /// <summary>What is not known is said to be not known, and not 0 or 1970.</summary>
    [TestClass]
    public sealed class NotKnownTests
    {
        [TestMethod]
        public void ARecordingThatRecoveryClosedWithoutACheckpointStatesNoZeros()
        {
            (JsonElement json, string text) = Judged(Recovered(0));
            Assert.AreEqual(JsonValueKind.Null, json.GetProperty("capture").ValueKind);
            Assert.AreEqual(JsonValueKind.Null, json.GetProperty("preEvent").ValueKind);
            Assert.AreEqual(JsonValueKind.Null, json.GetProperty("batteryMillivolts").ValueKind);
            Assert.AreEqual(JsonValueKind.Null, json.GetProperty("batteryPercent").ValueKind);
            Assert.AreEqual(JsonValueKind.Null, json.GetProperty("configurationDigest").ValueKind);
            Assert.AreEqual(0, json.GetProperty("eventsNotKnownInSegments")[0].GetInt32());
            StringAssert.Contains(text, "lost      not known");
            StringAssert.Contains(text, "pre-event not known");
            StringAssert.Contains(text, "markers   none known; those of segment 0 are not known");
            StringAssert.Contains(text, "configuration not known, battery not known");
            Assert.IsFalse(text.Contains("0 mV", StringComparison.Ordinal), text);
        }

        [TestMethod]
        public void ASegmentThatKnowsSpeaksForTheOneThatDoesNot()
        {
            (JsonElement json, string text) = Judged(RecordingForge.Segments(2, recovered: true)[0], Recovered(1));
            Assert.AreEqual(30_000, json.GetProperty("preEvent").GetProperty("askedMs").GetInt32());
            Assert.AreEqual(3812, json.GetProperty("batteryMillivolts").GetInt32());
            Assert.AreEqual(140, json.GetProperty("capture").GetProperty("longestGapMs").GetInt32());
            StringAssert.Contains(text, "battery 3812 mV (77 %)");
            StringAssert.Contains(text, "those of segment 1 are not known");
        }

        [TestMethod]
        public void ARetirementUnderAnUnsetClockHasNoTime()
        {
            var forge = new CertificateForge(new ForgeDevice(1));
            // 0 would be 1970: not known is null.
            forge.Values[7] = to => to.WriteInt32(0);
            Assert.ThrowsExactly<FormatException>(() => RetirementCertificate.Read(forge.Bytes()));
            forge.Values[7] = to => to.WriteNull();
            RetirementCertificate certificate = RetirementCertificate.Read(forge.Bytes());
            Assert.IsNull(certificate.Utc);
            var text = new StringWriter();
            CertificateReport.Write(certificate, text);
            StringAssert.Contains(text.ToString(), "at a time that is not known, its clock was unset");
            var line = new StringWriter();
            CertificateReport.WriteJson(certificate, null, true, line);
            Assert.AreEqual(JsonValueKind.Null, JsonDocument.Parse(line.ToString()).RootElement.GetProperty("utc").ValueKind);
        }

        // Closed by recovery without a checkpoint before.
        private static SegmentForge Recovered(uint segment) =>
            new SegmentForge
            {
                Segment = segment,
                Slot = segment,
                SlotSectors = 32,
                SmallMoov = true,
                FirstFrame = segment * 3,
                Start = segment * 300,
            }
                .Init()
                .Fragment(700, 600)
                .Recover(4);

        private static (JsonElement Json, string Text) Judged(params SegmentForge[] segments)
        {
            using CardForge card = new CardForge(4, new ForgeDevice(1).KeyFile()).Put(segments).WriteCatalogue();
            string json = card.Verify(json: true).Out.Split('\n').First(l => l.Contains("\"recording\"", StringComparison.Ordinal));
            return (JsonDocument.Parse(json).RootElement, card.Verify().Out);
        }
    }
}
