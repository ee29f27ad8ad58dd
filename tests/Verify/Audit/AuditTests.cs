// SPDX-License-Identifier: MIT

using System;
using System.Buffers.Binary;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Verify.Tests
{
    /// <summary>The audit log's reader on the vector of FORMAT.md 9.6, whole and altered.</summary>
    [TestClass]
    public class AuditTests
    {
        private const int Sectors = 16,
            Whole = 4,
            Checkpoint = 2;

        // RFC 8032, 7.1, test 1.
        private static readonly TrustedKey Key = TrustedKey.FromBytes(
            Convert.FromHexString("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
        );

        [TestMethod]
        public void TheVectorAgreesAndItsCheckpointSignsWhatStandsBeforeIt()
        {
            AuditResult log = Judge(Read());
            Assert.IsTrue(log.Agrees, string.Join("; ", log.Findings));
            Assert.HasCount(Whole, log.Sectors);
            Assert.AreEqual(1, log.Checkpoints);
            Assert.AreEqual(1, log.Unsigned);
            CollectionAssert.AreEqual(
                new[]
                {
                    AuditKind.Boot,
                    AuditKind.LogFound,
                    AuditKind.ClockSet,
                    AuditKind.State,
                    AuditKind.Press,
                    AuditKind.RecordingBegan,
                    AuditKind.Alive,
                },
                log.Entries.Select(e => e.Kind).ToArray()
            );
        }

        [TestMethod]
        public void EveryFlippedBitIsFound()
        {
            byte[] bytes = Read();
            int clean = Judge(bytes).Findings.Count;
            for (int bit = 0; bit < Whole * 512 * 8; bit++)
            {
                bytes[bit / 8] ^= (byte)(1 << bit % 8);
                AuditResult log = Judge(bytes);
                bool last = bit / 4096 == Whole - 1;
                Assert.IsTrue(last ? log.Findings.Count != clean || log.Sectors.Count < Whole : !log.Agrees, "bit " + bit);
                bytes[bit / 8] ^= (byte)(1 << bit % 8);
            }
        }

        [TestMethod]
        public void AnAlteredSectorWithARightChecksumIsFound()
        {
            for (int sector = 0; sector <= Checkpoint; sector++)
            {
                byte[] bytes = Read();
                Span<byte> s = bytes.AsSpan(sector * 512, 512);
                s[sector == Checkpoint ? 120 : 103] ^= 1;
                Seal(s);
                Assert.IsFalse(Judge(bytes).Agrees, "sector " + sector);
            }
        }

        [TestMethod]
        public void AnUnsignedSectorThatClaimsAFarPlaceMakesNoneOverwritten()
        {
            foreach (long place in new[] { Sectors + 3L, 1L << 40, (1L << 52) - 13 })
            {
                byte[] bytes = Read();
                bytes.AsSpan(0, 512).Clear();
                bytes[0] = 1;
                BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(3 * 512 + 32), place);
                Seal(bytes.AsSpan(3 * 512, 512));
                Assert.IsFalse(Judge(bytes).Agrees, "place " + place);
            }
        }

        [TestMethod]
        public void ACheckpointExcusesNoGap()
        {
            byte[] bytes = Read();
            bytes.AsSpan(512, 512).Clear();
            bytes[Checkpoint * 512 + 95] = 2;
            Seal(bytes.AsSpan(Checkpoint * 512, 512));
            Assert.IsFalse(Judge(bytes).Agrees);
        }

        [TestMethod]
        public void AShortenedRingIsNotTakenForASmallerOne()
        {
            // Slots of 32 sectors: a log of 64. The newest 16 places stand at its beginning.
            var device = new ForgeDevice(1);
            byte[] file = new AuditForge(device, 5).Alive(78).Checkpoint().Alive(1).File(5, 64);
            using CardForge card = new CardForge(8, null).WriteCatalogue();
            foreach (int sectors in new[] { 64, 16 })
            {
                File.WriteAllBytes(Path.Combine(card.Root, "AUDIT.LOG"), file[..(sectors * 512)]);
                AuditResult log = CardVerifier.Verify(card.Path, TrustedKey.FromBytes(device.PublicKey)).Audits.Single();
                Assert.AreEqual(sectors == 64, log.Agrees, sectors + " sectors: " + string.Join("; ", log.Findings));
            }
        }

        [TestMethod]
        public void RubbishIsNoLogAndThrowsNothing()
        {
            for (int seed = 0; seed < 300; seed++)
            {
                var random = new Random(seed);
                byte[] bytes = Read();
                for (int n = random.Next(1, 40); n > 0; n--)
                {
                    bytes[random.Next(Whole * 512)] = (byte)random.Next(256);
                }

                for (int sector = 0; sector < Whole && seed % 2 == 0; sector++)
                {
                    Seal(bytes.AsSpan(sector * 512, 512));
                }

                AuditResult log = Judge(bytes);
                _ = Coverage.Of(log, null, null);
                AuditReport.Write(log, new AuditFilter(), TextWriter.Null);
                AuditJson.Write(log, new AuditFilter(), TextWriter.Null);
            }
        }

        [TestMethod]
        public void CoverageTilesAnyPeriod()
        {
            AuditResult log = Judge(Read());
            DateTime clock = DateTime.UnixEpoch.AddMilliseconds(1_795_467_602_000);
            foreach ((int from, int to) in new[] { (-100, 200), (-10, 10), (30, 90), (500, 600) })
            {
                Coverage coverage = Coverage.Of(log, clock.AddSeconds(from), clock.AddSeconds(to));
                DateTime at = clock.AddSeconds(from);
                foreach (CoverageSpan span in coverage.Spans)
                {
                    Assert.AreEqual(at, span.FromUtc);
                    at = span.ToUtc!.Value;
                }
                Assert.AreEqual(clock.AddSeconds(to), at);
            }
        }

        [TestMethod]
        public void AClockThatIsSetLaterBindsWhatCameBefore()
        {
            BoundTime at = new AuditClock(Judge(Read()).Entries, true).At(7, 10_000)!;
            Assert.AreEqual(DateTime.UnixEpoch.AddMilliseconds(1_795_467_602_000 - 30_000), at.Utc);
            Assert.AreEqual(250u, at.UncertaintyMs);
            Assert.IsTrue(at.Set);
        }

        private static AuditResult Judge(byte[] bytes) => AuditVerifier.Verify(new MemorySource(bytes), "AUDIT.LOG", Key, []);

        private static void Seal(Span<byte> sector) => BinaryPrimitives.WriteUInt32BigEndian(sector[508..], Crc(sector[..508]));

        internal static uint Crc(ReadOnlySpan<byte> bytes)
        {
            uint crc = uint.MaxValue;
            foreach (byte b in bytes)
            {
                crc ^= b;
                for (int i = 0; i < 8; i++)
                {
                    crc = (crc >> 1) ^ (0xEDB88320 & (0 - (crc & 1)));
                }
            }
            return ~crc;
        }

        private static byte[] Read([CallerFilePath] string here = "")
        {
            var content = new byte[Sectors * 512];
            string file = Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "firmware", "Evidence", "vectors", "audit-1.hex");
            foreach (string line in File.ReadLines(file).Where(l => !l.StartsWith('#')))
            {
                Convert.FromHexString(line[5..]).CopyTo(content, Convert.ToInt32(line[..4], 16));
            }

            return content;
        }
    }
}
