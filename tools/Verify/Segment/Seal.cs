// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Globalization;

namespace Lapel.Verify
{
    /// <summary>
    /// What a sealed segment's init says of its seal: envelope box and sealed private box (FORMAT.md 8.2, 8.3). It takes no key to read.
    /// </summary>
    public sealed class Seal
    {
        /// <summary>Most recipients.</summary>
        public const int MostRecipients = 4;

        private const int BodyBase = 52,
            EntrySize = 80,
            PrivateBox = 296,
            KnownVersion = 1;

        /// <summary>Key id.</summary>
        public required byte[] KeyId { get; init; }

        /// <summary>The ephemeral X25519 public key.</summary>
        public required byte[] Ephemeral { get; init; }

        /// <summary>One for each recipient, in order.</summary>
        public required IReadOnlyList<SealEntry> Recipients { get; init; }

        /// <summary>The first 52 bytes of the envelope's body, which every tag covers.</summary>
        public required byte[] Head { get; init; }

        /// <summary>The whole envelope box.</summary>
        public required byte[] EnvelopeBox { get; init; }

        /// <summary>Vector and cipher text of the sealed private box.</summary>
        public required byte[] Private { get; init; }

        /// <summary>Bytes of both boxes.</summary>
        public int Length => EnvelopeBox.Length + PrivateBox;

        /// <summary>Whether the recipients' fingerprints and the key id are these.</summary>
        internal bool Agrees(Sealing? stated)
        {
            if (stated == null || !stated.KeyId.AsSpan().SequenceEqual(KeyId) || stated.Recipients.Count != Recipients.Count)
            {
                return false;
            }

            for (int i = 0; i < Recipients.Count; i++)
            {
                if (!stated.Recipients[i].AsSpan().SequenceEqual(Recipients[i].Fingerprint))
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>Reads the two boxes at the start of <paramref name="bytes"/>; null and a problem when they are damaged.</summary>
        internal static Seal? Read(ReadOnlySpan<byte> bytes, out string? problem)
        {
            problem = "the envelope box is damaged";
            if (BoxBytes.OurKind(bytes, out bool damaged) != 5 || damaged || bytes.Length < BoxBytes.UuidHeader + BodyBase)
            {
                return null;
            }

            ReadOnlySpan<byte> body = bytes[BoxBytes.UuidHeader..];
            int recipients = BoxBytes.U16(body, 2);
            if (BoxBytes.U16(body, 0) != KnownVersion)
            {
                problem =
                    "the envelope box has version "
                    + BoxBytes.U16(body, 0).ToString(CultureInfo.InvariantCulture)
                    + ", unknown in format version 1";
                return null;
            }
            int size = BoxBytes.UuidHeader + BodyBase + EntrySize * recipients;
            if (recipients is < 1 or > MostRecipients || BoxBytes.U32(bytes, 0) != size || bytes.Length < size + PrivateBox)
            {
                return null;
            }

            ReadOnlySpan<byte> box = bytes.Slice(size, PrivateBox);
            if (BoxBytes.OurKind(box, out damaged) != 6 || damaged || BoxBytes.U32(box, 0) != PrivateBox)
            {
                problem = "the sealed private box is damaged";
                return null;
            }
            var entries = new List<SealEntry>();
            for (int i = 0; i < recipients; i++)
            {
                ReadOnlySpan<byte> entry = body.Slice(BodyBase + EntrySize * i, EntrySize);
                entries.Add(new SealEntry(entry[..32].ToArray(), entry.Slice(32, 16).ToArray(), entry.Slice(48, 32).ToArray()));
            }
            problem = null;
            return new Seal
            {
                KeyId = body.Slice(4, 16).ToArray(),
                Ephemeral = body.Slice(20, 32).ToArray(),
                Head = body[..BodyBase].ToArray(),
                Recipients = entries,
                EnvelopeBox = bytes[..size].ToArray(),
                Private = box[BoxBytes.UuidHeader..].ToArray(),
            };
        }
    }
}
