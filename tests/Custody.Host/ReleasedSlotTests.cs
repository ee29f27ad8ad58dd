// SPDX-License-Identifier: MIT

using System;
using System.IO;
using Lapel.Custody.Tests;
using Lapel.Evidence;
using Lapel.Hal;
using Lapel.Recorder;
using Lapel.Verify;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Custody.Host.Tests
{
    /// <summary>A released slot for the recovery of the next boot and for a verifier (FORMAT.md section 10).</summary>
    [TestClass]
    public sealed class ReleasedSlotTests
    {
        [TestMethod]
        public void RecoveryFinishesAReleaseWhateverIsInItsSectors()
        {
            for (int kind = 0; kind < 9; kind++)
            {
                CustodyBench bench = Agency.Owned();
                bench.Record(1, 2, true);
                Assert.IsTrue(Verdicts(bench).AllAuthentic, Findings(Verdicts(bench)));
                byte[] record = bench.ReadRecord(0);
                byte[] note = ReleaseNote.Build(bench.Device, 0, CustodyBench.SlotBytes, record, new byte[32]);
                bench.Restate(0, SlotState.Releasing);
                // Each of the two sectors is the old one, the new one, or torn in the middle.
                Put(bench.Slot(0), note, 0, kind % 3);
                Put(bench.Slot(0), note, 512, kind / 3);
                bench.Boot();
                bench.OpenCard();
                // Where neither sector was written yet the segment is whole, and is evidence whatever the state byte says.
                bool whole = kind == 0;
                Assert.AreEqual(whole ? 0 : 1, Verdicts(bench).Released, $"kind {kind}: not passed over before recovery");
                Assert.AreEqual(whole, Verdicts(bench).AllAuthentic, $"kind {kind}: {Findings(Verdicts(bench))}");
                Recover(bench);
                Assert.AreEqual(SlotState.Released, bench.Store.Catalogue.State(0), $"kind {kind}");
                Assert.AreEqual(SlotState.Closed, bench.Store.Catalogue.State(1), $"kind {kind}");
                Assert.IsTrue(ReleaseNote.Is(bench.Slot(0), bench.Device, 0));
                CardResult after = Verdicts(bench);
                Assert.AreEqual(1, after.Released);
                Assert.AreEqual(Verdict.PartsMissing, after.Recordings[0].Verdict, Findings(after));
            }
        }

        [TestMethod]
        public void ANoteInASlotThatIsClosedByTheCatalogueIsAnAlteration()
        {
            CustodyBench bench = Agency.Owned();
            bench.Record(1, 2, true);
            byte[] record = bench.ReadRecord(0);
            Array.Copy(
                ReleaseNote.Build(bench.Device, 0, CustodyBench.SlotBytes, record, new byte[32]),
                0,
                bench.Slot(0),
                0,
                ReleaseNote.Bytes
            );
            CardResult result = Verdicts(bench);
            Assert.AreEqual(0, result.Released);
            Assert.IsFalse(result.AllAuthentic);
        }

        private static string Findings(CardResult card) =>
            string.Join("\n", card.Findings) + "\n" + string.Join("\n", card.Recordings[0].Findings);

        private static void Put(byte[] slot, byte[] note, int at, int how) =>
            Array.Copy(
                note,
                at,
                slot,
                at,
                how == 0 ? 0
                    : how == 1 ? 512
                    : 200
            );

        private static void Recover(CustodyBench bench)
        {
            var recovery = new SlotRecovery(
                bench.Store,
                new SegmentRecovery(bench.Digests, bench.Device, bench.Signer, bench.Board.Clock, CustodyBench.Firmware),
                new SlotInspector(bench.Digests, bench.Device, bench.Signer)
            );
            bench.Store.Files.Enter(CardSituation.Recovering);
            for (int steps = 0; !recovery.IsDone; steps++)
            {
                Assert.AreEqual(CardStatus.Ok, recovery.Step());
                Assert.IsTrue(steps < 4000);
            }
        }

        private static CardResult Verdicts(CustodyBench bench)
        {
            string folder = Directory.CreateTempSubdirectory("lapel-released-").FullName;
            try
            {
                Write(folder, SlotPath.CatalogueA, bench.Card.Content(SlotPath.CatalogueA));
                Write(folder, SlotPath.CatalogueB, bench.Card.Content(SlotPath.CatalogueB));
                Write(folder, SlotPath.PublicKey, PublicKeyText.Build(bench.Device));
                for (int slot = 0; slot < bench.Store.Catalogue.Slots; slot++)
                {
                    Write(folder, SlotPath.File(slot), bench.Slot(slot));
                }

                return CardVerifier.Verify(folder, null);
            }
            finally
            {
                Directory.Delete(folder, true);
            }
        }

        private static void Write(string folder, string name, byte[] content)
        {
            string path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, content);
        }
    }
}
