// SPDX-License-Identifier: MIT

using System;
using Lapel.Hal;

namespace Lapel.Evidence
{
    /// <summary>Builds the envelope box: one content key, wrapped for each recipient (FORMAT.md 8.2).</summary>
    public sealed class EnvelopeBox
    {
        /// <summary>Most recipients.</summary>
        public const int MaxRecipients = 4;

        /// <summary>Offset in the body of the number of recipients.</summary>
        public const int CountAt = 2;

        /// <summary>Offset in the body of the key id.</summary>
        public const int KeyIdAt = 4;

        /// <summary>Offset in the body of the entries.</summary>
        public const int EntriesAt = 52;

        /// <summary>Bytes of an entry: fingerprint, wrapped key, tag.</summary>
        public const int EntryBytes = 80;

        private const int BoxVersion = 1;
        private const int EphemeralAt = 20;
        private const int PublicKeyBytes = 32;
        private const int WrappedAt = 32;
        private const int TagAt = 48;

        private static readonly byte[] WrapLabel = Digests.Label("LAPEL-WRAP-1");

        private readonly INatives _natives;
        private readonly byte[] _box;
        private readonly byte[] _keyId;
        private readonly byte[] _ephemeral;

        /// <summary>An envelope without entries yet.</summary>
        /// <param name="natives">AES and HMAC.</param>
        /// <param name="keyId">Key id, 16 bytes.</param>
        /// <param name="ephemeral">Ephemeral X25519 public key, 32 bytes.</param>
        /// <param name="recipients">How many entries will come.</param>
        public EnvelopeBox(INatives natives, byte[] keyId, byte[] ephemeral, int recipients)
        {
            _natives = natives;
            _keyId = keyId;
            _ephemeral = ephemeral;
            _box = new byte[SizeFor(recipients)];
            UserType.PutHeader(_box, 0, _box.Length, UserType.Envelope);
            int body = UserType.BoxHeader;
            BigEndian.Put16(_box, body, BoxVersion);

            // The count stands in the part that each tag covers: no recipient can be cut off unseen.
            BigEndian.Put16(_box, body + CountAt, recipients);
            Array.Copy(keyId, 0, _box, body + KeyIdAt, keyId.Length);
            Array.Copy(ephemeral, 0, _box, body + EphemeralAt, PublicKeyBytes);
        }

        /// <summary>The whole box.</summary>
        public byte[] Bytes
        {
            get { return _box; }
        }

        /// <summary>Bytes of a box with so many recipients.</summary>
        public static int SizeFor(int recipients)
        {
            return UserType.BoxHeader + EntriesAt + recipients * EntryBytes;
        }

        /// <summary>Whether a box of this version for so many recipients stands at an offset.</summary>
        public static bool StandsAt(byte[] bytes, int offset, int recipients)
        {
            return UserType.Is(bytes, offset, UserType.Envelope)
                && BigEndian.Get32(bytes, offset) == SizeFor(recipients)
                && BigEndian.Get16(bytes, offset + UserType.BoxHeader) == BoxVersion;
        }

        /// <summary>Wraps the content key for one recipient.</summary>
        /// <param name="index">Which entry, from 0.</param>
        /// <param name="recipient">X25519 public key.</param>
        /// <param name="fingerprint">Its fingerprint.</param>
        /// <param name="shared">X25519 of the ephemeral secret and the recipient, not zero.</param>
        /// <param name="contentKey">The key to wrap.</param>
        public void Wrap(int index, byte[] recipient, byte[] fingerprint, byte[] shared, byte[] contentKey)
        {
            // HKDF-Extract (RFC 5869, 2.2). The key id as salt: one ephemeral key serves all recipients of a recording, and no other
            // recording.
            byte[] pseudoRandom = _natives.HmacSha256(_keyId, shared);
            byte[] first = Expand(pseudoRandom, new byte[0], recipient, 1);
            byte[] macKey = Expand(pseudoRandom, first, recipient, 2);
            byte[] wrapKey = Part(first, 0);

            // One block of CBC under a key and vector of its own; what makes it safe to open is the tag, which is checked first.
            byte[] wrapped = _natives.AesCbc(wrapKey).Encrypt(Part(first, RecordingSeal.KeyBytes), contentKey);
            int entry = UserType.BoxHeader + EntriesAt + index * EntryBytes;
            Array.Copy(fingerprint, 0, _box, entry, Digests.Size);
            Array.Copy(wrapped, 0, _box, entry + WrappedAt, wrapped.Length);

            // The tag binds the entry to this envelope: key id, ephemeral key and count, then the recipient and what was wrapped.
            byte[] tagged = new byte[EntriesAt + TagAt];
            Array.Copy(_box, UserType.BoxHeader, tagged, 0, EntriesAt);
            Array.Copy(_box, entry, tagged, EntriesAt, TagAt);
            Array.Copy(_natives.HmacSha256(macKey, tagged), 0, _box, entry + TagAt, Digests.Size);

            // All four would open the recording; arrays that natives returned are wiped too, before the collector gets them.
            Array.Clear(pseudoRandom, 0, pseudoRandom.Length);
            Array.Clear(first, 0, first.Length);
            Array.Clear(macKey, 0, macKey.Length);
            Array.Clear(wrapKey, 0, wrapKey.Length);
        }

        // T(n) of HKDF-Expand (RFC 5869, 2.3): HMAC of T(n - 1), info and n.
        private byte[] Expand(byte[] pseudoRandom, byte[] before, byte[] recipient, int n)
        {
            byte[] input = new byte[before.Length + WrapLabel.Length + 2 * PublicKeyBytes + 1];
            int at = before.Length;
            Array.Copy(before, 0, input, 0, at);
            Array.Copy(WrapLabel, 0, input, at, WrapLabel.Length);
            at += WrapLabel.Length;
            Array.Copy(_ephemeral, 0, input, at, PublicKeyBytes);
            Array.Copy(recipient, 0, input, at + PublicKeyBytes, PublicKeyBytes);
            input[input.Length - 1] = (byte)n;
            byte[] output = _natives.HmacSha256(pseudoRandom, input);

            // It holds the first half of the output, from which the wrapping key is taken.
            Array.Clear(input, 0, input.Length);
            return output;
        }

        private static byte[] Part(byte[] from, int offset)
        {
            byte[] part = new byte[RecordingSeal.KeyBytes];
            Array.Copy(from, offset, part, 0, part.Length);
            return part;
        }
    }
}
