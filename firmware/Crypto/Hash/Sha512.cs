// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Crypto
{
    /// <summary>SHA-512 (FIPS 180-4), incremental.</summary>
    /// <remarks>
    /// The runtime has no native SHA-512 without a key; this one is for the short inputs of Ed25519: about 10,200 interpreted instructions
    /// for each block of 128 bytes.
    /// </remarks>
    public sealed partial class Sha512
    {
        /// <summary>Bytes of a digest.</summary>
        public const int DigestLength = 64;

        /// <summary>Bytes of a block.</summary>
        public const int BlockLength = 128;

        /// <summary>64-bit words of the state between two blocks.</summary>
        public const int StateWords = 8;

        /// <summary>Bytes that the message length takes at the end of the last block.</summary>
        private const int LengthField = 16;

        /// <summary>FIPS 180-4, 5.3.5.</summary>
        private static readonly ulong[] InitialState =
        {
            0x6A09E667F3BCC908,
            0xBB67AE8584CAA73B,
            0x3C6EF372FE94F82B,
            0xA54FF53A5F1D36F1,
            0x510E527FADE682D1,
            0x9B05688C2B3E6C1F,
            0x1F83D9ABFB41BD6B,
            0x5BE0CD19137E2179,
        };

        /// <summary>FIPS 180-4, 4.2.3.</summary>
        private static readonly ulong[] RoundConstants =
        {
            0x428A2F98D728AE22,
            0x7137449123EF65CD,
            0xB5C0FBCFEC4D3B2F,
            0xE9B5DBA58189DBBC,
            0x3956C25BF348B538,
            0x59F111F1B605D019,
            0x923F82A4AF194F9B,
            0xAB1C5ED5DA6D8118,
            0xD807AA98A3030242,
            0x12835B0145706FBE,
            0x243185BE4EE4B28C,
            0x550C7DC3D5FFB4E2,
            0x72BE5D74F27B896F,
            0x80DEB1FE3B1696B1,
            0x9BDC06A725C71235,
            0xC19BF174CF692694,
            0xE49B69C19EF14AD2,
            0xEFBE4786384F25E3,
            0x0FC19DC68B8CD5B5,
            0x240CA1CC77AC9C65,
            0x2DE92C6F592B0275,
            0x4A7484AA6EA6E483,
            0x5CB0A9DCBD41FBD4,
            0x76F988DA831153B5,
            0x983E5152EE66DFAB,
            0xA831C66D2DB43210,
            0xB00327C898FB213F,
            0xBF597FC7BEEF0EE4,
            0xC6E00BF33DA88FC2,
            0xD5A79147930AA725,
            0x06CA6351E003826F,
            0x142929670A0E6E70,
            0x27B70A8546D22FFC,
            0x2E1B21385C26C926,
            0x4D2C6DFC5AC42AED,
            0x53380D139D95B3DF,
            0x650A73548BAF63DE,
            0x766A0ABB3C77B2A8,
            0x81C2C92E47EDAEE6,
            0x92722C851482353B,
            0xA2BFE8A14CF10364,
            0xA81A664BBC423001,
            0xC24B8B70D0F89791,
            0xC76C51A30654BE30,
            0xD192E819D6EF5218,
            0xD69906245565A910,
            0xF40E35855771202A,
            0x106AA07032BBD1B8,
            0x19A4C116B8D2D0C8,
            0x1E376C085141AB53,
            0x2748774CDF8EEB99,
            0x34B0BCB5E19B48A8,
            0x391C0CB3C5C95A63,
            0x4ED8AA4AE3418ACB,
            0x5B9CCA4F7763E373,
            0x682E6FF3D6B2B8A3,
            0x748F82EE5DEFB2FC,
            0x78A5636F43172F60,
            0x84C87814A1F0AB72,
            0x8CC702081A6439EC,
            0x90BEFFFA23631E28,
            0xA4506CEBDE82BDE9,
            0xBEF9A3F7B2C67915,
            0xC67178F2E372532B,
            0xCA273ECEEA26619C,
            0xD186B8C721C0C207,
            0xEADA7DD6CDE0EB1E,
            0xF57D4F7FEE6ED178,
            0x06F067AA72176FBA,
            0x0A637DC5A2C898A6,
            0x113F9804BEF90DAE,
            0x1B710B35131C471B,
            0x28DB77F523047D84,
            0x32CAAB7B40C72493,
            0x3C9EBE0A15C9BEBC,
            0x431D67C49C100D4C,
            0x4CC5D4BECB3E42B6,
            0x597F299CFC657E2A,
            0x5FCB6FAB3AD6FAEC,
            0x6C44198C4A475817,
        };

        private readonly ulong[] _state = new ulong[StateWords];
        private readonly byte[] _buffer = new byte[BlockLength];
        private int _buffered;
        private long _length;
        private bool _isPadded;

        /// <summary>Ready for a first message.</summary>
        public Sha512()
        {
            Reset();
        }

        /// <summary>Forgets what was hashed and starts a new message.</summary>
        public void Reset()
        {
            // Clears what the message before left: it may have been a seed.
            Array.Copy(InitialState, 0, _state, 0, StateWords);
            Array.Clear(_buffer, 0, BlockLength);
            _buffered = 0;
            _length = 0;
            _isPadded = false;
        }

        /// <summary>Appends bytes to the message. Each block that they fill is compressed at once.</summary>
        public void Update(byte[] data, int offset, int count)
        {
            _length += count;
            while (count > 0)
            {
                // By native copies, a block at most: the bytes of a message are never looped over here.
                int taken = BlockLength - _buffered;
                if (taken > count)
                {
                    taken = count;
                }

                Array.Copy(data, offset, _buffer, _buffered, taken);
                offset += taken;
                count -= taken;
                _buffered += taken;
                if (_buffered == BlockLength)
                {
                    Compress();
                    _buffered = 0;
                }
            }
        }

        /// <summary>Ends the message, writes its digest, 64 bytes, and starts a new message.</summary>
        public void Finish(byte[] digest, int offset)
        {
            if (!_isPadded)
            {
                Pad();
            }

            // The length in bits, 128 bits big-endian; its upper half is always zero here.
            Array.Clear(_buffer, _buffered, BlockLength - _buffered);
            WriteWord(_buffer, BlockLength - 8, (ulong)_length << 3);
            Compress();
            for (int i = 0; i < StateWords; i++)
            {
                WriteWord(digest, offset + 8 * i, _state[i]);
            }

            Reset();
        }

        /// <summary>
        /// Takes the state out after a whole number of blocks, so that a message can be continued from here again and again.
        /// </summary>
        /// <exception cref="InvalidOperationException">The message so far does not end at a block boundary.</exception>
        public void Save(ulong[] state)
        {
            if (_buffered != 0)
            {
                throw new InvalidOperationException("SHA-512 state saved inside a block");
            }

            Array.Copy(_state, 0, state, 0, StateWords);
        }

        /// <summary>Continues from a state that <see cref="Save"/> took out after that many blocks.</summary>
        public void Restore(ulong[] state, int blocks)
        {
            Array.Copy(state, 0, _state, 0, StateWords);
            _buffered = 0;
            _length = (long)blocks * BlockLength;
            _isPadded = false;
        }

        /// <summary>
        /// The first part of <see cref="Finish"/>, ahead of it: the bit behind the message and, when the length has no room in the same
        /// block, one block compressed.
        /// </summary>
        /// <remarks>Lets a caller that works in slices keep to one block in each.</remarks>
        internal void Pad()
        {
            _buffer[_buffered] = 0x80;
            _buffered++;
            _isPadded = true;
            if (_buffered > BlockLength - LengthField)
            {
                Array.Clear(_buffer, _buffered, BlockLength - _buffered);
                Compress();
                _buffered = 0;
            }
        }

        private static void WriteWord(byte[] output, int offset, ulong word)
        {
            // Halves first: the interpreter shifts 32 bits for less than 64.
            uint high = (uint)(word >> 32);
            uint low = (uint)word;
            output[offset] = (byte)(high >> 24);
            output[offset + 1] = (byte)(high >> 16);
            output[offset + 2] = (byte)(high >> 8);
            output[offset + 3] = (byte)high;
            output[offset + 4] = (byte)(low >> 24);
            output[offset + 5] = (byte)(low >> 16);
            output[offset + 6] = (byte)(low >> 8);
            output[offset + 7] = (byte)low;
        }
    }
}
