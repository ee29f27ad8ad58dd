// SPDX-License-Identifier: MIT

using Lapel.Hal.Virtual;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Hal.Host.Tests
{
    /// <summary>The board's watchdog, with the times of its datasheet.</summary>
    [TestClass]
    public class SupervisorTests
    {
        private const long HourUs = 3_600_000_000;

        [TestMethod]
        public void TheTimesAreThoseOfTheDatasheet()
        {
            // SNVSB66A, table 8-3, ms: 100 pF, 1 nF, 10 nF, 100 nF, 1 uF.
            Assert.AreEqual(62_740, VirtualSupervisor.TimeoutOf(0.1), 10);
            Assert.AreEqual(132_400, VirtualSupervisor.TimeoutOf(1), 10);
            Assert.AreEqual(829_000, VirtualSupervisor.TimeoutOf(10), 1000);
            Assert.AreEqual(7_795_000, VirtualSupervisor.TimeoutOf(100), 1000);
            Assert.AreEqual(77_455_000, VirtualSupervisor.TimeoutOf(1000), 1000);

            // A stuck card errors within 10 s, and the look after it comes a second later.
            Assert.IsGreaterThan(12_000_000, VirtualSupervisor.LeastUs);
        }

        [TestMethod]
        public void NobodyIsResetBeforeTheFirstKick()
        {
            using var rig = new Rig();
            rig.Parts.Clock.Advance(HourUs);
            Assert.IsFalse(rig.Parts.Supervisor!.IsArmed);
        }

        [TestMethod]
        public void AKickInTimeIsEnough()
        {
            using var rig = new Rig();
            rig.Parts.Supervisor!.TimeoutUs = VirtualSupervisor.LeastUs;
            rig.Board.Supervisor.Kick();
            for (int i = 0; i < 100; i++)
            {
                rig.Parts.Clock.Advance(VirtualSupervisor.LeastUs - 1_000_000);
                rig.Board.Supervisor.Kick();
            }

            Assert.IsTrue(rig.Parts.Supervisor.IsArmed);
            Assert.AreEqual(100, rig.Parts.Supervisor.Kicks);
        }

        [TestMethod]
        public void ACallThatDoesNotReturnEndsInAReset()
        {
            using var rig = new Rig();
            rig.Board.Supervisor.Kick();
            RestartException reset = Assert.ThrowsExactly<RestartException>(() => rig.Parts.Machine.RunNative(HourUs));
            Assert.IsTrue(reset.IsReset);
            long dueUs = VirtualSupervisor.TypicalUs + VirtualSupervisor.DelayUs;
            Assert.AreEqual(dueUs, rig.Parts.Clock.NowUs, 1000);
        }
    }
}
