// SPDX-License-Identifier: MIT

using System;
using Lapel.Crypto;
using Lapel.Evidence;

namespace Lapel.Custody
{
    /// <summary>Takes signed configurations (CUSTODY.md section 3): checked in full before anything is stored.</summary>
    public sealed class ConfigurationChecker : CustodyTask
    {

        private readonly ConfigurationStore _store;
        private readonly TrustedKeys _book;
        private readonly IAudit _audit;
        private readonly Ed25519Verifier _verifier;
        private byte[] _document;
        private SignedConfiguration _configuration;
        private byte[] _digestBefore;
        private bool _isChecked;

        /// <summary>A desk that stores here.</summary>
        public ConfigurationChecker(ConfigurationStore store, TrustedKeys book, IAudit audit, Ed25519Verifier verifier)
        {
            _store = store;
            _book = book;
            _audit = audit;
            _verifier = verifier;
        }

        /// <summary>Begins with a document.</summary>
        /// <param name="bytes">The document; copied.</param>
        /// <param name="device">This device.</param>
        /// <param name="digestBefore">Digest of the configuration now installed, for the audit log.</param>
        public void Begin(byte[] bytes, DeviceIdentity device, byte[] digestBefore)
        {
            _isChecked = false;
            _digestBefore = digestBefore;
            SignedDocument document = SignedDocument.Parse(bytes);
            if (document.Error != null)
            {
                Turn(CustodyResult.Malformed, document.Error);
                return;
            }

            // What costs little is checked first; the signature, 0.6 s, only of what would be taken.
            _configuration = SignedConfiguration.Parse(document.Payload);
            if (_configuration.Error != null)
            {
                Turn(CustodyResult.Malformed, _configuration.Error);
                return;
            }

            // Null is for any camera of the authority: a fleet is set up with one document.
            if (_configuration.DeviceId != null && !SegmentHead.Same(device.Id, 0, _configuration.DeviceId))
            {
                Turn(CustodyResult.WrongDevice, "the configuration is for another camera");
                return;
            }

            if (_store.IsOwnerUnknown)
            {
                Turn(CustodyResult.StorageFailed, "who owns this camera cannot be read");
                return;
            }

            // Trust on first use: an unowned camera takes the authority that the configuration names, when that authority signed it.
            byte[] signer = _store.Authority ?? _configuration.Authority;
            if (!_book.IsOf(signer, document.Fingerprint))
            {
                Turn(
                    CustodyResult.UnknownKey,
                    _store.Authority != null ? "not signed by the authority of this camera" : "not signed by the authority that it names"
                );
                return;
            }

            // So an older configuration, with a station that was taken out since, cannot be brought back.
            if (_configuration.Serial <= _store.Serial && !IsRepair(_configuration))
            {
                Turn(
                    CustodyResult.Stale,
                    "serial number " + _configuration.Serial.ToString() + " is not above " + _store.Serial.ToString()
                );
                return;
            }

            // A copy: the upload's buffer is the next request's, and the check takes many steps.
            _document = new byte[bytes.Length];
            Array.Copy(bytes, 0, _document, 0, bytes.Length);
            _verifier.Begin(signer, document.Structure, 0, document.Structure.Length, document.Signature, 0);
            Run();
        }

        /// <summary>One slice of checking the signature, or the storing.</summary>
        public override bool Step(long nowMs)
        {
            // The storing is a step of its own: a write to internal flash may block for longer than a slice.
            if (_isChecked)
            {
                Install();
            }
            else if (!_verifier.Step())
            {
                EndCheck();
            }

            return true;
        }

        // A damaged configuration is replaced by the same one again.
        private bool IsRepair(SignedConfiguration configuration)
        {
            return _store.IsLost && configuration.Serial == _store.Serial;
        }

        private void EndCheck()
        {
            if (_verifier.IsValid)
            {
                _isChecked = true;
            }
            else
            {
                Turn(CustodyResult.WrongSignature, "the signature does not hold");
            }
        }

        private void Install()
        {
            // Kept from before the installing, to say in the log whether the camera has changed hands.
            byte[] authority = _store.Authority;
            if (!_store.Install(_document))
            {
                Turn(CustodyResult.StorageFailed, "internal storage cannot be written");
                return;
            }

            AuthorityChange change =
                authority == null ? AuthorityChange.First
                : SegmentHead.Same(authority, 0, _store.Authority) ? AuthorityChange.Same
                : AuthorityChange.HandedOver;

            // Both digests: a reader of the log follows the configurations of recordings from one to the next without having them.
            byte[] digests = new byte[2 * Digests.Size];
            Array.Copy(_digestBefore, 0, digests, 0, Digests.Size);
            Array.Copy(_store.Digest, 0, digests, Digests.Size, Digests.Size);
            _audit.Add(AuditKind.Configuration, _store.Serial, (int)change, 0, digests);
            Succeed();
        }

        private void Turn(CustodyResult result, string text)
        {
            _audit.Add(AuditKind.ConfigurationRefused, (int)result, 0, 0, null);
            Refuse(result, text);
        }
    }
}
