// SPDX-License-Identifier: MIT

using System;
using Lapel.Crypto;
using Lapel.Evidence;
using Lapel.Hal;

namespace Lapel.Custody
{
    /// <summary>
    /// Takes receipts (CUSTODY.md section 5): an archive's signature, then the segment's own signed close with the same digest, and only
    /// then the release. A receipt that is refused changes nothing and is logged.
    /// </summary>
    public sealed class ReceiptChecker : CustodyTask
    {
        private enum Stage
        {
            Signature,
            Find,
            Open,
            Inspect,
            Release,
        }

        private readonly TrustedKeys _book;
        private readonly IAudit _audit;
        private readonly Ed25519Verifier _verifier;
        private readonly CardStore _store;
        private readonly CatalogueScan _scan;
        private readonly SlotRelease _release;
        private SlotInspector _inspector;
        private Stage _stage;
        private DeviceIdentity _device;
        private Receipt _receipt;
        private byte[] _archive;
        private int _losses;
        private bool _isLogged;

        /// <summary>A desk for this card.</summary>
        public ReceiptChecker(TrustedKeys book, IAudit audit, Ed25519Verifier verifier, CardStore store)
        {
            _book = book;
            _audit = audit;
            _verifier = verifier;
            _store = store;
            _scan = new CatalogueScan(store.Catalogue);
            _release = new SlotRelease(store, FileUse.Custody);
        }

        /// <summary>Reads closes of this device.</summary>
        public void SetInspector(SlotInspector inspector)
        {
            _inspector = inspector;
        }

        /// <summary>Begins with a document.</summary>
        public void Begin(byte[] bytes, DeviceIdentity device)
        {
            _device = device;
            _receipt = null;
            _archive = null;
            _isLogged = false;
            SignedDocument document = SignedDocument.Parse(bytes);
            if (document.Error != null)
            {
                Turn(CustodyResult.Malformed, document.Error);
                return;
            }

            Receipt receipt = Receipt.Parse(document.Payload);
            if (receipt.Error != null)
            {
                Turn(CustodyResult.Malformed, receipt.Error);
                return;
            }

            _receipt = receipt;
            if (!SegmentHead.Same(device.Id, 0, receipt.DeviceId))
            {
                Turn(CustodyResult.WrongDevice, "the receipt is for another camera");
                return;
            }

            byte[] archive = _book.FindArchive(document.Fingerprint);
            if (archive == null)
            {
                Turn(CustodyResult.UnknownKey, "the configuration names no such archive");
                return;
            }

            _archive = document.Fingerprint;
            _verifier.Begin(archive, document.Structure, 0, document.Structure.Length, document.Signature, 0);
            _stage = Stage.Signature;
            Run();
        }

        /// <summary>One slice or one card operation.</summary>
        public override bool Step(long nowMs)
        {
            if (_stage == Stage.Signature)
            {
                CheckSignature();
                return true;
            }

            // Kept until the task is over: whoever reads segments goes on when the receipt is dealt with.
            if (!_store.Files.Ask(FileUse.Custody))
            {
                return false;
            }

            // Asked before every card operation: a slot number means another segment on another card.
            if (!_store.IsReady || _store.Losses != _losses)
            {
                Turn(CustodyResult.StorageFailed, "the card is not ready, or was taken out");
                return true;
            }

            switch (_stage)
            {
                case Stage.Find:
                    Find();
                    break;
                case Stage.Open:
                    Open();
                    break;
                case Stage.Inspect:
                    Inspect();
                    break;
                default:
                    // No segment may be released without its entry on the card: the log must say who had it when it was freed. Waits
                    // without holding the loop.
                    if (_isLogged && !_audit.Settle())
                    {
                        return false;
                    }

                    Release();
                    break;
            }

            return true;
        }

        /// <inheritdoc/>
        public override void StandAside()
        {
            if (_stage == Stage.Inspect)
            {
                // The slot's file is given back at once, for the recording; what was read of it is read anew.
                _inspector.Abandon();
                _stage = Stage.Open;
            }
            else if (_stage == Stage.Release)
            {
                _release.StandAside();
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

            _stage = Stage.Find;

            // What is found from here on is of this card: when the card was out in between, the receipt is refused and can be brought
            // again.
            _losses = _store.Losses;

            // When it is not, the next step says so; a scan cannot begin without a catalogue.
            if (_store.IsReady)
            {
                _scan.Begin(_receipt.Recording, _receipt.Segment, _receipt.CloseDigest);
            }
        }

        private void Find()
        {
            CardStatus status = _scan.Step();
            if (status != CardStatus.Ok)
            {
                Turn(CustodyResult.StorageFailed, "the catalogue cannot be read");
                return;
            }

            if (!_scan.IsDone)
            {
                return;
            }

            if (_scan.Slot < 0)
            {
                // Not told apart from a wrong digest: a receipt is for bytes, and these are not here.
                Turn(CustodyResult.NoSuchSegment, "no closed segment of this card is the one named");
            }
            else if (_scan.State != SlotState.Closed)
            {
                Turn(CustodyResult.Stale, "the segment was released before");
            }
            else
            {
                _stage = Stage.Open;
            }
        }

        private void Open()
        {
            ICardFile file = _store.OpenSlot(FileUse.Custody, _scan.Slot);
            if (file == null && _store.OpenStatus == CardStatus.Busy)
            {
                return;
            }

            if (file == null)
            {
                Turn(CustodyResult.StorageFailed, "the slot cannot be opened");
                return;
            }

            // The catalogue found the slot by 8 bytes of the digest; only the segment's own signed close says that it is the one.
            _inspector.Begin(file, _scan.Slot);
            _stage = Stage.Inspect;
        }

        private void Inspect()
        {
            CardStatus status = _inspector.Step();
            if (status != CardStatus.Ok)
            {
                _inspector.Abandon();
                Turn(CustodyResult.StorageFailed, "the slot cannot be read");
                return;
            }

            if (!_inspector.IsDone)
            {
                return;
            }

            if (!IsNamed())
            {
                Turn(CustodyResult.NoSuchSegment, "the slot's own signed close is not the one named");
                return;
            }

            _release.Begin(_device, _scan.Slot, _archive);
            _stage = Stage.Release;
        }

        private bool IsNamed()
        {
            // All of them: the digest binds the bytes, the rest says whose they are, and a receipt that contradicts itself frees nothing.
            return _inspector.State == SlotState.Closed
                && _inspector.Recording.Number == _receipt.Recording
                && _inspector.Segment == _receipt.Segment
                && SegmentHead.Same(_inspector.Recording.Id, 0, _receipt.RecordingId)
                && SegmentHead.Same(_inspector.CloseDigest, 0, _receipt.CloseDigest);
        }

        private void Release()
        {
            CardStatus status = _release.Step();
            if (status == CardStatus.Ok && _release.IsMarked && !_isLogged)
            {
                Log();
            }

            if (status != CardStatus.Ok)
            {
                Turn(CustodyResult.StorageFailed, "the slot or the catalogue cannot be written");
            }
            else if (_release.IsDone)
            {
                Succeed();
            }
        }

        // As soon as the catalogue has it, since from there on it is carried out whatever happens.
        private void Log()
        {
            byte[] data = new byte[2 * Digests.Size];
            Array.Copy(_receipt.CloseDigest, 0, data, 0, Digests.Size);
            Array.Copy(_archive, 0, data, Digests.Size, Digests.Size);
            _audit.Add(AuditKind.Released, _scan.Slot, _receipt.Recording, _receipt.Segment, data);
            _isLogged = true;
        }

        private void Turn(CustodyResult result, string text)
        {
            _audit.Add(
                AuditKind.ReceiptRefused,
                (int)result,
                _receipt == null ? 0 : _receipt.Recording,
                _receipt == null ? 0 : _receipt.Segment,
                _archive
            );
            Refuse(result, text);
        }
    }
}
