// SPDX-License-Identifier: MIT

using System;
using Lapel.Hal;

namespace Lapel.Crypto
{
    /// <summary>
    /// Ed25519 signatures (RFC 8032, 5.1.6) with the long part done before the message is known, so that a signature at stop takes 7 ms and
    /// not 110.
    /// </summary>
    /// <remarks>
    /// Any RFC 8032 verifier accepts them.
    /// <para>
    /// The nonce. RFC 8032 takes r = SHA-512(prefix, message); the message is not known yet here, so r = HMAC-SHA-512(prefix, nonce seed,
    /// index), reduced mod L as RFC 8032 does. HMAC-SHA-512 under the secret prefix is a pseudorandom function: as long as no input is used
    /// twice, nonces are independent and uniform (up to 2^-259, from 512 bits mod L) for whoever lacks the key, which is all that the
    /// security of the scheme needs of them. No input is used twice: the index counts up within a boot, and the nonce seed begins with the
    /// boot counter, which its caller has stored before the seed is used, followed by fresh entropy; should the stored counter ever fall
    /// back (a restored flash), the entropy still separates the two boots. Should entropy be missing, the counter does. A nonce is erased
    /// from memory when it is taken, before the signature is handed out, and a nonce half made dies with the power.
    /// </para>
    /// </remarks>
    public sealed class Ed25519Signer
    {
        /// <summary>Bytes of a signature.</summary>
        public const int SignatureLength = 64;

        /// <summary>Bytes that every message begins with: with R and the public key they fill the first block of SHA-512.</summary>
        public const int PrefixLength = 64;

        /// <summary>Fewest bytes of the nonce seed: a boot counter and 24 bytes or more of entropy.</summary>
        public const int ShortestNonceSeed = 32;

        /// <summary>Nonces kept ready: recording, marking and stopping within one second sign four times at most.</summary>
        private const int QueueLength = 4;

        /// <summary>Bytes of the index behind the nonce seed, big-endian.</summary>
        private const int IndexLength = 8;

        private readonly Ed25519Key _key;
        private readonly INatives _natives;
        private readonly byte[] _prefix = new byte[PrefixLength];
        private readonly byte[] _nonceInput;
        private readonly PreparedNonce[] _queue = new PreparedNonce[QueueLength];
        private readonly BasePointProduct _product = new BasePointProduct();

        // One hash for all steps: they never interleave, since each slice ends what it begins in it.
        private readonly Sha512 _sha = new Sha512();
        private readonly byte[] _hash = new byte[Sha512.DigestLength];
        private readonly long[] _challenge = new long[Scalar.Limbs];
        private readonly long[] _response = new long[Scalar.Limbs];
        private readonly long[] _wide = new long[Scalar.WideLimbs];
        private Stage _stage = Stage.Derive;
        private int _first;

        /// <summary>A signer for messages that begin with a prefix. The arrays are copied; the key may still be in the making.</summary>
        /// <exception cref="ArgumentException">The prefix is not 64 bytes, or the nonce seed has fewer than 32.</exception>
        public Ed25519Signer(Ed25519Key key, INatives natives, byte[] prefix64, byte[] nonceSeed)
        {
            if (prefix64 == null || prefix64.Length != PrefixLength)
            {
                throw new ArgumentException("the prefix of signed messages is 64 bytes");
            }

            if (nonceSeed == null || nonceSeed.Length < ShortestNonceSeed)
            {
                throw new ArgumentException("a nonce seed is 32 bytes or more");
            }

            _key = key;
            _natives = natives;
            Array.Copy(prefix64, 0, _prefix, 0, PrefixLength);
            _nonceInput = new byte[nonceSeed.Length + IndexLength];
            Array.Copy(nonceSeed, 0, _nonceInput, 0, nonceSeed.Length);
            for (int i = 0; i < QueueLength; i++)
            {
                _queue[i] = new PreparedNonce();
            }
        }

        private enum Stage
        {
            Derive,
            Multiply,
            Hash,
        }

        /// <summary>How many signatures are prepared, 0 to 4.</summary>
        public int Prepared { get; private set; }

        /// <summary>Whether the next signature is prepared.</summary>
        public bool IsPrepared
        {
            get { return Prepared != 0; }
        }

        /// <summary>
        /// One slice of at most 13,300 instructions towards the key, if it is not ready, or the next nonce; true while there is room for
        /// more. A nonce takes about 302,000 in 33 slices.
        /// </summary>
        public bool Step()
        {
            if (Prepared == QueueLength)
            {
                return false;
            }

            if (!_key.IsReady)
            {
                _key.Step();
                return true;
            }

            PreparedNonce nonce = _queue[(_first + Prepared) % QueueLength];
            switch (_stage)
            {
                case Stage.Derive:
                    Derive(nonce);
                    _stage = Stage.Multiply;
                    break;
                case Stage.Multiply:
                    if (!_product.Step())
                    {
                        _stage = Stage.Hash;
                    }

                    break;
                default:
                    HashPrefix(nonce);
                    _stage = Stage.Derive;
                    Prepared++;
                    break;
            }

            return Prepared != QueueLength;
        }

        /// <summary>
        /// Signs count bytes, which begin with the prefix, and writes 64 bytes: about 16,200 instructions when prepared and the message has
        /// at most 111 bytes behind the prefix, 10,200 more for each further 128; a whole nonce more when not prepared.
        /// </summary>
        /// <exception cref="ArgumentException">The message does not begin with the prefix. No nonce is used up.</exception>
        public void Sign(byte[] message, int offset, int count, byte[] signature, int sigOffset)
        {
            // Before a nonce is taken: an error of the caller must not use one up, and a nonce whose first block is of other bytes would
            // sign nothing that verifies.
            CheckPrefix(message, offset, count);

            // The caller waits for a whole nonce, 100 ms; whoever cannot have that looks at IsPrepared first.
            while (Prepared == 0)
            {
                Step();
            }

            // Out of the queue before it is used: whatever goes wrong from here on, no nonce serves twice. Two signatures with one nonce
            // give the key away.
            PreparedNonce nonce = _queue[_first];
            _first = (_first + 1) % QueueLength;
            Prepared--;

            // k = SHA-512(R, A, message) mod L, from behind the first block; S = r + k a mod L.
            _sha.Restore(nonce.HashState, 1);
            _sha.Update(message, offset + PrefixLength, count - PrefixLength);
            _sha.Finish(_hash, 0);
            Scalar.Load(_challenge, _hash, 0, _wide);
            Scalar.MultiplyAdd(_response, nonce.Nonce, _challenge, _key.SecretScalar, _wide);
            Array.Copy(nonce.Commitment, 0, signature, sigOffset, Field.EncodedLength);

            // Before the signature is handed out, and with it the sum of products that the scratch still holds: r and S together are the
            // key.
            nonce.Wipe();
            Scalar.Wipe(_wide);
            Scalar.Store(signature, sigOffset + Field.EncodedLength, _response);
        }

        private void CheckPrefix(byte[] message, int offset, int count)
        {
            if (count < PrefixLength)
            {
                throw new ArgumentException("the message is shorter than the prefix of signed messages");
            }

            byte[] prefix = _prefix;
            for (int i = 0; i < PrefixLength; i++)
            {
                if (message[offset + i] != prefix[i])
                {
                    throw new ArgumentException("the message does not begin with the prefix of signed messages");
                }
            }
        }

        /// <summary>The next nonce, and its multiplication begun. The index is counted before the nonce is made.</summary>
        private void Derive(PreparedNonce nonce)
        {
            // Counted before the nonce is made: should a slice never finish, its index is not used again.
            CountUp();
            byte[] hash = _natives.HmacSha512(_key.NonceKey, _nonceInput);
            Scalar.Load(nonce.Nonce, hash, 0, _wide);

            // The array that the native returned is r before its reduction.
            Array.Clear(hash, 0, hash.Length);
            Scalar.Wipe(_wide);
            _product.Begin(nonce.Nonce);
        }

        /// <summary>The index behind the nonce seed, plus one.</summary>
        private void CountUp()
        {
            int at = _nonceInput.Length;
            do
            {
                at--;
                _nonceInput[at]++;
            } while (_nonceInput[at] == 0 && at > _nonceInput.Length - IndexLength);
        }

        private void HashPrefix(PreparedNonce nonce)
        {
            Array.Copy(_product.Encoded, 0, nonce.Commitment, 0, Field.EncodedLength);
            _sha.Reset();
            _sha.Update(nonce.Commitment, 0, Field.EncodedLength);
            _sha.Update(_key.PublicKey, 0, Ed25519Key.PublicKeyLength);
            _sha.Update(_prefix, 0, PrefixLength);
            _sha.Save(nonce.HashState);
        }
    }
}
