// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Linq;
using Lapel.Hal.Virtual;
using Lapel.Verify;
using Lapel.VirtualCamera;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.WholeCamera.Tests
{
    /// <summary>Who the camera is (CUSTODY.md section 9): made once, at an order, and kept whatever becomes of internal storage.</summary>
    [TestClass]
    public sealed class IdentityTests
    {
        private static VirtualCameraOptions NoOrder(VirtualCameraOptions options) => options with { OrdersKey = false };

        [TestMethod]
        public void ANewCameraWaitsForTheOrderAndSaysSo()
        {
            var flash = new MemoryMedium();
            using var bench = new Bench(NoOrder, flash: flash);
            bench.Until(OperatingState.Fault);
            bench.DoublePress();
            bench.Run(3);
            Assert.AreEqual(OperatingState.Fault, bench.State);
            Assert.IsTrue(bench.Camera.Status.Red);
            Assert.IsEmpty(flash.Files, "something was written inside the camera");
            Assert.IsEmpty(bench.Stored().Segments);
            Assert.Contains("no device key", bench.Camera.Status.Fault!);

            // Slots are being made meanwhile, a quarter of a second each.
            StringAssert.Contains(bench.Type("status\r", 2), "no device key");
            StringAssert.Contains(bench.Type("key\r", 2), "key                 none");
            StringAssert.Contains(bench.Type("selftest storage\r", 2), "FAIL storage no device key");
            StringAssert.Contains(bench.Type("key make\r", 2), "OK");
            bench.Ready(2);
            StringAssert.Contains(bench.Type("key\r"), "key                 in-force");
            StringAssert.Contains(bench.Type("key make\r"), "ERR failed there is a key");
            StringAssert.Contains(bench.Type("log -n 64\r"), " key-made ");
            bench.Start();
            bench.Run(3);
            bench.Stop();
            Verdicts.RequireAuthentic(bench.Judge().Single());
        }

        [TestMethod]
        public void StorageThatTheRuntimeFormattedMakesNoNewCamera()
        {
            (MemoryMedium card, MemoryMedium flash) = Recorded();
            foreach (string file in flash.Files.ToList())
            {
                flash.Delete(file);
            }

            var slots = new CardContent(card, f => f.EndsWith(".MP4", StringComparison.Ordinal));
            using var bench = new Bench(NoOrder, card, flash);
            bench.Until(OperatingState.Fault);
            bench.DoublePress();
            bench.Run(5);
            Assert.AreEqual(OperatingState.Fault, bench.State);
            Assert.AreEqual(0, bench.Camera.Status.Recordings);
            Assert.IsEmpty(flash.Files);
            slots.RequireSameIn(card);
        }

        [TestMethod]
        public void OneCopyOfEachEntryMayBeDamagedAndBothAreAFaultOrTheSameCamera()
        {
            (MemoryMedium card, MemoryMedium flash) = Recorded();
            string key = KeyOf(card, flash, false, out _)!;
            MemorySnapshot sound = flash.TakeSnapshot();
            List<string> entries = [.. flash.Files.Select(f => f.Split('.')[0]).Distinct()];
            CollectionAssert.IsSubsetOf(new[] { "SECRET", "COUNTERS", "AUDIT" }, entries);
            foreach (string entry in entries)
            {
                foreach (string copies in new[] { "A", "B", "AB" })
                {
                    flash.Restore(sound);
                    foreach (char copy in copies.Where(c => flash.FileExists(entry + "." + c)))
                    {
                        Flip(flash, entry + "." + copy);
                    }

                    // Twice: what the first boot writes must not help the second.
                    for (int boot = 0; boot < 2; boot++)
                    {
                        string? found = KeyOf(card, flash, true, out string fault);
                        bool needed = copies == "AB" && (entry is "SECRET" or "COUNTERS");
                        Assert.AreEqual(needed ? null : key, found, $"{entry}.{copies}: {fault}");
                        Assert.AreEqual(needed, fault.Contains(entry), $"{entry}.{copies}: {fault}");
                    }
                }
            }
        }

        [TestMethod]
        public void EachOperationOnStorageMayFailOnceAtBoot()
        {
            (MemoryMedium card, MemoryMedium flash) = Recorded();
            string key = KeyOf(card, flash, false, out _)!;
            MemorySnapshot sound = flash.TakeSnapshot();
            MemorySnapshot cardSound = card.TakeSnapshot();
            long operations = 1;
            for (long failing = 1; failing <= operations; failing++)
            {
                flash.Restore(sound);
                card.Restore(cardSound);
                using var bench = new Bench(o => NoOrder(o) with { PreEventSeconds = 0 }, card, flash);
                operations = Math.Max(operations, bench.Parts.Flash.Operations);
                bench.Camera.CutPower();
                FailAtBoot(bench, failing);
                bench.Until(OperatingState.Buffering);
                operations = Math.Max(operations, bench.Parts.Flash.Operations);
                Assert.AreEqual(key, bench.Camera.PublicKey, $"operation {failing}");
            }

            Assert.IsGreaterThan(60, operations, "this test made nothing fail");
        }

        private static void FailAtBoot(Bench bench, long failing)
        {
            bench.Camera.Booting = parts => parts.Flash.FailingOperation = failing;
            bench.Camera.Boot();
            bench.Camera.Booting = null;
        }

        private static (MemoryMedium Card, MemoryMedium Flash) Recorded()
        {
            var card = new MemoryMedium();
            var flash = new MemoryMedium();
            using var bench = new Bench(card: card, flash: flash);
            bench.Ready(1);
            bench.Start();
            bench.Run(2);
            bench.Stop();
            bench.Run(3);
            return (card, flash);
        }

        // The camera's key file once it is up; null when it is not, with the fault that it shows.
        private static string? KeyOf(MemoryMedium card, MemoryMedium flash, bool orders, out string fault)
        {
            using var bench = new Bench(NoOrder, card, flash);
            while (bench.State is not (OperatingState.Buffering or OperatingState.Fault))
            {
                bench.Camera.Step();
            }

            if (orders)
            {
                bench.Camera.Firmware.OrderKey();
                bench.Run(1);
            }

            fault = bench.Camera.Status.Fault ?? "";
            return bench.State == OperatingState.Buffering ? bench.Camera.PublicKey : null;
        }

        private static void Flip(MemoryMedium flash, string file)
        {
            int at = (int)flash.Length(file) - 1;
            flash.Write(file, at, [(byte)(flash.ReadAll(file)[at] ^ 0x10)]);
        }
    }
}
