// SPDX-License-Identifier: MIT

using System;
using Lapel.Custody;
using Lapel.Evidence;

namespace Lapel.Service
{
    /// <summary>login: gives a challenge; the same again with the proof behind it logs in.</summary>
    /// <remarks>
    /// The proof is that of SMP's authenticate as base64: the fingerprint of the station's key, then its signature (CUSTODY.md 4).
    /// </remarks>
    public sealed class LoginCommand : ConsoleCommand
    {
        private const int SignatureBytes = 64;

        // 96 bytes.
        private const int ProofCharacters = 128;

        private readonly AccessControl _access;
        private Role _role;

        // The number of its task: a log-in by SMP in between is another one, and its outcome is not shown as this one's.
        private int _task;

        /// <summary>The command.</summary>
        public LoginCommand(AccessControl access)
            : base("login", "ROLE [PROOF]", "technician or dock: gives a challenge for the station's key, then takes its proof as base64")
        {
            _access = access;
        }

        /// <inheritdoc/>
        public override string Example
        {
            get { return "login technician"; }
        }

        /// <inheritdoc/>
        public override void Begin(ConsoleCall call)
        {
            _role = call.Count == 0 ? Role.Nobody : RoleName.Parse(call.Argument(0));
            if (_role == Role.Nobody || call.Count > 2)
            {
                call.Fail(ErrorCode.Usage, "login technician or login dock, then the same with the proof");
                return;
            }

            if (!call.MayLast)
            {
                // A command of SMP must be done at once, and a signature takes half a second.
                call.Fail(ErrorCode.Usage, "over SMP one logs in with group 64");
                return;
            }

            if (call.Camera.Device == null)
            {
                call.Fail(ErrorCode.Busy, "the camera is still starting");
                return;
            }

            if (call.Count == 1)
            {
                Challenge(call);
            }
            else
            {
                Prove(call, call.Argument(1));
            }
        }

        /// <inheritdoc/>
        public override void Step(ConsoleCall call)
        {
            if (_access.TaskNumber == _task && _access.Result == CustodyResult.Running)
            {
                return;
            }

            if (_access.TaskNumber == _task && _access.Result == CustodyResult.Done)
            {
                call.Report.Field("role", RoleName.Of(_access.Role));
                call.Ok();
            }
            else
            {
                call.Fail(ErrorCode.Failed, _access.ResultText);
            }
        }

        private void Challenge(ConsoleCall call)
        {
            byte[] challenge = _access.Challenge();
            call.Report.Field("device", Convert.ToBase64String(call.Camera.Device.Id));
            call.Report.Field("challenge", Convert.ToBase64String(challenge));
            call.Report.Field("valid_s", 60);
            call.Ok();
        }

        private void Prove(ConsoleCall call, string text)
        {
            // Checked first: the native throws on what is no base64.
            byte[] proof = IsBase64(text) ? Convert.FromBase64String(text) : null;
            if (proof == null)
            {
                call.Fail(ErrorCode.Malformed, "a proof is 128 characters of base64");
                return;
            }

            byte[] fingerprint = new byte[Digests.Size];
            byte[] signature = new byte[SignatureBytes];
            Array.Copy(proof, 0, fingerprint, 0, fingerprint.Length);
            Array.Copy(proof, fingerprint.Length, signature, 0, signature.Length);
            if (!_access.BeginLogin(_role, fingerprint, signature, call.NowUs / 1000))
            {
                call.Fail(ErrorCode.Busy, "another task is under way");
                return;
            }

            _task = _access.TaskNumber;
        }

        private static bool IsBase64(string text)
        {
            if (text.Length != ProofCharacters)
            {
                return false;
            }

            for (int i = 0; i < text.Length; i++)
            {
                char c = text[i];
                bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
                if (!letter && (c < '0' || c > '9') && c != '+' && c != '/')
                {
                    return false;
                }
            }

            return true;
        }
    }
}
