using Lapel.Authority;
using Lapel.Custody.Tests;
using Lapel.Evidence;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Custody.Host.Tests
{
    [TestClass]
    public sealed class LoginTests
    {
        [TestMethod]
        public void RolesMatrix()
        {
            CustodyBench bench = Agency.Owned();
            Assert.AreEqual(CustodyResult.Done, Try(bench, Agency.Dock, Role.Dock));
            Assert.AreEqual(Role.Dock, bench.Custodian.Role);
            Assert.AreEqual(CustodyResult.Done, Try(bench, Agency.Dock, Role.Technician));
            Assert.AreEqual(Role.Technician, bench.Custodian.Role);
            Assert.AreEqual(CustodyResult.Done, Try(bench, Agency.Technician, Role.Technician));
            Assert.AreEqual(CustodyResult.NotAllowed, Try(bench, Agency.Technician, Role.Dock));
            Assert.AreEqual(Role.Nobody, bench.Custodian.Role, "a refused log-in leaves the old role");
            Assert.AreEqual(CustodyResult.Malformed, Try(bench, Agency.Dock, Role.Nobody));
            Assert.AreEqual(CustodyResult.Malformed, Try(bench, Agency.Dock, (Role)3));
            var unowned = new CustodyBench();
            Assert.AreEqual(CustodyResult.UnknownKey, Try(unowned, Agency.Dock, Role.Technician));
        }

        [TestMethod]
        public void AProofCountsOnceForItsRoleAndItsCamera()
        {
            CustodyBench bench = Agency.Owned();
            byte[] nonce = bench.Custodian.Challenge();
            byte[] proof = Login.Prove(Agency.Dock, bench.Device.Id, nonce, 2);
            Assert.AreEqual(CustodyResult.Done, bench.Login(Role.Dock, Agency.Dock.Fingerprint, proof));
            Assert.AreEqual(CustodyResult.Stale, bench.Login(Role.Dock, Agency.Dock.Fingerprint, proof));
            bench.Custodian.Challenge();
            Assert.AreEqual(CustodyResult.WrongSignature, bench.Login(Role.Dock, Agency.Dock.Fingerprint, proof), "a replay");
            nonce = bench.Custodian.Challenge();
            Assert.AreEqual(CustodyResult.WrongSignature, bench.Login(Role.Dock, Agency.Dock.Fingerprint, Login.Prove(Agency.Dock, bench.Device.Id, nonce, 1)));
            nonce = bench.Custodian.Challenge();
            Assert.AreEqual(CustodyResult.WrongSignature, bench.Login(Role.Dock, Agency.Dock.Fingerprint, Login.Prove(Agency.Dock, new byte[16], nonce, 2)));
            Assert.AreEqual(5, bench.Audit.CountOf(AuditKind.LoginRefused) + 1);
        }

        [TestMethod]
        public void AChallengeIsFreshAndDies()
        {
            CustodyBench bench = Agency.Owned();
            CollectionAssert.AreNotEqual(bench.Custodian.Challenge(), bench.Custodian.Challenge());
            byte[] nonce = bench.Custodian.Challenge();
            bench.NowMs += LoginDesk.ChallengeMs + 1000;
            Assert.AreEqual(CustodyResult.Stale, bench.Login(Role.Dock, Agency.Dock.Fingerprint, Login.Prove(Agency.Dock, bench.Device.Id, nonce, 2)));
        }

        [TestMethod]
        public void FiveRefusalsLockTheDesk()
        {
            CustodyBench bench = Agency.Owned();
            for (int i = 0; i < 5; i++)
            {
                bench.Custodian.Challenge();
                Assert.AreEqual(CustodyResult.WrongSignature, bench.Login(Role.Dock, Agency.Dock.Fingerprint, new byte[64]));
            }
            Assert.AreEqual(30000, bench.Custodian.LockedForMs(bench.NowMs));
            Assert.AreEqual(CustodyResult.Locked, Try(bench, Agency.Dock, Role.Dock));
            bench.NowMs += 30000;
            bench.Custodian.Challenge();
            Assert.AreEqual(CustodyResult.WrongSignature, bench.Login(Role.Dock, Agency.Dock.Fingerprint, new byte[64]));
            Assert.AreEqual(60000, bench.Custodian.LockedForMs(bench.NowMs), "the wait does not double");
            bench.NowMs += 60000;
            Assert.AreEqual(CustodyResult.Done, Try(bench, Agency.Dock, Role.Dock));
            Assert.AreEqual(0, bench.Custodian.LockedForMs(bench.NowMs));
        }

        [TestMethod]
        public void LogInsAndLogOutsAreLogged()
        {
            CustodyBench bench = Agency.Owned();
            Try(bench, Agency.Dock, Role.Dock);
            Assert.AreEqual(AuditKind.Login, bench.Audit.LastKind);
            Assert.AreEqual(2, bench.Audit.LastCode);
            bench.Custodian.Logout();
            Assert.AreEqual(AuditKind.Login, bench.Audit.LastKind);
            Assert.AreEqual(0, bench.Audit.LastCode);
            Assert.AreEqual(Role.Nobody, bench.Custodian.Role);
        }

        private static CustodyResult Try(CustodyBench bench, SigningKey station, Role role)
        {
            byte[] nonce = bench.Custodian.Challenge();
            return bench.Login(role, station.Fingerprint, Login.Prove(station, bench.Device.Id, nonce, (byte)role));
        }
    }
}
