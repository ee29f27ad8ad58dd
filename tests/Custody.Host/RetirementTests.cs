using System;
using CborConformanceMode = System.Formats.Cbor.CborConformanceMode;
using System.Linq;
using Lapel.Authority;
using Lapel.Custody.Tests;
using Lapel.Evidence;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Custody.Host.Tests
{
    [TestClass]
    public sealed class RetirementTests
    {
        [TestMethod]
        public void TheOrderOfTheAuthorityRetiresTheCamera()
        {
            CustodyBench bench = Agency.Owned();
            byte[][] digests = bench.Record(1, 3, true);
            bench.Receive(Agency.Receipt(bench, 1, 0, digests[0]));
            byte[] secret = bench.Internal.Load(DeviceKeys.SecretEntry);
            Assert.AreEqual(CustodyResult.Done, bench.Retire(Order(bench, Agency.Authority)), bench.Custodian.ResultText);
            Assert.IsTrue(bench.Custodian.IsRetired);
            for (int i = 0; i < bench.Internal.Count; i++)
                Assert.IsTrue(bench.Internal.Content(i).AsSpan().IndexOf(secret.AsSpan(0, 16)) < 0, "the secret is in " + bench.Internal.Name(i));
            Assert.IsTrue(bench.Internal.Load(DeviceKeys.SecretEntry).All(one => one == 0));
            bench.Boot();
            Assert.IsTrue(bench.Custodian.IsRetired);
            Assert.IsFalse(new DeviceKeys(bench.Board).Boot(), "a retired camera makes new secrets");
            Certificate(bench.Custodian.Certificate, bench);
        }

        [TestMethod]
        public void OrdersOfOthersAreRefused()
        {
            CustodyBench bench = Agency.Owned();
            Assert.AreEqual(CustodyResult.UnknownKey, bench.Retire(Order(bench, Agency.Stranger)));
            Assert.AreEqual(CustodyResult.WrongDevice, bench.Retire(Orders.Retire(Agency.Authority, new byte[16], DateTime.UnixEpoch)));
            byte[] order = Order(bench, Agency.Authority);
            order[^1] ^= 1;
            Assert.AreEqual(CustodyResult.WrongSignature, bench.Retire(order));
            Assert.AreEqual(CustodyResult.Malformed, bench.Retire(Agency.Configuration(2)));
            Assert.AreEqual(4, bench.Audit.CountOf(AuditKind.OrderRefused));
            Assert.IsFalse(bench.Custodian.IsRetired);
            Assert.AreEqual(CustodyResult.UnknownKey, new CustodyBench().Retire(Order(bench, Agency.Authority)), "an unowned camera has nobody who could");
        }

        [TestMethod]
        public void ACutAtAnySaveLeavesACameraInServiceOrARetiredOne()
        {
            for (int saves = 0; saves < 8; saves++)
            {
                CustodyBench bench = Agency.Owned();
                bench.Internal.SavesLeft = saves;
                bench.Retire(Order(bench, Agency.Authority));
                bench.Internal.SavesLeft = int.MaxValue;
                bench.Boot();
                Assert.AreEqual(saves > 0, bench.Custodian.IsRetired, $"after {saves} saves");
                bench.Run();
                byte[] secret = bench.Internal.Load(DeviceKeys.SecretEntry);
                Assert.AreEqual(saves > 0, secret.All(one => one == 0), $"after {saves} saves");
            }
        }

        private static byte[] Order(CustodyBench bench, SigningKey authority) => Orders.Retire(authority, bench.Device.Id, DateTime.UnixEpoch.AddDays(20000));

        private static void Certificate(byte[] certificate, CustodyBench bench)
        {
            var reader = new System.Formats.Cbor.CborReader(certificate, CborConformanceMode.Canonical);
            Assert.AreEqual(2, reader.ReadStartArray());
            byte[] content = reader.ReadByteString();
            byte[] cose = reader.ReadByteString();
            reader.ReadEndArray();
            var map = new System.Formats.Cbor.CborReader(content, CborConformanceMode.Canonical);
            Assert.AreEqual(12, map.ReadStartMap());
            while (map.ReadInt32() != 9)
                map.SkipValue();
            Assert.AreEqual(1, map.ReadStartArray());
            Run(map, 1, 1, 2);
            map.ReadEndArray();
            Assert.AreEqual(10, map.ReadInt32());
            Assert.AreEqual(0, map.ReadInt32());
            Assert.AreEqual(11, map.ReadInt32());
            Assert.AreEqual(1, map.ReadStartArray());
            Run(map, 1, 0, 1);
            Assert.AreEqual(ManifestSigner.CoseBytes, cose.Length);
            var label = new byte[32];
            "LAPEL-CERTIFICATE-1"u8.CopyTo(label);
            byte[] digest = System.Security.Cryptography.HMACSHA256.HashData(label, content);
            Assert.IsTrue(PublicKey.Verifies(bench.Device.PublicKey, bench.Signer.Structure(digest), cose[^64..]));
        }

        private static void Run(System.Formats.Cbor.CborReader map, int recording, int first, int count)
        {
            Assert.AreEqual(3, map.ReadStartArray());
            Assert.AreEqual(recording, map.ReadInt32());
            Assert.AreEqual(first, map.ReadInt32());
            Assert.AreEqual(count, map.ReadInt32());
            map.ReadEndArray();
        }
    }
}
