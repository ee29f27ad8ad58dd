// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Evidence
{
    /// <summary>
    /// What names people or places: never in the clear, always in the sealed private box (FORMAT.md 8.3). Nothing of it is recorded without
    /// a seal.
    /// </summary>
    public sealed class PrivateFacts
    {
        /// <summary>Longest officer, characters.</summary>
        public const int MaxOfficer = 48;

        /// <summary>Longest place, characters.</summary>
        public const int MaxPlace = 64;

        /// <summary>Longest free text, characters.</summary>
        public const int MaxNote = 120;

        /// <summary>Bytes of the box, whatever it says: its length tells nothing.</summary>
        public const int BoxBytes = UserType.BoxHeader + RecordingSeal.KeyBytes + PlainBytes;

        // 48 + 64 + 120 characters with their heads are 242 bytes, with the length 244: whole AES blocks, and always the same, so that the
        // box tells nothing of a name's length.
        private const int PlainBytes = 256;

        // Frame indices never get there: 2^31 frames are eight years at 8 a second.
        private const int IvIndex = -1;

        /// <summary>Who wears the camera; ASCII.</summary>
        public string Officer = "";

        /// <summary>Where; ASCII.</summary>
        public string Place = "";

        /// <summary>Free text; ASCII.</summary>
        public string Note = "";

        /// <summary>Whether it says nothing.</summary>
        public bool IsEmpty
        {
            get { return Officer.Length + Place.Length + Note.Length == 0; }
        }

        /// <summary>What is wrong with it, or null.</summary>
        public string Malformed()
        {
            if (!Fits(Officer, MaxOfficer))
            {
                return "the officer must be at most 48 printable ASCII characters";
            }

            if (!Fits(Place, MaxPlace))
            {
                return "the place must be at most 64 printable ASCII characters";
            }

            if (!Fits(Note, MaxNote))
            {
                return "the note must be at most 120 printable ASCII characters";
            }

            return null;
        }

        /// <summary>The box, encrypted under the recording's content key.</summary>
        public byte[] Seal(RecordingSeal seal)
        {
            byte[] box = new byte[BoxBytes];
            UserType.PutHeader(box, 0, box.Length, UserType.SealedPrivate);

            // From the same secret as the frames', at an index that no frame has: no second source of vectors has to be proven.
            seal.PutIvs(box, UserType.BoxHeader, IvIndex, 1);
            byte[] iv = new byte[RecordingSeal.KeyBytes];
            Array.Copy(box, UserType.BoxHeader, iv, 0, iv.Length);
            byte[] plain = Plain();
            Array.Copy(seal.Encrypt(iv, plain), 0, box, UserType.BoxHeader + RecordingSeal.KeyBytes, plain.Length);
            Array.Clear(plain, 0, plain.Length);
            return box;
        }

        private byte[] Plain()
        {
            CborWriter cbor = new CborWriter(PlainBytes - 2);
            cbor.BeginMap(3);
            cbor.Int(1);
            cbor.Text(Officer);
            cbor.Int(2);
            cbor.Text(Place);
            cbor.Int(3);
            cbor.Text(Note);
            byte[] map = cbor.ToArray();
            byte[] plain = new byte[PlainBytes];
            BigEndian.Put16(plain, 0, map.Length);
            Array.Copy(map, 0, plain, 2, map.Length);
            return plain;
        }

        private static bool Fits(string text, int most)
        {
            if (text == null || text.Length > most)
            {
                return false;
            }

            for (int i = 0; i < text.Length; i++)
            {
                if (text[i] < ' ' || text[i] > '~')
                {
                    return false;
                }
            }

            return true;
        }
    }
}
