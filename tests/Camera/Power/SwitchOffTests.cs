// SPDX-License-Identifier: MIT

using System.Collections.Generic;
using System.Linq;
using System.Text;
using Lapel.Hal;
using Lapel.Verify;
using Lapel.VirtualCamera;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.WholeCamera.Tests
{
    /// <summary>The record button switches the camera off and on; a hold that stops a recording does not.</summary>
    [TestClass]
    public sealed class SwitchOffTests
    {
        private const long OffUs = 6_400_000;

        [TestMethod]
        public void SixSecondsSwitchOffAndAPressSwitchesOn()
        {
            using var bench = new Bench();
            bench.Ready(2);
            string key = bench.Camera.PublicKey;
            bench.Parts.RecordButton.Hold(bench.NowUs, OffUs);
            bench.Run(3.2);
            Assert.IsTrue(bench.Parts.Indicators.Events.Any(e => e.Indicator == Indicator.Vibration && e.On), "nobody is told");
            bench.Run(7);
            Assert.IsTrue(bench.Camera.IsAsleep);
            Assert.AreEqual(OperatingState.Off, bench.State);
            bench.Camera.Press(Button.Event);
            Assert.IsTrue(bench.Camera.IsAsleep, "the event button");
            bench.Run(60);
            bench.Camera.Press(Button.Record);
            bench.Run(0.1);
            bench.Camera.Release(Button.Record);
            bench.Ready(3);
            List<AuditEntry> entries = AuditVerifier
                .Verify(
                    new MemorySource(bench.Stored().Bytes("LAPEL/AUDIT.LOG")),
                    "AUDIT.LOG",
                    TrustedKey.Parse(Encoding.ASCII.GetBytes(key)),
                    []
                )
                .Entries;
            AuditEntry ended = entries.Single(e => e.Kind == AuditKind.Ended);
            Assert.IsTrue(ended.Code == 2 && ended.Signed);
            AuditEntry boot = entries.Last(e => e.Kind == AuditKind.Boot);
            Assert.AreEqual((2, 1L), (boot.Code, boot.First), "how the boot before ended, and what began this one");
        }

        [TestMethod]
        public void TheHoldThatStopsSwitchesNothingOff()
        {
            using var bench = new Bench();
            bench.Ready(2);
            bench.Start();
            bench.Run(2);
            bench.Parts.RecordButton.Hold(bench.NowUs, 15_000_000);
            bench.Run(20);
            Assert.AreEqual(OperatingState.Buffering, bench.State);
            bench.Parts.RecordButton.Hold(bench.NowUs, OffUs);
            bench.Run(10);
            Assert.IsTrue(bench.Camera.IsAsleep, "a second gesture");
        }

        [TestMethod]
        public void AStartWhileItSaysGoodbyeKeepsItOn()
        {
            using var bench = new Bench();
            bench.Ready(2);
            bench.Parts.RecordButton.Hold(bench.NowUs, OffUs);
            bench.Run(6.6);
            bench.Start();
            bench.Run(10);
            Assert.AreEqual(OperatingState.Recording, bench.State);
            bench.Stop();
            bench.Run(10);
            Assert.AreEqual(OperatingState.Buffering, bench.State, "the switch-off is forgotten");
        }
    }
}
