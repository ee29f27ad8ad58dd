// SPDX-License-Identifier: MIT

using System;
using Lapel.Crypto;
using Lapel.Evidence;

namespace Lapel.Custody
{
    /// <summary>Grants roles: a challenge, signed by a station that the configuration names (CUSTODY.md section 4).</summary>
    public sealed class LoginChecker : CustodyTask
    {
        /// <summary>A challenge is valid this long, milliseconds.</summary>
        /// <remarks>Time for a person to carry it to a signing tool at the console; a program needs less than a second.</remarks>
        public const long ChallengeMs = 60000;

        private const int ChallengeBytes = 32;
        private const int SignatureBytes = 64;
        private const int DeviceIdBytes = 16;

        // First in what is signed, so that a signature of a log-in is none of a document and the reverse.
        private static readonly byte[] Label = Digests.Label("LAPEL-LOGIN-1");

        private readonly TrustedKeys _book;
        private readonly IAudit _audit;
        private readonly Ed25519Verifier _verifier;
        private readonly LockOut _lock = new LockOut();
        private byte[] _challenge;
        private long _challengeMs;
        private byte[] _fingerprint;
        private Role _asked;

        /// <summary>A desk that grants what this book says.</summary>
        public LoginChecker(TrustedKeys book, IAudit audit, Ed25519Verifier verifier)
        {
            _book = book;
            _audit = audit;
            _verifier = verifier;
        }

        /// <summary>The role granted.</summary>
        public Role Role { get; private set; }

        /// <summary>How long nobody can log in, milliseconds.</summary>
        public long LockedForMs(long nowMs)
        {
            return _lock.LeftMs(nowMs);
        }

        /// <summary>Takes a fresh challenge; the one before is no longer valid.</summary>
        public void SetChallenge(byte[] challenge, long nowMs)
        {
            _challenge = challenge;
            _challengeMs = nowMs;
        }

        /// <summary>Begins with a log-in.</summary>
        /// <remarks>Whatever comes of it, its challenge is used up and the role before is given back.</remarks>
        public void Begin(DeviceIdentity device, Role role, byte[] fingerprint, byte[] signature, long nowMs)
        {
            // Taken before anything is checked: each challenge serves one try, right or wrong, so no answer can be sent twice.
            byte[] challenge = _challenge;
            bool fresh = challenge != null && nowMs - _challengeMs <= ChallengeMs;
            _challenge = null;

            // Who asks for another role has none meanwhile: a failed try must not leave the higher one in place.
            Logout();

            // While locked nothing is verified and nothing is logged: a flood of tries costs neither the processor nor the log.
            if (_lock.LeftMs(nowMs) > 0)
            {
                Refuse(CustodyResult.Locked, "too many refused log-ins: wait " + ((_lock.LeftMs(nowMs) + 999) / 1000).ToString() + " s");
                return;
            }

            if (

                // The lengths are checked here although the callers check them: this class is what stands between a stranger and a role.
                fingerprint == null
                || fingerprint.Length != Digests.Size
                || signature == null
                || signature.Length != SignatureBytes
                || (role != Role.Technician && role != Role.Dock)
            )
            {
                Turn(
                    CustodyResult.Malformed,
                    "a log-in has a role of 1 or 2, a fingerprint of 32 bytes and a signature of 64",
                    null,
                    nowMs
                );
                return;
            }

            // Also when no challenge was asked for. Counted as refused: replaying an old answer is a try like any other.
            if (!fresh)
            {
                Turn(CustodyResult.Stale, "the challenge was used before or is older than 60 s: ask for another", fingerprint, nowMs);
                return;
            }

            Station station = _book.FindStation(fingerprint);
            if (station == null)
            {
                Turn(CustodyResult.UnknownKey, "the configuration names no such station", fingerprint, nowMs);
                return;
            }

            // Roles are ordered: a dock may also come as a technician, and then has no more than one.
            if (role > station.HighestRole)
            {
                Turn(CustodyResult.NotAllowed, "the configuration does not give the station this role", fingerprint, nowMs);
                return;
            }

            _fingerprint = fingerprint;
            _asked = role;

            // The device's id is signed too: an answer for one camera is worth nothing at another that happens to give the same challenge.
            byte[] message = Message(device.Id, challenge, role);
            _verifier.Begin(station.PublicKey, message, 0, message.Length, signature, 0);
            Run();
        }

        /// <summary>One slice of checking the signature.</summary>
        public override bool Step(long nowMs)
        {
            if (_verifier.Step())
            {
                return true;
            }

            if (_verifier.IsValid)
            {
                Grant();
            }
            else
            {
                Turn(CustodyResult.WrongSignature, "the signature does not hold for this challenge", _fingerprint, nowMs);
            }

            return true;
        }

        /// <summary>Gives the role back.</summary>
        public void Logout()
        {
            if (Role == Role.Nobody)
            {
                return;
            }

            Role = Role.Nobody;
            _audit.Add(AuditKind.Login, (int)Role.Nobody, 0, 0, _fingerprint);
        }

        private void Grant()
        {
            _lock.Granted();
            Role = _asked;
            _audit.Add(AuditKind.Login, (int)Role, 0, 0, _fingerprint);
            Succeed();
        }

        private void Turn(CustodyResult result, string text, byte[] fingerprint, long nowMs)
        {
            // Every refusal after the lock counts and is entered, with the fingerprint that was claimed: it is public, and says which
            // station was tried.
            _lock.Refused(nowMs);
            _audit.Add(AuditKind.LoginRefused, (int)result, 0, 0, fingerprint);
            Refuse(result, text);
        }

        private static byte[] Message(byte[] deviceId, byte[] challenge, Role role)
        {
            byte[] message = new byte[Digests.Size + DeviceIdBytes + ChallengeBytes + 1];
            Array.Copy(Label, 0, message, 0, Digests.Size);
            Array.Copy(deviceId, 0, message, Digests.Size, DeviceIdBytes);
            Array.Copy(challenge, 0, message, Digests.Size + DeviceIdBytes, ChallengeBytes);

            // The role is signed: nobody between station and camera can raise it.
            message[message.Length - 1] = (byte)role;
            return message;
        }
    }
}
