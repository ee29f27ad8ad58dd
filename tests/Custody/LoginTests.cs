// SPDX-License-Identifier: MIT

using Lapel.Evidence;
using nanoFramework.TestFramework;

namespace Lapel.Custody.Tests
{
    /// <summary>Who gets a role, and who is kept out (CUSTODY.md section 4).</summary>
    [TestClass]
    public class LoginTests
    {
        [TestMethod]
        public void RolesMatrix()
        {
            CustodyBench bench = Papers.Owned();
            Expect(CustodyResult.Done, Try(bench, Papers.Dock, 2));
            Assert.AreEqual((int)Role.Dock, (int)bench.AccessControl.Role);
            Expect(CustodyResult.Done, Try(bench, Papers.Dock, 1));
            Assert.AreEqual((int)Role.Technician, (int)bench.AccessControl.Role);
            Expect(CustodyResult.Done, Try(bench, Papers.Technician, 1));
            Expect(CustodyResult.NotAllowed, Try(bench, Papers.Technician, 2));
            Assert.AreEqual((int)Role.Nobody, (int)bench.AccessControl.Role, "a refused log-in leaves the old role");
            Expect(CustodyResult.Malformed, Try(bench, Papers.Dock, 0));
            Expect(CustodyResult.Malformed, Try(bench, Papers.Dock, 3));
            CustodyBench unowned = new CustodyBench();
            Expect(CustodyResult.UnknownKey, Try(unowned, Papers.Dock, 1));
        }

        [TestMethod]
        public void AProofCountsOnceForItsRoleAndItsCamera()
        {
            CustodyBench bench = Papers.Owned();
            byte[] id = bench.Device.Id;
            byte[] key = Papers.Dock.Fingerprint;
            byte[] proof = Papers.Proof(Papers.Dock, id, bench.AccessControl.Challenge(), 2);
            Expect(CustodyResult.Done, bench.Login(Role.Dock, key, proof));
            Expect(CustodyResult.Stale, bench.Login(Role.Dock, key, proof));
            bench.AccessControl.Challenge();
            Expect(CustodyResult.WrongSignature, bench.Login(Role.Dock, key, proof));
            Expect(
                CustodyResult.WrongSignature,
                bench.Login(Role.Dock, key, Papers.Proof(Papers.Dock, id, bench.AccessControl.Challenge(), 1))
            );
            Expect(
                CustodyResult.WrongSignature,
                bench.Login(Role.Dock, key, Papers.Proof(Papers.Dock, new byte[16], bench.AccessControl.Challenge(), 2))
            );
            Assert.AreEqual(4, bench.Audit.CountOf(AuditKind.LoginRefused));
        }

        [TestMethod]
        public void AChallengeIsFreshAndDies()
        {
            CustodyBench bench = Papers.Owned();
            Assert.IsFalse(ByteSearch.IsSame(bench.AccessControl.Challenge(), bench.AccessControl.Challenge()));
            byte[] nonce = bench.AccessControl.Challenge();
            bench.NowMs += LoginChecker.ChallengeMs + 1000;
            Expect(
                CustodyResult.Stale,
                bench.Login(Role.Dock, Papers.Dock.Fingerprint, Papers.Proof(Papers.Dock, bench.Device.Id, nonce, 2))
            );
        }

        [TestMethod]
        public void FiveRefusalsLockTheDesk()
        {
            CustodyBench bench = Papers.Owned();
            for (int i = 0; i < 5; i++)
            {
                bench.AccessControl.Challenge();
                Expect(CustodyResult.WrongSignature, bench.Login(Role.Dock, Papers.Dock.Fingerprint, new byte[64]));
            }

            Assert.AreEqual(30000L, bench.AccessControl.LockedForMs(bench.NowMs));
            Expect(CustodyResult.Locked, Try(bench, Papers.Dock, 2));
            bench.NowMs += 30000;
            bench.AccessControl.Challenge();
            Expect(CustodyResult.WrongSignature, bench.Login(Role.Dock, Papers.Dock.Fingerprint, new byte[64]));
            Assert.AreEqual(60000L, bench.AccessControl.LockedForMs(bench.NowMs), "the wait does not double");
            bench.NowMs += 60000;
            Expect(CustodyResult.Done, Try(bench, Papers.Dock, 2));
            Assert.AreEqual(0L, bench.AccessControl.LockedForMs(bench.NowMs));
        }

        [TestMethod]
        public void LogInsAndLogOutsAreLogged()
        {
            CustodyBench bench = Papers.Owned();
            Try(bench, Papers.Dock, 2);
            Assert.AreEqual((int)AuditKind.Login, (int)bench.Audit.LastKind);
            Assert.AreEqual(2, bench.Audit.LastCode);
            bench.AccessControl.Logout();
            Assert.AreEqual((int)AuditKind.Login, (int)bench.Audit.LastKind);
            Assert.AreEqual(0, bench.Audit.LastCode);
            Assert.AreEqual((int)Role.Nobody, (int)bench.AccessControl.Role);
        }

        private static CustodyResult Try(CustodyBench bench, Signatory station, int role)
        {
            byte[] nonce = bench.AccessControl.Challenge();
            return bench.Login((Role)role, station.Fingerprint, Papers.Proof(station, bench.Device.Id, nonce, role));
        }

        private static void Expect(CustodyResult expected, CustodyResult actual)
        {
            Assert.AreEqual((int)expected, (int)actual);
        }
    }
}
