// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Lapel.Hal.Virtual;
using Lapel.Link;
using Lapel.Link.Tests;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.PowerCut
{
    /// <summary>
    /// Internal storage that fails (CUSTODY.md 9.2 and 9.4): each entry damaged in both copies, each read and write failing once while it
    /// is repaired. There is never another identity unless the order said so, and the camera is never without its owner.
    /// </summary>
    [TestClass]
    public class RepairFaultTests
    {
        // Entries whose loss keeps the keys down, with the repair that each needs; 0: none can be ordered.
        private static readonly Dictionary<string, int> Needed = new()
        {
            ["SECRET"] = 1,
            ["COUNTERS"] = 2,
            ["NEXT"] = 4,
            ["RETIRED"] = 0,
        };

        [TestMethod]
        public void EachEntryMayBeDamagedAndTheOrderMendsIt()
        {
            OwnedCamera owned = OwnedCamera.One;
            var flash = new MemoryMedium();
            flash.Restore(owned.Flash);
            List<string> entries = [.. flash.Files.Select(f => f.Split('.')[0]).Union(Needed.Keys).Union(["ROTATED", "REPAIRED"])];
            CollectionAssert.IsSubsetOf(new[] { "SECRET", "COUNTERS", "CONFIG", "OWNER", "AUDIT", "COMMIT" }, entries);
            foreach (string entry in entries)
            {
                var card = new MemoryMedium();
                card.Restore(owned.Card);
                flash.Restore(owned.Flash);
                RepairAct.Damage(flash, entry);
                bool isDown = Needed.TryGetValue(entry, out int needed);
                string? wrong = Powered.Run(
                    card,
                    flash,
                    91,
                    (camera, port) => Stands(owned, camera.Status.Fault, port, entry, isDown, needed)
                );
                if (wrong == null && needed > 0)
                {
                    var act = new RepairAct(needed, entry);
                    wrong = act.Follow(card, flash, null!);
                }

                Assert.IsNull(wrong, entry + ": " + wrong);
            }
        }

        [TestMethod]
        [DataRow(2, "COUNTERS")]
        [DataRow(1, "SECRET")]
        public void EachOperationOnStorageMayFailOnceWhileItIsRepaired(int needed, string entry)
        {
            var act = new RepairAct(needed, entry);
            long operations = 1;
            for (long failing = 1; failing <= operations; failing++)
            {
                var card = new MemoryMedium();
                var flash = new MemoryMedium();
                card.Restore(act.Card);
                flash.Restore(act.Flash);
                string? wrong = Powered.Run(
                    card,
                    flash,
                    92,
                    (camera, port) =>
                    {
                        using CameraConnection connection = CameraConnection.Open(port, everyRate: false);
                        long before = camera.Parts.Flash.Operations;
                        camera.Parts.Flash.FailingOperation = before + failing;
                        act.Do(connection);
                        operations = Math.Max(operations, camera.Parts.Flash.Operations - before);
                        return null;
                    }
                );
                wrong ??= act.Follow(card, flash, null!);
                Assert.IsNull(wrong, string.Create(CultureInfo.InvariantCulture, $"operation {failing}: {wrong}"));
            }

            Assert.IsGreaterThan(20, operations, "this test made nothing fail");
        }

        private static string? Stands(OwnedCamera owned, string? fault, CablePort port, string entry, bool isDown, int needed)
        {
            using CameraConnection connection = CameraConnection.Open(port, everyRate: false);
            StoreDamage damage = connection.Evidence.Damage();
            return connection.Hello.HasKey == isDown ? "keys: " + connection.Hello.HasKey
                : !connection.Hello.IsOwned ? "no owner"
                : !isDown && !connection.Hello.Key.AsSpan().SequenceEqual(owned.Key32.Bytes) ? "another key"
                : isDown && fault?.Contains(entry, StringComparison.Ordinal) != true ? "the fault is " + fault
                : damage.Needed != needed ? "needed is " + damage.Needed
                : null;
        }
    }
}
