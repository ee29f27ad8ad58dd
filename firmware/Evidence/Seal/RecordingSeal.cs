// SPDX-License-Identifier: MIT

using System;
using Lapel.Hal;

namespace Lapel.Evidence
{
    /// <summary>
    /// The seal of one recording (FORMAT.md section 8): the content key while frames are written, and for good what the evidence states of
    /// it.
    /// </summary>
    /// <remarks>The camera holds no other copy of the key: after <see cref="Wipe"/> only a recipient can open the recording.</remarks>
    public sealed class RecordingSeal
    {
        /// <summary>Bytes of the content key, of an initialisation vector and of the key id.</summary>
        public const int KeyBytes = 16;

        /// <summary>Bytes of the secret that initialisation vectors come from.</summary>
        public const int IvKeyBytes = 32;

        // One HMAC-SHA-512 makes the vectors of four frames.
        private const int IvBlock = 64;

        private readonly INatives _natives;
        private readonly byte[] _contentKey;
        private readonly byte[] _ivKey;
        private readonly byte[] _ivInput = new byte[4];
        private ICbcCipher _cipher;

        /// <summary>A seal that can encrypt. Both keys are taken, not copied.</summary>
        /// <param name="natives">AES and HMAC.</param>
        /// <param name="contentKey">Content key, 16 bytes.</param>
        /// <param name="ivKey">Secret of the initialisation vectors, 32 bytes.</param>
        /// <param name="keyId">Key id, 16 bytes.</param>
        /// <param name="recipients">Fingerprints of the recipients, 1 to 4.</param>
        public RecordingSeal(INatives natives, byte[] contentKey, byte[] ivKey, byte[] keyId, byte[][] recipients)
        {
            _natives = natives;
            _contentKey = contentKey;
            _ivKey = ivKey;
            KeyId = keyId;
            Recipients = recipients;

            // Made once a recording and not for each frame.
            _cipher = natives.AesCbc(contentKey);
        }

        private RecordingSeal(byte[] keyId, byte[][] recipients)
        {
            KeyId = keyId;
            Recipients = recipients;
        }

        /// <summary>Key id, 16 bytes, not secret.</summary>
        public byte[] KeyId { get; private set; }

        /// <summary>Fingerprints of the recipients.</summary>
        public byte[][] Recipients { get; private set; }

        /// <summary>The whole envelope box.</summary>
        public byte[] Envelope { get; set; }

        /// <summary>The whole sealed private box.</summary>
        public byte[] PrivateBox { get; set; }

        /// <summary>Whether the key is still there.</summary>
        public bool CanEncrypt
        {
            get { return _cipher != null; }
        }

        /// <summary>What a segment's init states of its seal, without any key.</summary>
        /// <remarks>For the manifest that closes a segment found after a power cut.</remarks>
        /// <param name="init">The beginning of the slot, as long as an init may be; nothing in it is authenticated yet.</param>
        /// <param name="seal">The seal; null when the segment is clear.</param>
        /// <returns>False when its header says sealed and no envelope of this version stands behind it.</returns>
        public static bool Read(byte[] init, out RecordingSeal seal)
        {
            // Nothing here is authenticated yet: lengths are checked against what this version writes, and the chain decides later whether
            // these bytes were ours.
            seal = null;
            if ((init[SegmentHeader.BodyAt + SegmentHeader.FlagsAt + 1] & SegmentHeader.SealedFlag) == 0)
            {
                return true;
            }

            int body = SegmentHeader.End + UserType.BoxHeader;
            int count = BigEndian.Get16(init, body + EnvelopeBox.CountAt);
            if (count < 1 || count > EnvelopeBox.MaxRecipients || !EnvelopeBox.StandsAt(init, SegmentHeader.End, count))
            {
                return false;
            }

            byte[] keyId = new byte[KeyBytes];
            Array.Copy(init, body + EnvelopeBox.KeyIdAt, keyId, 0, KeyBytes);
            byte[][] recipients = new byte[count][];
            for (int i = 0; i < recipients.Length; i++)
            {
                recipients[i] = new byte[Digests.Size];
                Array.Copy(init, body + EnvelopeBox.EntriesAt + i * EnvelopeBox.EntryBytes, recipients[i], 0, Digests.Size);
            }

            seal = new RecordingSeal(keyId, recipients);
            return true;
        }

        /// <summary>Writes the value of key 21 of a manifest.</summary>
        /// <param name="cbor">Destination.</param>
        /// <param name="seal">The seal, or null for a clear recording.</param>
        public static void WriteTo(CborWriter cbor, RecordingSeal seal)
        {
            if (seal == null)
            {
                cbor.Int(0);
                return;
            }

            cbor.BeginArray(3);
            cbor.Int(1);
            cbor.Bytes(seal.KeyId);
            cbor.BeginArray(seal.Recipients.Length);
            for (int i = 0; i < seal.Recipients.Length; i++)
            {
                cbor.Bytes(seal.Recipients[i]);
            }
        }

        /// <summary>Writes the initialisation vectors of a fragment's frames, 16 bytes each.</summary>
        /// <remarks>
        /// They are the output of a keyed pseudo-random function over input that never repeats under one key (a frame index belongs to one
        /// fragment): unpredictable to who has not the secret, which is what CBC asks of them (SP 800-38A, appendix C), and never twice the
        /// same but by chance.
        /// </remarks>
        /// <param name="buffer">Destination.</param>
        /// <param name="offset">Where the first goes.</param>
        /// <param name="frameIndex">Frame index in the recording of the first frame.</param>
        /// <param name="count">Frames.</param>
        public void PutIvs(byte[] buffer, int offset, int frameIndex, int count)
        {
            int left = count * KeyBytes;
            while (left > 0)
            {
                // Four vectors from each HMAC, 64 bytes: one call for four frames instead of four.
                BigEndian.Put32(_ivInput, 0, frameIndex);
                int part = left < IvBlock ? left : IvBlock;
                Array.Copy(_natives.HmacSha512(_ivKey, _ivInput), 0, buffer, offset, part);
                left -= part;
                offset += part;
                frameIndex += IvBlock / KeyBytes;
            }
        }

        /// <summary>
        /// Encrypts a frame's next block; the result is a new array of the same length. The vector of the next block is the last 16 bytes
        /// of this result, which is what CBC does.
        /// </summary>
        /// <param name="iv">
        /// The block's vector: of the first the frame's own. Whoever writes keeps it: two segments may be under way.
        /// </param>
        /// <param name="block">The block, a multiple of 16 bytes.</param>
        public byte[] Encrypt(byte[] iv, byte[] block)
        {
            return _cipher.Encrypt(iv, block);
        }

        /// <summary>Forgets the keys. What the evidence states of the seal stays.</summary>
        public void Wipe()
        {
            if (_cipher == null)
            {
                return;
            }

            // Overwritten and not only let go of: the cipher works on this same array (ICbcCipher), so its key goes too.
            Array.Clear(_contentKey, 0, _contentKey.Length);
            Array.Clear(_ivKey, 0, _ivKey.Length);
            _cipher = null;
        }
    }
}
