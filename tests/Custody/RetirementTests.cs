// SPDX-License-Identifier: MIT

using System;
using Lapel.Crypto;
using Lapel.Evidence;
using Lapel.Hal;
using nanoFramework.TestFramework;

namespace Lapel.Custody.Tests
{
    /// <summary>How a camera's service ends (CUSTODY.md section 6).</summary>
    [TestClass]
    public class RetirementTests
    {
        [TestMethod]
        public void TheSecretInMemoryStaysUntilTheEntryIsOnTheCard()
        {
            CustodyBench bench = Papers.Owned(new CustodyBench(true));
            bench.OpenCard();
            bench.Audit.IsSettled = false;
            Assert.IsTrue(bench.AccessControl.BeginRetirement(Papers.RetirementOrder(Papers.Authority, bench.Device.Id), bench.NowMs));
            for (int i = 0; i < 3000; i++)
            {
                bench.AccessControl.Step(bench.NowMs);
            }

            Assert.IsTrue(bench.AccessControl.IsRetired);
            Assert.IsTrue(bench.AccessControl.IsBusy);
            Assert.IsFalse(StoreEntries.IsZero(bench.Keys.MacKey), "the log's sector is made without the secret");
            bench.Audit.IsSettled = true;
            Assert.AreEqual((int)CustodyResult.Done, (int)bench.Run());
            Assert.IsTrue(StoreEntries.IsZero(bench.Keys.MacKey));
            Assert.AreEqual((int)AuditKind.Retired, (int)bench.Audit.LastKind);
            Assert.AreEqual(bench.Audit.Count, bench.Audit.Finished, "the log goes on without its secret");
        }

        [TestMethod]
        public void TheOrderOfTheAuthorityRetiresTheCamera()
        {
            CustodyBench bench = Papers.Owned();
            byte[][] digests = bench.Record(1, 3, true);
            bench.Receive(Papers.Receipt(bench, 1, 0, digests[0]));
            byte[] secret = bench.Internal.Load(StoreEntries.Secret);

            // A clock that was never set counts from 1970.
            bench.Board.Clock.SetUtc(DateTime.UnixEpoch.Ticks + 600000000L);
            Assert.AreEqual((int)CustodyResult.Done, (int)bench.Retire(Order(bench, Papers.Authority)), bench.AccessControl.ResultText);
            Assert.IsTrue(bench.AccessControl.IsRetired);
            for (int i = 0; i < bench.Internal.Count; i++)
            {
                Assert.AreEqual(
                    -1,
                    ByteSearch.Find(bench.Internal.Content(i), secret, 0, 16),
                    "the secret is in " + bench.Internal.Name(i)
                );
            }

            Assert.IsTrue(ByteSearch.IsZero(bench.Internal.Load(StoreEntries.Secret)));
            bench.Boot();
            Assert.IsTrue(bench.AccessControl.IsRetired);
            Assert.IsFalse(new DeviceKeys(bench.Board).Boot(), "a retired camera makes new secrets");
            CheckCertificate(bench.AccessControl.Certificate, bench);
        }

        [TestMethod]
        public void OrdersOfOthersAreRefused()
        {
            CustodyBench bench = Papers.Owned();
            Expect(CustodyResult.UnknownKey, bench, Order(bench, Papers.Stranger));
            Expect(CustodyResult.WrongDevice, bench, Papers.RetirementOrder(Papers.Authority, new byte[16]));
            byte[] order = Order(bench, Papers.Authority);
            order[order.Length - 1] ^= 1;
            Expect(CustodyResult.WrongSignature, bench, order);
            Expect(CustodyResult.Malformed, bench, Papers.Configuration(2));
            Expect(CustodyResult.Malformed, bench, Papers.RotationOrder(Papers.Authority, bench.Device.Id, 1));
            Assert.AreEqual(5, bench.Audit.CountOf(AuditKind.OrderRefused));
            Assert.IsFalse(bench.AccessControl.IsRetired);
            CustodyBench unowned = new CustodyBench();
            Expect(CustodyResult.UnknownKey, unowned, Order(unowned, Papers.Authority));
        }

        [TestMethod]
        public void ACutAtAnySaveLeavesACameraInServiceOrARetiredOne()
        {
            for (int saves = 0; saves < 9; saves++)
            {
                CustodyBench bench = Papers.Owned();
                bench.Internal.SavesLeft = saves;
                bench.Retire(Order(bench, Papers.Authority));
                bench.Internal.SavesLeft = int.MaxValue;
                bench.Boot();
                string when = "saves: " + saves.ToString();
                Assert.AreEqual(saves > 0, bench.AccessControl.IsRetired, when);
                bench.Run();
                Assert.AreEqual(saves > 0, ByteSearch.IsZero(bench.Internal.Load(StoreEntries.Secret)), when);
            }
        }

        [TestMethod]
        public void TheOrderWaitsForTheCardAndNotForOneThatIsAbsent()
        {
            CustodyBench bench = Papers.Owned();
            bench.Store.Files.Enter(CardSituation.RecordingBusy);
            Assert.IsTrue(bench.AccessControl.BeginRetirement(Order(bench, Papers.Authority), bench.NowMs));
            while (bench.AccessControl.Step(bench.NowMs)) { }

            Assert.IsTrue(
                bench.AccessControl.IsBusy && !bench.AccessControl.IsRetired,
                "retired during a recording or before the card was looked at"
            );
            bench.AccessControl.CardFault = CardStatus.NoCard;
            Assert.AreEqual((int)CustodyResult.Done, (int)bench.Run(), bench.AccessControl.ResultText);
            DocumentReader outer = new DocumentReader(bench.AccessControl.Certificate, 0, bench.AccessControl.Certificate.Length);
            outer.ArrayOfExactly(2, "the certificate");
            int count = outer.SkipBytes(4096, "the content");
            DocumentReader map = new DocumentReader(bench.AccessControl.Certificate, outer.Position - count, count);
            map.Map(8, "the content");
            Assert.IsNull(map.Error);

            bench = Papers.Owned();
            bench.Store.Files.Enter(CardSituation.RecordingBusy);
            bench.AccessControl.CardFault = CardStatus.ReadError;
            Expect(CustodyResult.StorageFailed, bench, Order(bench, Papers.Authority));
            Assert.IsFalse(bench.AccessControl.IsRetired);
        }

        [TestMethod]
        public void ACardThatComesWhileTheOrderWaitsIsListed()
        {
            CustodyBench bench = Papers.Owned();
            bench.Store.Files.Enter(CardSituation.RecordingBusy);
            Assert.IsTrue(bench.AccessControl.BeginRetirement(Order(bench, Papers.Authority), bench.NowMs));
            while (bench.AccessControl.Step(bench.NowMs)) { }

            bench.Record(1, 3, true);
            bench.Store.Files.Enter(CardSituation.Idle);
            Assert.AreEqual((int)CustodyResult.Done, (int)bench.Run(), bench.AccessControl.ResultText);
            byte[] run = new byte[] { 0x09, 0x81, 0x83, 0x01, 0x00, 0x03, 0x0A, 0x00 };
            Assert.IsTrue(ByteSearch.Find(bench.AccessControl.Certificate, run, 0, run.Length) >= 0, "the segments are not listed");
        }

        [TestMethod]
        public void WhatARecordingAddsMeanwhileIsListed()
        {
            int steps = StepsToRetirement();
            for (int before = 1; before < 12; before++)
            {
                RecordBeforeTheEnd(steps - before, "steps before: " + before.ToString());
            }
        }

        [TestMethod]
        public void ACardThatGoesAwayMeanwhileEndsIt()
        {
            int steps = StepsToRetirement();
            CustodyBench bench = Begun();
            for (int i = 0; i < steps - 1; i++)
            {
                bench.AccessControl.Step(bench.NowMs);
            }

            bench.Store.Lose();
            bench.Store.Files.Enter(CardSituation.RecordingBusy);
            bench.AccessControl.CardFault = CardStatus.NoCard;
            Assert.AreEqual((int)CustodyResult.StorageFailed, (int)bench.Run(), bench.AccessControl.ResultText);
            Assert.IsFalse(bench.AccessControl.IsRetired);
        }

        // A camera with three segments on its card, that was given the order. A method for each bench, here and below: its card takes a
        // third of the device's heap, and what a local holds stays.
        private static int StepsToRetirement()
        {
            int steps = 0;
            for (CustodyBench bench = Begun(); !bench.AccessControl.IsRetired; steps++)
            {
                bench.AccessControl.Step(bench.NowMs);
            }

            return steps;
        }

        private static void RecordBeforeTheEnd(int steps, string when)
        {
            byte[] runs = new byte[] { 0x09, 0x82, 0x83, 0x01, 0x00, 0x03, 0x83, 0x02, 0x00, 0x01, 0x0A, 0x00 };
            CustodyBench bench = Begun();
            for (int i = 0; i < steps; i++)
            {
                bench.AccessControl.Step(bench.NowMs);
            }

            bench.Store.Files.Enter(CardSituation.RecordingBusy);
            Assert.IsFalse(bench.AccessControl.Step(bench.NowMs), "it goes on beside a recording");
            bench.Record(2, 1, true);
            bench.Store.Files.Enter(CardSituation.Idle);
            Assert.AreEqual((int)CustodyResult.Done, (int)bench.Run(), bench.AccessControl.ResultText);
            Assert.IsTrue(ByteSearch.Find(bench.AccessControl.Certificate, runs, 0, runs.Length) >= 0, when);
        }

        private static CustodyBench Begun()
        {
            CustodyBench bench = Papers.Owned();
            bench.Record(1, 3, true);
            Assert.IsTrue(bench.AccessControl.BeginRetirement(Order(bench, Papers.Authority), bench.NowMs));
            return bench;
        }

        private static byte[] Order(CustodyBench bench, Signatory authority)
        {
            return Papers.RetirementOrder(authority, bench.Device.Id);
        }

        private static void Expect(CustodyResult expected, CustodyBench bench, byte[] order)
        {
            Assert.AreEqual((int)expected, (int)bench.Retire(order), bench.AccessControl.ResultText);
        }

        // [content, COSE_Sign1]: the content lists segment 0 as released and 1 and 2 as not, and the device's key has signed it.
        private static void CheckCertificate(byte[] certificate, CustodyBench bench)
        {
            DocumentReader outer = new DocumentReader(certificate, 0, certificate.Length);
            outer.ArrayOfExactly(2, "the certificate");
            int count = outer.SkipBytes(4096, "the content");
            byte[] content = ByteSearch.Part(certificate, outer.Position - count, count);
            byte[] cose = outer.Bytes(ManifestSigner.CoseBytes, "the signature");
            outer.End();
            Assert.IsNull(outer.Error);
            DocumentReader map = new DocumentReader(content, 0, content.Length);
            map.Map(12, "the content");
            map.Key(1);
            map.Int(4, 4, "the kind");
            map.Key(2);
            map.Int(1, 1, "the version");
            map.Key(3);
            Assert.IsTrue(ByteSearch.IsSame(bench.Device.Id, map.Bytes(16, "the id")));
            map.Key(4);
            Assert.IsTrue(ByteSearch.IsSame(bench.Device.PublicKey, map.Bytes(32, "the key")));
            map.Key(5);
            map.Int(1, int.MaxValue, "the boot");
            map.Key(6);
            map.Int(0, int.MaxValue, "the newest recording");
            map.Key(7);
            map.Bytes(32, "the order's H");
            map.Key(8);
            Assert.IsTrue(map.TakeNull(), "an unset clock says a time");
            map.Key(9);
            CheckRun(map, 1, 1, 2);
            map.Key(10);
            map.Int(0, 0, "segments that are not listed");
            map.Key(11);
            CheckRun(map, 1, 0, 1);
            map.Key(12);
            map.Int(0, 0, "segments that are not listed");
            map.End();
            Assert.IsNull(map.Error);
            byte[] digest = bench.Digests.Mac(Digests.Label("LAPEL-CERTIFICATE-1"), content);
            byte[] structure = bench.Signer.Structure(digest);
            Ed25519Verifier verifier = new Ed25519Verifier();
            verifier.Begin(bench.Device.PublicKey, structure, 0, structure.Length, cose, ManifestSigner.SignatureAt);
            while (verifier.Step()) { }

            Assert.IsTrue(verifier.IsValid, "the device has not signed it");
        }

        private static void CheckRun(DocumentReader map, int recording, int first, int count)
        {
            map.ArrayOfExactly(1, "the runs");
            map.ArrayOfExactly(3, "a run");
            map.Int(recording, recording, "the recording");
            map.Int(first, first, "the first segment");
            map.Int(count, count, "how many");
        }
    }
}
