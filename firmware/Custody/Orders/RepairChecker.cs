// SPDX-License-Identifier: MIT

using System;
using Lapel.Crypto;
using Lapel.Evidence;
using Lapel.Hal;

namespace Lapel.Custody
{
    /// <summary>Takes the authority's order to repair internal storage, and carries it out (CUSTODY.md 9.4).</summary>
    /// <remarks>
    /// Nothing is written before all of the order holds. Then it is noted; until the note says that it is over no keys come up, and each
    /// boot begins it anew. The last entry written before that is the new secret: with it all that it needs is there.
    /// </remarks>
    public sealed class RepairChecker : CustodyTask
    {
        private enum Stage
        {
            Signature,
            Key,
            Note,
            Next,
            Counters,
            Log,
            Commitments,
            CommitmentsBefore,
            Statements,
            Owner,
            Secret,
            Done,
        }

        private readonly IBoard _board;
        private readonly Digests _digests;
        private readonly TrustedKeys _book;
        private readonly ConfigurationStore _configurations;
        private readonly Ed25519Verifier _verifier;
        private Stage _stage;
        private RepairNote _note;
        private Ed25519Key _key;
        private byte[] _deviceId;
        private byte[] _secret;

        /// <summary>A desk for this camera.</summary>
        public RepairChecker(
            IBoard board,
            Digests digests,
            TrustedKeys book,
            ConfigurationStore configurations,
            Ed25519Verifier verifier
        )
        {
            _board = board;
            _digests = digests;
            _book = book;
            _configurations = configurations;
            _verifier = verifier;
        }

        /// <summary>Goes on with a repair that a cut broke off. False when there is none.</summary>
        public bool Resume()
        {
            _note = RepairNote.Load(_board.Store);
            if (_note == null || !_note.IsPending)
            {
                return false;
            }

            _stage = Stage.Next;
            Run();
            return true;
        }

        /// <summary>Begins with an order.</summary>
        public void Begin(byte[] bytes)
        {
            SignedDocument document = SignedDocument.Parse(bytes);
            if (document.Error != null)
            {
                Refuse(CustodyResult.Malformed, document.Error);
                return;
            }

            RepairOrder order = RepairOrder.Parse(document.Payload);
            if (order.Error != null)
            {
                Refuse(CustodyResult.Malformed, order.Error);
                return;
            }

            StoreDamage damage = StoreDamage.Of(_board, _digests);
            Check(document, order, damage);
            if (damage.Secret != null)
            {
                Array.Clear(damage.Secret, 0, damage.Secret.Length);
            }
        }

        /// <summary>One slice, or one store.</summary>
        public override bool Step(long nowMs)
        {
            switch (_stage)
            {
                case Stage.Signature:
                    CheckSignature();
                    break;
                case Stage.Key:
                    CheckKey();
                    break;
                case Stage.Note:
                    Went(_note.Save(_board.Store));
                    break;
                case Stage.Next:
                    Went(
                        !Is(RepairActions.NewIdentity | RepairActions.Next)
                            || IsAbsent(StoreEntries.Next)
                            || NextSecret.Clear(_board.Store)
                    );
                    break;
                case Stage.Counters:
                    Went(!Is(RepairActions.NewIdentity | RepairActions.Counters) || SaveCounters());
                    break;
                case Stage.Log:
                    Went(EndOfFormer(StoreEntries.Audit));
                    break;
                case Stage.Commitments:
                case Stage.CommitmentsBefore:
                    // Each save replaces one copy only: two of them leave nothing of the former device.
                    Went(!Is(RepairActions.NewIdentity) || _board.Store.SaveInTurn(StoreEntries.Committed, new byte[1]));
                    break;
                case Stage.Statements:
                    Went(EndOfFormer(StoreEntries.Rotated));
                    break;
                case Stage.Owner:
                    Went(!Is(RepairActions.NewIdentity) || SaveOwner());
                    break;
                case Stage.Secret:
                    Went(!Is(RepairActions.NewIdentity) || SaveSecret());
                    break;
                default:
                    End();
                    break;
            }

            return true;
        }

        private void Check(SignedDocument document, RepairOrder order, StoreDamage damage)
        {
            // Without the secret nothing proves what the entries say: they are believed for this order alone, which ends the identity.
            int serial = _configurations.Serial;
            byte[] authority =
                damage.Secret == null ? _configurations.UnprovedAuthority(out serial) : _configurations.Authority;
            _deviceId = damage.Secret == null ? null : DeviceKeys.IdIn(damage.Secret);
            if (damage.Needed == RepairActions.None)
            {
                Refuse(CustodyResult.NotAllowed, "internal storage has nothing that an order can repair");
            }
            else if (authority == null)
            {
                Refuse(CustodyResult.StorageFailed, "who owns this camera cannot be read");
            }
            else if (!_book.IsOf(authority, document.Fingerprint))
            {
                Refuse(CustodyResult.UnknownKey, "not signed by the authority of this camera");
            }
            else if (!SegmentHead.Same(damage.State, 0, order.State))
            {
                Refuse(CustodyResult.Stale, "internal storage is not in the state that the order names");
            }
            else if (order.Actions != damage.Needed)
            {
                Refuse(CustodyResult.NotAllowed, "the order must allow repair " + ((int)damage.Needed).ToString());
            }
            else if (!IsFor(order, damage))
            {
                Refuse(CustodyResult.WrongDevice, "the order is for another camera");
            }
            else
            {
                _note = Note(document, order, damage);
                _note.Authority = authority;
                _note.Serial = serial;
                _key = damage.Secret == null ? null : new Ed25519Key(new DeviceKeys(_board).SeedOf(damage.Secret));
                _stage = Stage.Signature;
                _verifier.Begin(authority, document.Structure, 0, document.Structure.Length, document.Signature, 0);
                Run();
            }
        }

        // What can be known without the secret: a key that was changed left statements, one that was not is the id.
        private bool IsFor(RepairOrder order, StoreDamage damage)
        {
            if (damage.Secret != null)
            {
                return true;
            }

            byte[] content;
            if (_board.Store.Load(StoreEntries.Rotated, out content) == StoreStatus.Absent)
            {
                return SegmentHead.Same(_digests.Fingerprint(order.PublicKey), 0, order.DeviceId);
            }

            return damage.History.Count == 0 || SegmentHead.Same(damage.History.DeviceId, 0, order.DeviceId);
        }

        private RepairNote Note(SignedDocument document, RepairOrder order, StoreDamage damage)
        {
            RepairNote note = new RepairNote();
            note.Actions = order.Actions;
            note.DeviceId = order.DeviceId;
            note.PublicKey = order.PublicKey;
            note.OrderDigest = _digests.Hash(document.Payload);
            note.Head.Load(_board.Store);
            byte[] counters;
            _board.Store.Load(StoreEntries.Counters, out counters);
            if ((order.Actions & RepairActions.Counters) == 0)
            {
                note.Boots = BigEndian.Get32(counters, 0);
                note.Recordings = BigEndian.Get32(counters, 4);
            }
            else
            {
                note.Boots = damage.BootsFrom(_board.Store, order.Boots);
                note.Recordings = order.Recordings;
            }

            Commitments commitments = new Commitments(_board.Store);
            commitments.Load(note.Recordings);
            if (commitments.Newest > note.Recordings)
            {
                note.Recordings = commitments.Newest;
            }

            return note;
        }

        private void CheckSignature()
        {
            if (_verifier.Step())
            {
                return;
            }

            if (_verifier.IsValid)
            {
                _stage = _key == null ? Stage.Note : Stage.Key;
            }
            else
            {
                Refuse(CustodyResult.WrongSignature, "the signature does not hold");
            }
        }

        private void CheckKey()
        {
            if (!_key.IsReady)
            {
                _key.Step();
                return;
            }

            byte[] id = _deviceId ?? _digests.Fingerprint(_key.PublicKey);
            bool isOurs = SegmentHead.Same(id, 0, _note.DeviceId) && SegmentHead.Same(_key.PublicKey, 0, _note.PublicKey);
            _key = null;
            if (isOurs)
            {
                _stage = Stage.Note;
            }
            else
            {
                Refuse(CustodyResult.WrongDevice, "the order is for another camera");
            }
        }

        private bool SaveCounters()
        {
            byte[] counters = new byte[DeviceKeys.CounterBytes];
            BigEndian.Put32(counters, 0, _note.Boots);
            BigEndian.Put32(counters, 4, _note.Recordings);
            return _board.Store.Save(StoreEntries.Counters, counters);
        }

        // What the device before stated of itself is not the new one's: an entry of one byte says nothing.
        private bool EndOfFormer(string name)
        {
            return !Is(RepairActions.NewIdentity) || IsAbsent(name) || _board.Store.Save(name, new byte[1]);
        }

        private bool SaveOwner()
        {
            _secret = new DeviceKeys(_board).FreshSecret();
            return _configurations.SaveOwnerUnder(_secret, _note.Authority, _note.Serial);
        }

        private bool SaveSecret()
        {
            bool saved = _board.Store.Save(StoreEntries.Secret, _secret);
            Array.Clear(_secret, 0, _secret.Length);
            return saved;
        }

        private void End()
        {
            if (_note.SaveDone(_board.Store))
            {
                Succeed();
            }
            else
            {
                Failed();
            }
        }

        private void Went(bool stored)
        {
            if (stored)
            {
                _stage++;
            }
            else
            {
                Failed();
            }
        }

        private void Failed()
        {
            Refuse(CustodyResult.StorageFailed, "internal storage cannot be written");
        }

        private bool Is(RepairActions actions)
        {
            return (_note.Actions & actions) != 0;
        }

        private bool IsAbsent(string name)
        {
            byte[] content;
            return _board.Store.Load(name, out content) == StoreStatus.Absent;
        }
    }
}
