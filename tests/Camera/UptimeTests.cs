// SPDX-License-Identifier: MIT

using System.Collections.Generic;
using Lapel.Hal;
using Lapel.Verify;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.WholeCamera.Tests
{
    /// <summary>A recording across the uptimes at which 32 bits of microseconds or milliseconds are full, and across 100 days.</summary>
    [TestClass]
    public sealed class UptimeTests
    {
        private const long BeforeUs = 90_000_000;

        [TestMethod]
        [DataRow(1L << 31, DisplayName = "2^31 us")]
        [DataRow(1L << 32, DisplayName = "2^32 us")]
        [DataRow((1L << 31) * 1000, DisplayName = "2^31 ms")]
        [DataRow((1L << 32) * 1000, DisplayName = "2^32 ms")]
        [DataRow(100L * 86_400_000_000, DisplayName = "100 days")]
        public void ARecordingAcrossItIsWhole(long uptimeUs)
        {
            using var bench = new Bench(o => o with { PreEventSeconds = 5 });
            bench.Camera.Booting = parts => parts.Clock.AdvanceTo(uptimeUs - BeforeUs);
            bench.Reboot();
            bench.Ready(6);
            bench.Start();
            Assert.IsLessThan(uptimeUs, bench.NowUs, "it begins before");
            bench.Run((uptimeUs - bench.NowUs) / 1e6 + 6);
            bench.Tap(Button.Event);
            bench.Run(2);
            bench.Stop();
            bench.Run(3);
            Assert.AreEqual(1, bench.Camera.Firmware.Markers);

            // The next one begins behind it.
            bench.Start();
            bench.Run(4);
            bench.Stop();
            bench.Run(3);
            IReadOnlyList<RecordingResult> judged = bench.Judge();
            Assert.HasCount(2, judged);
            foreach (RecordingResult recording in judged)
            {
                Verdicts.RequireAuthentic(recording);
            }

            Assert.AreEqual(0, bench.Camera.Resets);
        }
    }
}
