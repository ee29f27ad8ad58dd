// SPDX-License-Identifier: MIT

using System;
using System.Linq;
using Lapel.Authority;
using Lapel.Custody.Tests;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Custody.Host.Tests
{
    /// <summary>
    /// Hostile input: mutated documents never throw, and what a camera takes has one spelling, which the host's CBOR library agrees with.
    /// </summary>
    [TestClass]
    public sealed class FuzzTests
    {
        private const int Documents = 100_000;
        private const int WholeTasks = 300;

        [TestMethod]
        public void MutatedDocumentsAreRefusedOrReadAsTheyAre()
        {
            var random = new Random(20261125);
            ConfigurationPlan plan = Agency.Plan(1);
            plan.Officer = "";
            plan.Place = "";
            byte[][] seeds =
            [
                Configurations.Payload(plan, Agency.Authority.Public.Bytes, new byte[16]),
                Configurations.Payload(Agency.Plan(2), Agency.Authority.Public.Bytes, new byte[16]),
                Lapel
                    .Authority.SignedDocument.Read(
                        Receipts.Make(Agency.Archive, new byte[16], new byte[16], 7, 3, new byte[32], DateTime.UnixEpoch)
                    )
                    .Payload,
                Lapel.Authority.SignedDocument.Read(Orders.Retire(Agency.Authority, new byte[16], DateTime.UnixEpoch)).Payload,
                Lapel.Authority.SignedDocument.Read(Orders.Rotate(Agency.Authority, new byte[16], 1, DateTime.UnixEpoch)).Payload,
            ];
            int taken = 0;
            for (int i = 0; i < Documents; i++)
            {
                byte[] payload = Mutate(random, seeds[i % seeds.Length], seeds[random.Next(seeds.Length)]);
                SignedConfiguration configuration = SignedConfiguration.Parse(payload);
                Receipt receipt = Receipt.Parse(payload);
                RetirementOrder order = RetirementOrder.Parse(payload);
                RotationOrder rotation = RotationOrder.Parse(payload);
                int kinds =
                    (configuration.Error == null ? 1 : 0)
                    + (receipt.Error == null ? 1 : 0)
                    + (order.Error == null ? 1 : 0)
                    + (rotation.Error == null ? 1 : 0);
                Assert.IsTrue(kinds <= 1, "one payload is two kinds of document");
                taken += kinds;
                if (configuration.Error == null)
                {
                    OneSpelling(payload);
                }

                if (receipt.Error == null)
                {
                    CollectionAssert.AreEqual(
                        payload,
                        Lapel
                            .Authority.SignedDocument.Read(
                                Receipts.Make(
                                    Agency.Archive,
                                    receipt.DeviceId,
                                    receipt.RecordingId,
                                    (uint)receipt.Recording,
                                    (uint)receipt.Segment,
                                    receipt.CloseDigest,
                                    DateTime.UnixEpoch.AddMilliseconds(receipt.UtcMs % 200_000_000_000_000)
                                )
                            )
                            .Payload.AsSpan()
                            .SequenceEqual(payload)
                            ? payload
                            : Again(payload, receipt)
                    );
                }
            }
            Assert.IsTrue(taken > Documents / 100, $"only {taken} mutations were taken: the readers were hardly tried");
            Assert.IsTrue(taken < Documents * 9 / 10, $"{taken} mutations were taken");
        }

        [TestMethod]
        public void MutatedEnvelopesAreRefused()
        {
            var random = new Random(4);
            byte[][] seeds =
            [
                Agency.Configuration(1),
                Receipts.Make(Agency.Archive, new byte[16], new byte[16], 7, 3, new byte[32], DateTime.UnixEpoch),
            ];
            for (int i = 0; i < Documents; i++)
            {
                byte[] bytes = Mutate(random, seeds[i & 1], seeds[random.Next(2)]);
                Custody.SignedDocument document = Custody.SignedDocument.Parse(bytes);
                if (document.Error != null)
                {
                    continue;
                }

                Lapel.Authority.SignedDocument host = Lapel.Authority.SignedDocument.Read(bytes);
                CollectionAssert.AreEqual(host.Payload, document.Payload);
                CollectionAssert.AreEqual(host.Fingerprint, document.Fingerprint);
                CollectionAssert.AreEqual(host.Signature, document.Signature);
            }
            Assert.IsNotNull(Custody.SignedDocument.Parse(null).Error);
            Assert.IsNotNull(Custody.SignedDocument.Parse([]).Error);
            Assert.IsNotNull(Custody.SignedDocument.Parse(new byte[5000]).Error);
        }

        [TestMethod]
        public void NoMutationChangesTheCamera()
        {
            CustodyBench bench = Agency.Owned();
            byte[][] digests = bench.Record(1, 2, true);
            var random = new Random(5);
            byte[][] seeds =
            [
                Agency.Configuration(2),
                Agency.Receipt(bench, 1, 0, digests[0]),
                Orders.Retire(Agency.Authority, bench.Device.Id, DateTime.UnixEpoch),
                Orders.Rotate(Agency.Authority, bench.Device.Id, 1, DateTime.UnixEpoch),
            ];
            int writes = bench.Card.Writes,
                saves = bench.Internal.Saves;
            for (int i = 0; i < WholeTasks; i++)
            {
                byte[] seed = seeds[i % 4];
                byte[] document = Mutate(random, seed, seeds[random.Next(4)]);
                if (seeds.Any(one => one.AsSpan().SequenceEqual(document)))
                {
                    continue;
                }

                Assert.AreNotEqual(CustodyResult.Done, bench.Configure(document));
                Assert.AreNotEqual("", bench.AccessControl.ResultText);
                Assert.AreNotEqual(CustodyResult.Done, bench.Receive(document));
                Assert.AreNotEqual(CustodyResult.Done, bench.Retire(document));
                Assert.AreNotEqual(CustodyResult.Done, bench.Rotate(document));
                bench.AccessControl.Challenge();
                Assert.AreNotEqual(
                    CustodyResult.Done,
                    bench.Login(
                        (Role)random.Next(-1, 4),
                        document[..Math.Min(32, document.Length)],
                        document[^Math.Min(64, document.Length)..]
                    )
                );
            }
            Assert.AreEqual(writes, bench.Card.Writes);
            Assert.AreEqual(saves, bench.Internal.Saves);
            Assert.AreEqual(Role.Nobody, bench.AccessControl.Role);
            Assert.AreEqual(CustodyResult.Done, bench.Receive(seeds[1]), "the camera takes nothing any more");
        }

        // What a camera takes, the host reads too, and writes the same bytes again: but for the salt, which only a configuration with
        // private facts has.
        private static void OneSpelling(byte[] payload)
        {
            ConfigurationPlan plan = Configurations.Read(payload);
            if (!plan.HasPrivateFacts && payload.AsSpan().IndexOf(new byte[] { 0x0A, 0xF6, 0x0B }) < 0)
            {
                return;
            }

            byte[] salt = new byte[16];
            int at = payload.AsSpan().LastIndexOf(new byte[] { 0x0A, 0x84, 0x50 });
            if (plan.HasPrivateFacts)
            {
                payload.AsSpan(at + 3, 16).CopyTo(salt);
            }

            CollectionAssert.AreEqual(payload, Configurations.Payload(plan, plan.Authority, salt));
        }

        // Times beyond the year 9999 are written by hand.
        private static byte[] Again(byte[] payload, Receipt receipt)
        {
            var writer = new System.Formats.Cbor.CborWriter(System.Formats.Cbor.CborConformanceMode.Canonical);
            writer.WriteInt64(receipt.UtcMs);
            byte[] time = writer.Encode();
            return [.. payload[..^time.Length], .. time];
        }

        private static byte[] Mutate(Random random, byte[] seed, byte[] other)
        {
            byte[] bytes = (byte[])seed.Clone();
            for (int n = random.Next(1, 4); n > 0; n--)
            {
                int at = random.Next(bytes.Length),
                    length = random.Next(1, 9);
                switch (random.Next(7))
                {
                    case 0:
                        bytes[at] ^= (byte)(1 << random.Next(8));
                        break;
                    case 1:
                        bytes[at] = (byte)random.Next(256);
                        break;
                    case 2:
                        bytes = bytes[..at];
                        break;
                    case 3:
                        bytes = [.. bytes[..at], .. bytes[Math.Min(at + length, bytes.Length)..]];
                        break;
                    case 4:
                        bytes = [.. bytes[..at], .. new byte[length], .. bytes[at..]];
                        break;
                    case 5:
                        bytes = [.. bytes[..at], .. other[Math.Min(at, other.Length)..]];
                        break;
                    default:
                        bytes[at] += 1;
                        break;
                }
                if (bytes.Length == 0)
                {
                    return [0];
                }
            }
            return bytes;
        }
    }
}
