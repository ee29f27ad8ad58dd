using System;
using System.Linq;
using System.Text;
using Lapel.Authority;
using Lapel.Custody.Tests;
using Lapel.Evidence;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Custody.Host.Tests
{
    [TestClass]
    public sealed class ConfigurationTests
    {
        [TestMethod]
        public void AnUnownedCameraTakesTheFirstAuthorityAndNoOtherAfterwards()
        {
            var bench = new CustodyBench();
            Assert.IsFalse(bench.Custodian.IsOwned);
            Assert.AreEqual(CustodyResult.UnknownKey, bench.Configure(Named(Agency.Stranger, Agency.Authority, 1)), "signed by another than the one named");
            Assert.AreEqual(CustodyResult.Done, bench.Configure(Agency.Configuration(1)), bench.Custodian.ResultText);
            Assert.IsTrue(bench.Custodian.IsOwned);
            Assert.AreEqual(AuditKind.Configuration, bench.Audit.LastKind);
            Assert.AreEqual(1, bench.Audit.LastFirst, "trust on first use is not logged as such");
            Assert.AreEqual(CustodyResult.UnknownKey, bench.Configure(Configurations.Sign(Agency.Stranger, Agency.Plan(2))));
            Assert.AreEqual(AuditKind.ConfigurationRefused, bench.Audit.LastKind);
        }

        [TestMethod]
        public void SettingsComeIntoForceAtTheNextBootKeysAtOnce()
        {
            var bench = new CustodyBench();
            byte[] before = bench.Custodian.ConfigurationDigest;
            bench.Configure(Agency.Configuration(1));
            Assert.AreEqual("LAPEL", bench.Custodian.Configuration.Unit);
            Assert.IsTrue(bench.Custodian.IsRestartNeeded);
            CollectionAssert.AreEqual(before, bench.Custodian.ConfigurationDigest);
            byte[] nonce = bench.Custodian.Challenge();
            Assert.AreEqual(CustodyResult.Done, bench.Login(Role.Dock, Agency.Dock.Fingerprint, Login.Prove(Agency.Dock, bench.Device.Id, nonce, 2)));
            bench.Boot();
            Assert.AreEqual("LP-1", bench.Custodian.Configuration.Unit);
            Assert.AreEqual("A. Smith", bench.Custodian.Configuration.Private.Officer);
            CollectionAssert.AreNotEqual(before, bench.Custodian.ConfigurationDigest);
            byte[] entry = bench.Audit.Data(0);
            CollectionAssert.AreEqual(before, entry.Take(32).ToArray());
            CollectionAssert.AreEqual(bench.Custodian.ConfigurationDigest, entry.Skip(32).ToArray());
        }

        [TestMethod]
        public void SerialNumbersOnlyRise()
        {
            CustodyBench bench = Agency.Owned();
            Assert.AreEqual(CustodyResult.Done, bench.Configure(Agency.Configuration(5)));
            Assert.AreEqual(CustodyResult.Stale, bench.Configure(Agency.Configuration(5)));
            Assert.AreEqual(CustodyResult.Stale, bench.Configure(Agency.Configuration(4)));
            bench.Boot();
            Assert.AreEqual(CustodyResult.Stale, bench.Configure(Agency.Configuration(5)));
            Assert.AreEqual(5, bench.Custodian.Serial);
        }

        [TestMethod]
        public void TheOldAuthorityHandsOverToANewOne()
        {
            CustodyBench bench = Agency.Owned();
            Assert.AreEqual(CustodyResult.Done, bench.Configure(Named(Agency.Authority, Agency.Successor, 2)));
            Assert.AreEqual(2, bench.Audit.LastFirst);
            Assert.AreEqual(CustodyResult.UnknownKey, bench.Configure(Agency.Configuration(3)), "the old authority still has a say");
            Assert.AreEqual(CustodyResult.Done, bench.Configure(Configurations.Sign(Agency.Successor, Agency.Plan(3))));
        }

        [TestMethod]
        public void AConfigurationForAnotherCameraIsRefused()
        {
            CustodyBench bench = Agency.Owned();
            ConfigurationPlan plan = Agency.Plan(2);
            plan.DeviceId = new byte[16];
            Assert.AreEqual(CustodyResult.WrongDevice, bench.Configure(Configurations.Sign(Agency.Authority, plan)));
            plan.DeviceId = bench.Device.Id;
            Assert.AreEqual(CustodyResult.Done, bench.Configure(Configurations.Sign(Agency.Authority, plan)));
        }

        [TestMethod]
        public void ACutInTheStoringLeavesTheOldOneOrTheNew()
        {
            for (int saves = 0; saves < 3; saves++)
            {
                CustodyBench bench = Agency.Owned();
                bench.Internal.SavesLeft = saves;
                bench.Configure(Agency.Configuration(2));
                bench.Internal.SavesLeft = int.MaxValue;
                bench.Boot();
                Assert.AreEqual(saves == 0 ? 1 : 2, bench.Custodian.Serial, $"after {saves} saves");
                Assert.AreEqual(saves == 0 ? "LP-1" : "LP-2", bench.Custodian.Configuration.Unit);
                Assert.IsFalse(bench.Custodian.IsConfigurationLost);
            }
        }

        [TestMethod]
        public void ADamagedConfigurationIsNotTakenForNoOwner()
        {
            CustodyBench bench = Agency.Owned();
            bench.Internal.Damage(ConfigurationStore.DocumentEntry);
            bench.Boot();
            Assert.IsTrue(bench.Custodian.IsConfigurationLost);
            Assert.IsTrue(bench.Custodian.IsOwned);
            Assert.AreEqual(CustodyResult.UnknownKey, bench.Configure(Configurations.Sign(Agency.Stranger, Agency.Plan(2))));
            Assert.AreEqual(CustodyResult.Done, bench.Configure(Agency.Configuration(1)), "the same one cannot be installed again");
            bench.Boot();
            Assert.IsFalse(bench.Custodian.IsConfigurationLost);
        }

        [TestMethod]
        public void AForgedEntryOfInternalStorageDoesNotCount()
        {
            CustodyBench bench = Agency.Owned();
            bench.Internal.Save(ConfigurationStore.DocumentEntry, [.. Configurations.Sign(Agency.Stranger, Agency.Plan(9)), .. new byte[32]]);
            bench.Boot();
            Assert.IsTrue(bench.Custodian.IsConfigurationLost);
        }

        [TestMethod]
        public void WhatIsMalformedIsNamed()
        {
            var bench = new CustodyBench();
            byte[] good = Agency.Configuration(1);
            Assert.AreEqual(CustodyResult.Malformed, bench.Configure(good[..^1]));
            StringAssert.Contains(bench.Custodian.ResultText, "signature");
            Assert.AreEqual(CustodyResult.Malformed, bench.Configure([.. good, 0]));
            StringAssert.Contains(bench.Custodian.ResultText, "follow");
            byte[] flipped = (byte[])good.Clone();
            flipped[^1] ^= 1;
            Assert.AreEqual(CustodyResult.WrongSignature, bench.Configure(flipped));
            byte[] payload = Configurations.Payload(Agency.Plan(1), Agency.Authority.Public.Bytes, new byte[16]);
            int unit = Encoding.ASCII.GetString(payload).IndexOf("LP-1", StringComparison.Ordinal);
            payload[unit] = (byte)'\n';
            Assert.AreEqual(CustodyResult.Malformed, bench.Configure(SignedDocument(payload)));
            StringAssert.Contains(bench.Custodian.ResultText, "unit name");
        }

        private static byte[] SignedDocument(byte[] payload) => Lapel.Authority.SignedDocument.Sign(Agency.Authority, payload);

        private static byte[] Named(SigningKey signer, SigningKey authority, int serial)
        {
            ConfigurationPlan plan = Agency.Plan(serial);
            plan.Authority = authority.Public.Bytes;
            return Configurations.Sign(signer, plan);
        }
    }
}
