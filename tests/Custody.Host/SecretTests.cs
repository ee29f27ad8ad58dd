// SPDX-License-Identifier: MIT

using System;
using System.Text;
using Lapel.Authority;
using Lapel.Custody.Tests;
using Lapel.Evidence;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Custody.Host.Tests
{
    /// <summary>Nothing secret and nobody's name is on the card, in the log, or in what the custodian says.</summary>
    [TestClass]
    public sealed class SecretTests
    {
        [TestMethod]
        public void NothingSecretLeavesInternalStorage()
        {
            CustodyBench bench = Agency.Owned();
            byte[][] digests = bench.Record(1, 3, true);
            byte[] nonce = bench.AccessControl.Challenge();
            bench.Login(Role.Dock, Agency.Dock.Fingerprint, Login.Prove(Agency.Dock, bench.Device.Id, nonce, 2));
            bench.Receive(Agency.Receipt(bench, 1, 0, digests[0]));
            bench.Configure(Agency.Configuration(2));
            bench.Retire(Orders.Retire(Agency.Stranger, bench.Device.Id, DateTime.UnixEpoch));
            byte[] secret = bench.Internal.Load(StoreEntries.Secret),
                seed = (byte[])bench.Keys.Seed.Clone(),
                mac = (byte[])bench.Keys.MacKey.Clone();
            byte[] storage = DeviceKeys.StorageKey(bench.Board);
            Assert.AreEqual(
                CustodyResult.Done,
                bench.Retire(Orders.Retire(Agency.Authority, bench.Device.Id, DateTime.UnixEpoch)),
                bench.AccessControl.ResultText
            );
            (string What, byte[] Bytes)[] hidden =
            [
                ("the device's secret", secret[..16]),
                ("the other half of it", secret[^16..]),
                ("the seed of the device key", seed),
                ("the secret of the MAC", mac),
                ("the secret of internal storage", storage),
                ("the content key", CustodyBench.ContentKey),
                ("the officer", Encoding.ASCII.GetBytes("Smith")),
                ("the place", Encoding.ASCII.GetBytes("Main Street")),
            ];
            foreach ((string what, byte[] bytes) in hidden)
            {
                Assert.IsFalse(OnCard(bench, bytes), what + " is on the card");
                for (int i = 0; i < bench.Audit.Count; i++)
                {
                    Assert.IsFalse(Holds(bench.Audit.Data(i), bytes), what + " is in the log");
                }

                Assert.IsFalse(Holds(bench.AccessControl.Certificate, bytes), what + " is in the certificate");
            }
            Assert.IsTrue(OnCard(bench, bench.Device.Id), "this test finds nothing on a card");
        }

        private static bool OnCard(CustodyBench bench, byte[] bytes)
        {
            if (Holds(bench.Card.Content(SlotPath.CatalogueA), bytes) || Holds(bench.Card.Content(SlotPath.CatalogueB), bytes))
            {
                return true;
            }

            for (int slot = 0; slot < bench.Store.Catalogue.Slots; slot++)
            {
                if (Holds(bench.Slot(slot), bytes))
                {
                    return true;
                }
            }

            return false;
        }

        private static bool Holds(byte[] where, byte[] what) => where != null && where.AsSpan().IndexOf(what) >= 0;
    }
}
