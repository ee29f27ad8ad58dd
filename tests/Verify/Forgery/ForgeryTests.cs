// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Verify.Tests
{
    /// <summary>
    /// The table of forgeries: each row on each kind of place that it is for. The verifier must say what it says, with the words and the
    /// exit code of FORMAT.md section 5, and must not let it hurt a recording that it did not touch.
    /// </summary>
    [TestClass]
    public sealed class ForgeryTests
    {
        private const int LeastRows = 60;

        internal static readonly IReadOnlyList<Forgery> Table =
        [
            .. SegmentForgeries.All,
            .. CardForgeries.All,
            .. LogForgeries.All,
            .. KeyForgeries.All,
            .. ClockForgeries.All,
            .. ReceiptForgeries.All,
        ];

        public static IEnumerable<object[]> Rows =>
            from row in Table
            from place in (Place[])[Place.Clear, Place.Sealed, Place.Cut, Place.Store]
            where (row.Where & place) != 0
            select new object[] { row.What, place.ToString() };

        [TestMethod]
        [DynamicData(nameof(Rows))]
        public void IsFound(string what, string place)
        {
            Forgery row = Table.Single(r => r.What == what);
            using var victim = new Victim(Enum.Parse<Place>(place));
            row.Do(victim);
            (int exit, CardResult result, string text) = victim.Verify();
            string all = text + "\n" + Judge.Text(Victim.Findings(result));
            Assert.AreEqual(row.Exit, exit, all);
            Assert.IsTrue(
                row.Code == null || Victim.Findings(result).Any(f => f.Code == row.Code || (row.Or != null && f.Code == row.Or)),
                "no finding " + row.Code + ":\n" + all
            );
            StringAssert.Contains(text, row.Says, all);
            foreach (RecordingResult recording in result.Recordings)
            {
                bool own = recording.DeviceId.AsSpan().SequenceEqual(victim.Shift.Device.DeviceId);
                bool hurt = own && row.Hurts.Contains(recording.RecordingNumber);
                if (!row.Hurts.Contains(0u))
                {
                    Assert.AreEqual(!hurt, recording.Verdict == Verdict.Authentic, "recording " + recording.RecordingNumber + "\n" + all);
                }
            }
        }

        [TestMethod]
        public void TheTableIsLongEnoughAndEachRowHasItsOwnName()
        {
            Assert.IsTrue(Table.Count >= LeastRows, Table.Count + " rows");
            Assert.AreEqual(Table.Count, Table.Select(r => r.What).Distinct().Count());
        }
    }
}
