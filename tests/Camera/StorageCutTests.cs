// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Linq;
using Lapel.Evidence;
using Lapel.Hal.Virtual;
using Lapel.Verify;
using Lapel.VirtualCamera;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.WholeCamera.Tests
{
    /// <summary>
    /// The power goes at every change of internal storage in a camera's life: the making of its key, boots, commitments of a recording, its
    /// close. It comes back as the same camera, its counters go on, and its recovery contradicts nothing that it committed to.
    /// </summary>
    [TestClass]
    public sealed class StorageCutTests
    {
        [TestMethod]
        public void ACutAtAnyChangeOfInternalStorageIsTakenUp()
        {
            int recovered = 0,
                made = 0;
            bool isCut = true;
            for (int cut = 0; isCut; cut++)
            {
                var observer = new CutAt(cut);
                using var bench = new Bench(o => o with { PreEventSeconds = 2, CardMegabytes = 60, SlotBytes = 8 << 20 });
                bench.Parts.Flash.Observer = observer;
                string? before = null;
                int boots = 0;
                try
                {
                    bench.Ready(1);
                    before = bench.Camera.PublicKey;
                    boots = bench.Camera.Firmware.Device.BootNumber;
                    bench.Start();
                    bench.Run(16);
                    bench.Stop();
                    bench.Run(2);
                }
                catch (PowerCutException) { }

                isCut = observer.Seen > cut;
                string when = $"cut at change {cut}: {observer.What}";
                bench.Reboot();
                while (bench.Camera.Firmware.KeyStatus == KeyStatus.Unknown)
                {
                    bench.Camera.Step();
                }

                if (bench.Camera.Firmware.KeyStatus == KeyStatus.NoKey)
                {
                    Assert.IsNull(before, when);
                    Assert.IsTrue(bench.Camera.Firmware.OrderKey(), when);
                    made++;
                }

                bench.Ready(2);
                Assert.IsTrue(before == null || before == bench.Camera.PublicKey, when);
                Assert.IsGreaterThan(boots, bench.Camera.Firmware.Device.BootNumber, when);
                Assert.AreEqual(0, bench.Camera.Firmware.Recovery.Kept, when);
                recovered += Check(bench, when);
                bench.Start();
                bench.Run(1);
                bench.Stop();
                IReadOnlyList<uint> numbers = [.. bench.Judge().Select(r => r.RecordingNumber)];
                Assert.AreEqual(numbers.Distinct().Count(), numbers.Count, when);
            }

            Assert.IsGreaterThan(0, made, "no cut came while the key was made");
            Assert.IsGreaterThan(5, recovered, "no cut came while it recorded");
        }

        private static int Check(Bench bench, string when)
        {
            int recovered = 0;
            foreach (RecordingResult recording in bench.Judge())
            {
                Assert.AreNotEqual(Verdict.NotAuthentic, recording.Verdict, when);
                foreach (SegmentResult segment in recording.Segments)
                {
                    if (segment.LastManifest?.Recovery is not RecoveryFacts facts)
                    {
                        continue;
                    }

                    recovered++;
                    Assert.AreEqual(0UL, facts.Committed!.Missing, when);
                    Assert.IsTrue(facts.PresentBound is null or <= 10_000, when);
                }
            }

            return recovered;
        }

        private sealed class CutAt(int number) : ISectorObserver
        {
            public int Seen { get; private set; }

            public string What { get; private set; } = "none";

            public void BeforeWrite(string path, long sector, ReadOnlySpan<byte> data512) => Next("write " + path);

            public void BeforeChange(VolumeChange change, string path) => Next(change + " " + path);

            private void Next(string what)
            {
                if (Seen++ == number)
                {
                    What = what;
                    throw new PowerCutException(what);
                }
            }
        }
    }
}
