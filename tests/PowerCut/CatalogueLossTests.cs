// SPDX-License-Identifier: MIT

using System;
using System.IO;
using System.Linq;
using Lapel.Hal.Virtual;
using Lapel.Verify;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.PowerCut
{
    /// <summary>
    /// Both copies of the catalogue are lost: it comes back from the slots, with and without a cut recording on the card.
    /// </summary>
    [TestClass]
    public class CatalogueLossTests
    {
        [TestMethod]
        public void TheCatalogueComesBackFromTheSlots()
        {
            Shift shift = Shift.Run(false);
            var judge = new Judge(shift);
            foreach (int index in new[] { shift.Writes.Count - 1, shift.Writes.Count / 2 })
            {
                WriteRecord at = shift.Writes[index];
                var card = new MemoryMedium { Stale = shift.Stale };
                card.Restore(at.Card);
                Verify.Catalogue before = Read(card);
                foreach (string copy in new[] { "LAPEL/CATALOG.A", "LAPEL/CATALOG.B" })
                {
                    card.Write(copy, 0, new byte[card.Length(copy)]);
                }

                var flash = new MemoryMedium();
                flash.Restore(at.Flash);
                Assert.IsNull(Boot.Run(card, flash, 21));
                Assert.IsNull(judge.Check(card, at, CutVariant.CleanCut, null));
                Verify.Catalogue after = Read(card);
                Assert.AreEqual(before.Slots, after.Slots);
                foreach ((uint slot, CatalogueRecord record) in before.Records)
                {
                    CatalogueRecord rebuilt = after[slot]!;
                    if (record.State == 2)
                    {
                        Assert.AreEqual(
                            (record.RecordingNumber, record.Segment, record.Digest),
                            (rebuilt.RecordingNumber, rebuilt.Segment, rebuilt.Digest)
                        );
                    }

                    Assert.AreEqual(record.State == 1 ? (byte)2 : (byte)record.State, (byte)rebuilt.State, "slot " + slot);
                }
            }
        }

        private static Verify.Catalogue Read(MemoryMedium card) =>
            Verify.Catalogue.Read(new MemoryStream(card.ReadAll("LAPEL/CATALOG.A")), new MemoryStream(card.ReadAll("LAPEL/CATALOG.B")));
    }
}
