// SPDX-License-Identifier: MIT

using Lapel.Crypto;
using Lapel.Evidence;
using Lapel.Hal;

namespace Lapel.Custody
{
    /// <summary>
    /// Retires the camera on the order of its authority (CUSTODY.md section 6): what is on the card is listed in a certificate, the
    /// certificate is stored, the secrets are erased, and what internal storage may still hold of them is written over.
    /// </summary>
    /// <remarks>From the moment the certificate is stored the camera records no more.</remarks>
    public sealed class RetirementChecker : CustodyTask
    {
        private enum Stage
        {
            Signature,
            Card,
            Survey,
            Sign,
            Erase,
            Scrub,
        }

        // A card that is there and cannot be read may hold evidence: the certificate must not pass over it without a word. Who takes it out
        // decides that.
        private const string Unreadable = "the card cannot be read: take it out to retire without it";

        private readonly IBoard _board;
        private readonly Digests _digests;
        private readonly TrustedKeys _book;
        private readonly ConfigurationStore _configurations;
        private readonly IAudit _audit;
        private readonly Ed25519Verifier _verifier;
        private readonly CardStore _store;
        private readonly CardSurvey _survey;
        private readonly SecretEraser _eraser;
        private DeviceIdentity _device;
        private DeviceKeys _keys;
        private ManifestSigner _signer;
        private Stage _stage;
        private byte[] _orderDigest;
        private int _losses;
        private bool _surveyed;

        /// <summary>A desk for this camera.</summary>
        public RetirementChecker(
            IBoard board,
            Digests digests,
            TrustedKeys book,
            ConfigurationStore configurations,
            IAudit audit,
            Ed25519Verifier verifier,
            CardStore store
        )
        {
            _board = board;
            _digests = digests;
            _book = book;
            _configurations = configurations;
            _audit = audit;
            _verifier = verifier;
            _store = store;
            _survey = new CardSurvey(store);
            _eraser = new SecretEraser(board.Store);
        }

        /// <summary>
        /// What is wrong with the card while it may not be used; Ok when nothing is, as during a recording or while it is being opened or
        /// recovered: then the order waits.
        /// </summary>
        public CardStatus CardFault { get; set; }

        /// <summary>Whether the certificate is stored: the camera is retired.</summary>
        public bool IsCertified { get; private set; }

        /// <summary>The keys are up.</summary>
        public void SetDevice(DeviceIdentity device, DeviceKeys keys, ManifestSigner signer)
        {
            _device = device;
            _keys = keys;
            _signer = signer;
        }

        /// <summary>Begins with an order.</summary>
        public void Begin(byte[] bytes)
        {
            SignedDocument document = SignedDocument.Parse(bytes);
            if (document.Error != null)
            {
                Turn(CustodyResult.Malformed, document.Error);
                return;
            }

            RetirementOrder order = RetirementOrder.Parse(document.Payload);
            if (order.Error != null)
            {
                Turn(CustodyResult.Malformed, order.Error);
                return;
            }

            if (!SegmentHead.Same(_device.Id, 0, order.DeviceId))
            {
                Turn(CustodyResult.WrongDevice, "the order is for another camera");
                return;
            }

            if (!_book.IsAuthority(document.Fingerprint))
            {
                Turn(CustodyResult.UnknownKey, "not signed by the authority of this camera");
                return;
            }

            // The certificate names the order that it carries out.
            _orderDigest = _digests.Hash(document.Payload);
            _verifier.Begin(_configurations.Authority, document.Structure, 0, document.Structure.Length, document.Signature, 0);
            _stage = Stage.Signature;
            Run();
        }

        /// <summary>Takes up a retirement that a cut interrupted after its certificate was stored.</summary>
        public void Resume()
        {
            // Known from the stored certificate; neither the order nor the signature is needed again.
            IsCertified = true;
            _stage = Stage.Erase;
            Run();
        }

        /// <summary>One slice, or one operation of the card or of internal storage.</summary>
        public override bool Step(long nowMs)
        {
            if (_stage == Stage.Signature)
            {
                CheckSignature();
                return true;
            }

            bool needsCard = _stage != Stage.Erase && _stage != Stage.Scrub;
            if (needsCard && CardFault == CardStatus.Ok && !_store.Files.Ask(FileUse.Custody))
            {
                return false;
            }

            switch (_stage)
            {
                case Stage.Card:
                    BeginSurvey();
                    break;
                case Stage.Survey:
                    Survey();
                    break;
                case Stage.Sign:
                    // A nonce is computed in slices like any other, so that the loop stays quick while the camera still may record.
                    if (_signer.IsPrepared)
                    {
                        Certify();
                    }
                    else
                    {
                        _signer.Step();
                    }

                    break;
                case Stage.Erase:
                    Erase();
                    break;
                default:
                    if (!_eraser.Scrub())
                    {
                        Succeed();
                    }

                    break;
            }

            return true;
        }

        /// <summary>A recording may begin: what it adds is to be listed, so the card is read again afterwards.</summary>
        public override void StandAside()
        {
            if (_stage == Stage.Survey || _stage == Stage.Sign)
            {
                _stage = Stage.Card;
            }
        }

        private void CheckSignature()
        {
            if (_verifier.Step())
            {
                return;
            }

            if (!_verifier.IsValid)
            {
                Turn(CustodyResult.WrongSignature, "the signature does not hold");
                return;
            }

            _surveyed = false;
            _stage = Stage.Card;
        }

        // A card that was there at first is not left out because it went away in between.
        private void BeginSurvey()
        {
            // A camera whose card is kept apart is retired without one, and its certificate says so.
            bool absent = CardFault == CardStatus.NoCard && !_surveyed;
            if (!_store.IsReady && CardFault != CardStatus.Ok && !absent)
            {
                Turn(CustodyResult.StorageFailed, Unreadable);
                return;
            }

            _surveyed = _store.IsReady;
            _losses = _store.Losses;
            if (_surveyed)
            {
                _survey.Begin();
            }

            _stage = _surveyed ? Stage.Survey : Stage.Sign;
        }

        private void Survey()
        {
            // A list that is of two cards would be of neither.
            CardStatus status = _store.IsReady && _store.Losses == _losses ? _survey.Step() : CardStatus.NoCard;
            if (status != CardStatus.Ok)
            {
                Turn(CustodyResult.StorageFailed, Unreadable);
            }
            else if (_survey.IsDone)
            {
                _stage = Stage.Sign;
            }
        }

        private void Certify()
        {
            long utcMs = new StatedClock(_board.Clock).UtcMs;
            byte[] content = RetirementCertificate.Content(_device, _keys, _orderDigest, utcMs, _surveyed ? _survey : null);
            byte[] certificate = RetirementCertificate.Sign(content, _digests, _signer);
            if (!_board.Store.Save(StoreEntries.Retired, certificate))
            {
                Turn(CustodyResult.StorageFailed, "internal storage cannot be written");
                return;
            }

            // Entered before the secrets go: the MACs of the log's sectors need them.
            _audit.Add(AuditKind.Retired, 0, 0, 0, _digests.Hash(certificate));
            IsCertified = true;
            _stage = Stage.Erase;
        }

        private void Erase()
        {
            if (_eraser.EraseNext())
            {
                return;
            }

            // The entry gathers with others for a second: its sector's MAC needs the secret in memory.
            if (_keys != null && _store.IsReady && !_audit.Settle())
            {
                return;
            }

            // After the stored copies: what is in memory goes with the power, what is in flash does not. There are no keys after a boot
            // into retirement.
            if (_keys != null)
            {
                _audit.Finish();
                _keys.Wipe();
            }

            _stage = Stage.Scrub;
        }

        private void Turn(CustodyResult result, string text)
        {
            _audit.Add(AuditKind.OrderRefused, (int)result, 0, 0, null);
            Refuse(result, text);
        }
    }
}
