// SPDX-License-Identifier: MIT

using System;
using Lapel.Crypto;
using Lapel.Hal;

namespace Lapel.Evidence
{
    /// <summary>
    /// Brings a new device key into force at the beginning of a boot, before anything else of that boot is signed: both keys sign the
    /// statement, then the new secret takes the place of the old one (CUSTODY.md section 7). A slice or one store a step; a cut between any
    /// two is taken up by the next boot and leads to the same end.
    /// </summary>
    public sealed class KeyRotation
    {
        private enum Stage
        {
            Keys,
            Nonces,
            SignFormer,
            SignNext,
            Statement,
            Secret,
            Scrub,
            Clear,
            Done,
        }

        private readonly IBoard _board;
        private readonly Digests _digests;
        private readonly DeviceKeys _keys;
        private readonly NextSecret _next;
        private readonly byte[] _byFormer = new byte[ManifestSigner.CoseBytes];
        private readonly byte[] _byNext = new byte[ManifestSigner.CoseBytes];
        private Stage _stage;
        private Ed25519Key _formerKey;
        private Ed25519Key _nextKey;
        private ManifestSigner _former;
        private ManifestSigner _following;
        private byte[] _content;
        private byte[] _digest;

        /// <summary>The rotation that waits.</summary>
        /// <param name="board">The board.</param>
        /// <param name="digests">Hashes.</param>
        /// <param name="keys">The secrets; their boot is counted.</param>
        public KeyRotation(IBoard board, Digests digests, DeviceKeys keys)
        {
            _board = board;
            _digests = digests;
            _keys = keys;
            _next = keys.Next;
            bool stated = keys.History.Ends(_next);
            _stage = stated ? Stage.Secret : Stage.Keys;
            if (stated)
            {
                return;
            }

            _formerKey = new Ed25519Key(keys.Seed);
            _nextKey = new Ed25519Key(keys.SeedOf(_next.Secret));
        }

        /// <summary>Whether the new secret is in force, and nothing of this is left to do.</summary>
        public bool IsDone
        {
            get { return _stage == Stage.Done; }
        }

        /// <summary>Internal storage cannot be written: nothing may be signed in this boot.</summary>
        public bool HasFailed { get; private set; }

        /// <summary>One slice, or one store.</summary>
        public void Step()
        {
            switch (_stage)
            {
                case Stage.Keys:
                    StepKeys();
                    break;
                case Stage.Nonces:
                    if (!_former.IsPrepared)
                    {
                        _former.Step();
                    }
                    else if (!_following.IsPrepared)
                    {
                        _following.Step();
                    }
                    else
                    {
                        _stage = Stage.SignFormer;
                    }

                    break;
                case Stage.SignFormer:
                    _former.Sign(_digest, _byFormer, 0);
                    _stage = Stage.SignNext;
                    break;
                case Stage.SignNext:
                    _following.Sign(_digest, _byNext, 0);
                    _stage = Stage.Statement;
                    break;
                case Stage.Statement:
                    Went(_keys.History.Append(_board.Store, _content, _byFormer, _byNext));
                    break;
                case Stage.Secret:
                    Went(_keys.Replace(_next));
                    break;
                case Stage.Scrub:
                    Went(StoreScrub.Begin(_board.Store));
                    break;
                case Stage.Clear:
                    Went(NextSecret.Clear(_board.Store));
                    _next.Wipe();
                    break;
            }
        }

        private void StepKeys()
        {
            if (!_formerKey.IsReady)
            {
                _formerKey.Step();
            }
            else if (!_nextKey.IsReady)
            {
                _nextKey.Step();
            }
            else
            {
                State();
                _stage = Stage.Nonces;
            }
        }

        private void State()
        {
            var head = new AuditHead();
            head.Load(_board.Store);
            byte[] formerFingerprint = _digests.Fingerprint(_formerKey.PublicKey);
            byte[] id = _keys.Id;
            if (id == null)
            {
                id = new byte[16];
                Array.Copy(formerFingerprint, 0, id, 0, id.Length);
            }

            _content = RotationStatement.Content(
                id,
                _formerKey.PublicKey,
                _nextKey.PublicKey,
                _next,
                _keys.BootNumber,
                new StatedClock(_board.Clock).UtcMs,
                head
            );
            _digest = RotationStatement.Digest(_digests, _content);
            _former = new ManifestSigner(_formerKey, formerFingerprint, _board.Natives, _keys.NonceSeed());
            _following = new ManifestSigner(_nextKey, _digests.Fingerprint(_nextKey.PublicKey), _board.Natives, _keys.NonceSeed());
        }

        private void Went(bool stored)
        {
            HasFailed = !stored;
            if (stored)
            {
                _stage++;
            }
        }
    }
}
