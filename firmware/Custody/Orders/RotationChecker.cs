// SPDX-License-Identifier: MIT

using Lapel.Crypto;
using Lapel.Evidence;
using Lapel.Hal;

namespace Lapel.Custody
{
    /// <summary>Takes the authority's order to change the device's key (CUSTODY.md section 7).</summary>
    /// <remarks>
    /// Once all of it holds the camera is to restart; the new secret is made and stored as the last thing before that, and the boot that
    /// follows brings it into force. Until it is stored nothing has changed.
    /// </remarks>
    public sealed class RotationChecker : CustodyTask
    {
        // Slots looked at in a step: 20 instructions each.
        private const int StepSlots = 256;

        private readonly Digests _digests;
        private readonly IInternalStore _internal;
        private readonly TrustedKeys _book;
        private readonly ConfigurationStore _configurations;
        private readonly IAudit _audit;
        private readonly Ed25519Verifier _verifier;
        private readonly CardStore _store;
        private DeviceKeys _keys;
        private NextSecret _next;
        private bool _isSigned;
        private int _slot;
        private int _losses;

        /// <summary>A desk for this camera.</summary>
        public RotationChecker(
            Digests digests,
            IInternalStore store,
            TrustedKeys book,
            ConfigurationStore configurations,
            IAudit audit,
            Ed25519Verifier verifier,
            CardStore card
        )
        {
            _digests = digests;
            _internal = store;
            _book = book;
            _configurations = configurations;
            _audit = audit;
            _verifier = verifier;
            _store = card;
        }

        /// <summary>Whether an order was taken that the next restart carries out.</summary>
        public bool IsOrdered { get; private set; }

        /// <summary>The keys are up.</summary>
        public void SetKeys(DeviceKeys keys)
        {
            _keys = keys;
        }

        /// <summary>Begins with an order.</summary>
        public void Begin(byte[] bytes, DeviceIdentity device)
        {
            // A new order takes the place of one that was taken and not yet carried out.
            IsOrdered = false;
            SignedDocument document = SignedDocument.Parse(bytes);
            if (document.Error != null)
            {
                Turn(CustodyResult.Malformed, document.Error);
                return;
            }

            RotationOrder order = RotationOrder.Parse(document.Payload);
            if (order.Error != null)
            {
                Turn(CustodyResult.Malformed, order.Error);
            }
            else if (!SegmentHead.Same(device.Id, 0, order.DeviceId))
            {
                Turn(CustodyResult.WrongDevice, "the order is for another camera");
            }
            else if (!_book.IsAuthority(document.Fingerprint))
            {
                Turn(CustodyResult.UnknownKey, "not signed by the authority of this camera");
            }
            else if (order.Number != _keys.Rotations + 1)
            {
                // Each order is for one rotation: played again later, it is stale.
                Turn(CustodyResult.Stale, "the next rotation of this camera is number " + (_keys.Rotations + 1).ToString());
            }
            else if (order.Number > KeyHistory.MostRotations)
            {
                // The statements of all rotations must stay in internal storage, which bounds how many there can be.
                Turn(CustodyResult.NotAllowed, "the key was changed as often as it can be: retire the camera");
            }
            else if (_keys.History.Count != _keys.Rotations)
            {
                // Without the earlier statements nobody could follow the new key back to the device's id: a camera that nobody believes.
                Turn(CustodyResult.StorageFailed, "the statements of earlier rotations are lost: retire the camera");
            }
            else
            {
                Check(document, order.Number);
            }
        }

        /// <summary>One slice.</summary>
        public override bool Step(long nowMs)
        {
            if (!_isSigned)
            {
                CheckSignature();
                return true;
            }

            if (!_store.Files.MayHave(FileUse.Custody))
            {
                // Not waited for, unlike a receipt: the authority is at hand, and decides when the camera stands idle.
                Turn(CustodyResult.NotAllowed, "not while a recording is under way or the card is being recovered");
            }
            else if (!_store.IsReady || _store.Losses != _losses)
            {
                Turn(CustodyResult.NotAllowed, "no card is ready");
            }
            else
            {
                LookForOpenSlots();
            }

            return true;
        }

        /// <summary>
        /// A recording begins, or the card is needed otherwise: an order that was taken is dropped, and can be brought again.
        /// </summary>
        public void Withdraw()
        {
            if (!IsOrdered)
            {
                return;
            }

            IsOrdered = false;
            _audit.Add(AuditKind.RotationRefused, (int)CustodyResult.NotAllowed, 0, 0, null);
        }

        /// <summary>
        /// Makes and stores the new secret of an order that was taken; the camera must restart at once and sign nothing more. Without an
        /// order it does nothing.
        /// </summary>
        public void Commit()
        {
            // Checked again at the last moment: another card may hold segments of the key that is about to go.
            if (!IsOrdered || !_store.IsReady || _store.Losses != _losses)
            {
                return;
            }

            IsOrdered = false;

            // The higher of both: the counter in flash may have fallen back, a card may come from before. Recovery follows no recording up
            // to this number.
            int onCard = _store.Catalogue.NewestRecording;
            _next.Recordings = onCard > _keys.Recordings ? onCard : _keys.Recordings;
            _next.Secret = _keys.FreshSecret();
            _next.Save(_internal);

            // The secret is in internal storage now; the boot that comes reads it from there.
            _next.Wipe();
        }

        private void Check(SignedDocument document, int number)
        {
            _next = new NextSecret();
            _next.Number = number;
            _next.OrderDigest = _digests.Hash(document.Payload);
            _isSigned = false;

            // The card that is looked through for unfinished slots, and no other, must be in at the commit.
            _losses = _store.Losses;
            _slot = 0;
            _verifier.Begin(_configurations.Authority, document.Structure, 0, document.Structure.Length, document.Signature, 0);
            Run();
        }

        private void CheckSignature()
        {
            if (_verifier.Step())
            {
                return;
            }

            if (_verifier.IsValid)
            {
                _isSigned = true;
            }
            else
            {
                Turn(CustodyResult.WrongSignature, "the signature does not hold");
            }
        }

        private void LookForOpenSlots()
        {
            Catalogue catalogue = _store.Catalogue;
            for (int left = StepSlots; left > 0 && _slot < catalogue.Slots; left--, _slot++)
            {
                SlotState state = catalogue.State(_slot);

                // These three need the secret of today: recovery follows MACs, and a note or a close is signed. After the change nobody
                // could finish them.
                if (state != SlotState.Open && state != SlotState.Releasing && state != SlotState.Unknown)
                {
                    continue;
                }

                Turn(CustodyResult.NotAllowed, "slot " + _slot.ToString() + " of the card holds something unfinished");
                return;
            }

            if (_slot < catalogue.Slots)
            {
                return;
            }

            // Entered while the old key still signs, so that the log itself leads from one key to the next.
            _audit.Add(AuditKind.KeyRotation, _next.Number, (int)RotationStage.Ordered, 0, _next.OrderDigest);
            IsOrdered = true;
            Succeed();
        }

        private void Turn(CustodyResult result, string text)
        {
            _audit.Add(AuditKind.RotationRefused, (int)result, 0, 0, null);
            Refuse(result, text);
        }
    }
}
