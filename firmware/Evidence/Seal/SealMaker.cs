// SPDX-License-Identifier: MIT

using System;
using Lapel.Crypto;
using Lapel.Hal;

namespace Lapel.Evidence
{
    /// <summary>
    /// Makes the next recording's seal while nothing else is due: fresh keys, an ephemeral X25519 pair, and the envelope, in slices of at
    /// most 6 ms and about 1.4 million instructions for the pair and for each recipient.
    /// </summary>
    /// <remarks>Everything secret is wiped as soon as the next thing is made of it.</remarks>
    public sealed class SealMaker
    {
        private enum Stage
        {
            Secrets,
            Pair,
            Recipient,
            Ready,
            Failed,
        }

        private static readonly byte[] ContentLabel = Digests.Label("LAPEL-CONTENT-1");
        private static readonly byte[] EphemeralLabel = Digests.Label("LAPEL-EPHEMERAL-1");

        private readonly INatives _natives;
        private readonly DeviceKeys _keys;
        private readonly PrivateFacts _private;
        private readonly byte[][] _recipients;
        private readonly byte[][] _fingerprints;
        private readonly X25519 _ladder = new X25519();

        // Begins with Secrets: the first seal is made as soon as there is idle time after boot.
        private Stage _stage;
        private int _index;
        private byte[] _contentKey;
        private byte[] _scalar;
        private RecordingSeal _seal;
        private EnvelopeBox _envelope;

        /// <summary>Seals for these recipients.</summary>
        /// <param name="natives">AES and HMAC.</param>
        /// <param name="digests">Hashes.</param>
        /// <param name="keys">Where fresh secrets come from.</param>
        /// <param name="recipients">X25519 public keys, 1 to 4.</param>
        /// <param name="privateFacts">What goes into the sealed private box.</param>
        public SealMaker(INatives natives, Digests digests, DeviceKeys keys, byte[][] recipients, PrivateFacts privateFacts)
        {
            _natives = natives;
            _keys = keys;
            _recipients = recipients;
            _private = privateFacts;
            _fingerprints = new byte[recipients.Length][];
            for (int i = 0; i < recipients.Length; i++)
            {
                _fingerprints[i] = digests.RecipientFingerprint(recipients[i]);
            }
        }

        /// <summary>Whether a seal is ready to be taken.</summary>
        public bool IsReady
        {
            get { return _stage == Stage.Ready; }
        }

        /// <summary>
        /// A recipient's key is a point of small order, with which nothing can be kept secret: there is no seal with this configuration.
        /// </summary>
        public bool HasFailed
        {
            get { return _stage == Stage.Failed; }
        }

        /// <summary>One slice.</summary>
        /// <returns>True while work remains.</returns>
        public bool Step()
        {
            switch (_stage)
            {
                case Stage.Secrets:
                    MakeSecrets();
                    break;
                case Stage.Pair:
                    if (!_ladder.Step())
                    {
                        FinishPair();
                    }

                    break;
                case Stage.Recipient:
                    if (!_ladder.Step())
                    {
                        FinishRecipient();
                    }

                    break;
                default:
                    return false;
            }

            return true;
        }

        /// <summary>Hands the seal over and begins the next; null when none is ready.</summary>
        public RecordingSeal Take()
        {
            if (_stage != Stage.Ready)
            {
                return null;
            }

            RecordingSeal seal = _seal;
            _seal = null;

            // The seal holds it from here on: when the recording wipes it, no copy is left here.
            _contentKey = null;
            _envelope = null;
            _stage = Stage.Secrets;
            return seal;
        }

        // One secret from entropy that is never used again gives everything else: HMAC outputs under different labels tell nothing of one
        // another.
        private void MakeSecrets()
        {
            // From entropy and a state that only runs forward: a weak moment of the generator is not enough to guess a key, and a seized
            // camera does not give away older ones.
            byte[] secret = _keys.SealSecret();
            byte[] made = _natives.HmacSha512(secret, ContentLabel);
            _scalar = _natives.HmacSha256(secret, EphemeralLabel);
            _contentKey = Part(made, 0, RecordingSeal.KeyBytes);
            byte[] keyId = Part(made, RecordingSeal.KeyBytes, RecordingSeal.KeyBytes);
            byte[] ivKey = Part(made, 2 * RecordingSeal.KeyBytes, RecordingSeal.IvKeyBytes);
            Array.Clear(secret, 0, secret.Length);
            Array.Clear(made, 0, made.Length);
            _seal = new RecordingSeal(_natives, _contentKey, ivKey, keyId, _fingerprints);

            // u = 9, RFC 7748, 4.1: the ephemeral public key.
            byte[] basePoint = new byte[X25519.Length];
            basePoint[0] = 9;
            _ladder.Begin(_scalar, basePoint);
            _stage = Stage.Pair;
        }

        private void FinishPair()
        {
            byte[] ephemeral = Part(_ladder.Result, 0, X25519.Length);
            _envelope = new EnvelopeBox(_natives, _seal.KeyId, ephemeral, _recipients.Length);
            _index = 0;
            _ladder.Begin(_scalar, _recipients[0]);
            _stage = Stage.Recipient;
        }

        private void FinishRecipient()
        {
            // RFC 7748, 6.1. Found before the first recording and not at the press: nobody is left to think that a recording is sealed to a
            // key that everybody has.
            if (_ladder.IsZero)
            {
                Array.Clear(_scalar, 0, _scalar.Length);
                _seal.Wipe();
                _stage = Stage.Failed;
                return;
            }

            _envelope.Wrap(_index, _recipients[_index], _fingerprints[_index], _ladder.Result, _contentKey);

            // The shared secret is in the wrapped entry now; the next ladder may be a second away.
            Array.Clear(_ladder.Result, 0, X25519.Length);
            _index++;
            if (_index < _recipients.Length)
            {
                _ladder.Begin(_scalar, _recipients[_index]);
                return;
            }

            Array.Clear(_scalar, 0, _scalar.Length);
            _seal.Envelope = _envelope.Bytes;
            _seal.PrivateBox = _private.Seal(_seal);
            _stage = Stage.Ready;
        }

        private static byte[] Part(byte[] from, int offset, int count)
        {
            byte[] part = new byte[count];
            Array.Copy(from, offset, part, 0, count);
            return part;
        }
    }
}
