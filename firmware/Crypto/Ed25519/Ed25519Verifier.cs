// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Crypto
{
    /// <summary>
    /// Verifies an Ed25519 signature (RFC 8032, 5.1.7) in slices of at most 13,300 instructions, about 1.6 million in all.
    /// </summary>
    /// <remarks>
    /// Strict: S of L or more, an encoding of A or R that is not canonical, a public key and an R of small order are refused, and the
    /// equation is checked without the cofactor, S B - k A = R: one message has one valid S for an R. Everything here is public.
    /// </remarks>
    public sealed class Ed25519Verifier
    {
        /// <summary>The canonical y of the points of order 1, 2, 4, 8 and 8; each but the first two has two signs.</summary>
        private static readonly byte[] SmallOrder =
        {
            0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
            0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
            0xEC, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
            0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F,
            0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
            0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
            0x26, 0xE8, 0x95, 0x8F, 0xC2, 0xB2, 0x27, 0xB0, 0x45, 0xC3, 0xF4, 0x89, 0xF2, 0xEF, 0x98, 0xF0,
            0xD5, 0xDF, 0xAC, 0x05, 0xD3, 0xC6, 0x33, 0x39, 0xB1, 0x38, 0x02, 0x88, 0x6D, 0x53, 0xFC, 0x05,
            0xC7, 0x17, 0x6A, 0x70, 0x3D, 0x4D, 0xD8, 0x4F, 0xBA, 0x3C, 0x0B, 0x76, 0x0D, 0x10, 0x67, 0x0F,
            0x2A, 0x20, 0x53, 0xFA, 0x2C, 0x39, 0xCC, 0xC6, 0x4E, 0xC7, 0xFD, 0x77, 0x92, 0xAC, 0x03, 0x7A,
        };

        /// <summary>Bits of a digit.</summary>
        private const int DigitBits = 5;

        private const int DigitMask = (1 << DigitBits) - 1;

        /// <summary>Places of digits: 253 bits of a scalar and the last carry.</summary>
        private const int Places = 254;

        /// <summary>Doublings in one slice.</summary>
        private const int SliceDoublings = 3;

        private readonly Sha512 _sha = new Sha512();
        private readonly byte[] _hash = new byte[Sha512.DigestLength];
        private readonly byte[] _signature = new byte[Ed25519Signer.SignatureLength];
        private readonly byte[] _encodedS = new byte[Scalar.WideLength];
        private readonly long[] _scalar = new long[Scalar.Limbs];
        private readonly long[] _wide = new long[Scalar.WideLimbs];
        private readonly sbyte[] _digits = new sbyte[Places];
        private readonly PointDecoder _decoder = new PointDecoder();
        private readonly PointEncoder _encoder = new PointEncoder();
        private readonly OddMultiples _multiples = new OddMultiples();
        private readonly BaseComb _comb = new BaseComb();
        private readonly EdwardsPoint _point = new EdwardsPoint();
        private Stage _stage = Stage.Done;
        private byte[] _publicKey;
        private byte[] _message;
        private int _offset;
        private int _left;
        private int _piece;
        private int _place;

        private enum Stage
        {
            Start,
            BeginDecode,
            Decode,
            Order,
            Hash,
            EndHash,
            Recode,
            Multiples,
            Double,
            AddMultiple,
            AddUpper,
            AddLower,
            Encode,
            Done,
        }

        /// <summary>Whether the signature is valid: false until <see cref="Step"/> has returned false, and after that the answer.</summary>
        public bool IsValid { get; private set; }

        /// <summary>Starts a verification.</summary>
        /// <remarks>The signature is copied; key and message must stay as they are until the end.</remarks>
        /// <exception cref="ArgumentException">The public key is not 32 bytes.</exception>
        public void Begin(byte[] publicKey, byte[] message, int offset, int count, byte[] signature, int sigOffset)
        {
            if (publicKey == null || publicKey.Length != Ed25519Key.PublicKeyLength)
            {
                throw new ArgumentException("an Ed25519 public key is 32 bytes");
            }

            _publicKey = publicKey;
            _message = message;
            _offset = offset;
            _left = count;
            Array.Copy(signature, sigOffset, _signature, 0, _signature.Length);
            IsValid = false;
            _stage = Stage.Start;
        }

        /// <summary>One slice; true while more is needed.</summary>
        public bool Step()
        {
            switch (_stage)
            {
                case Stage.Start:
                    // The cheap refusals first. IsValid is false until the last comparison: every way out before it is a refusal.
                    _stage = LoadS() ? Stage.BeginDecode : Stage.Done;
                    break;
                case Stage.BeginDecode:
                    _stage = _decoder.Begin(_publicKey, 0) ? Stage.Decode : Stage.Done;
                    break;
                case Stage.Decode:
                    if (!_decoder.Step())
                    {
                        _stage = _decoder.IsValid ? Stage.Order : Stage.Done;
                    }

                    break;
                case Stage.Order:
                    // With a key of small order one signature fits many messages.
                    _stage = CheckOrder() ? Stage.Hash : Stage.Done;
                    break;
                case Stage.Hash:
                    StepHash();
                    break;
                case Stage.EndHash:
                    _sha.Finish(_hash, 0);
                    Scalar.Load(_scalar, _hash, 0, _wide);
                    _stage = Stage.Recode;
                    break;
                case Stage.Recode:
                    Recode();
                    _stage = Stage.Multiples;
                    break;
                case Stage.Multiples:
                    if (!_multiples.Step())
                    {
                        _stage = Stage.Double;
                    }

                    break;
                case Stage.Double:
                    StepDouble();
                    break;
                case Stage.AddMultiple:
                    // T is only made when an addition follows: the columns of the comb come behind the digit at the lowest eight places.
                    _multiples.AddTo(_point, _digits[_place], _place < BaseComb.Offsets);
                    _stage = _place < BaseComb.Offsets ? Stage.AddUpper : Stage.Double;
                    break;
                case Stage.AddUpper:
                    _comb.AddHalf(_point, _place, true);
                    _stage = Stage.AddLower;
                    break;
                case Stage.AddLower:
                    _comb.AddHalf(_point, _place, false);
                    _stage = Stage.Double;
                    if (_place == 0)
                    {
                        _encoder.Begin(_point);
                        _stage = Stage.Encode;
                    }

                    break;
                case Stage.Encode:
                    if (!_encoder.Step())
                    {
                        // R is computed and compared as bytes, never decoded: so an R in another encoding cannot pass.
                        IsValid = Equal(_encoder.Encoded, 0, _signature, 0) && !HasSmallOrder(_signature);
                        _stage = Stage.Done;
                    }

                    break;
                default:
                    break;
            }

            return _stage != Stage.Done;
        }

        private static bool Equal(byte[] a, int aOffset, byte[] b, int bOffset)
        {
            for (int i = 0; i < Field.EncodedLength; i++)
            {
                if (a[aOffset + i] != b[bOffset + i])
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>
        /// Whether R is one of the eight points whose order divides 8. Only who has the secret makes such a signature that holds, and other
        /// verifiers refuse it: one signature must not be two things.
        /// </summary>
        private static bool HasSmallOrder(byte[] signature)
        {
            int last = Field.EncodedLength - 1;
            for (int point = 0; point < SmallOrder.Length; point += Field.EncodedLength)
            {
                int i = 0;
                while (i < last && signature[i] == SmallOrder[point + i])
                {
                    i++;
                }

                if (i == last && (signature[last] & 0x7F) == SmallOrder[point + last])
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>Loads S, which is canonical when it comes back as it was.</summary>
        private bool LoadS()
        {
            Array.Clear(_encodedS, 0, Scalar.WideLength);
            Array.Copy(_signature, Field.EncodedLength, _encodedS, 0, Scalar.EncodedLength);

            // Reduced mod L and written back: S below L comes back as it was, any other does not.
            Scalar.Load(_scalar, _encodedS, 0, _wide);
            Scalar.Store(_encodedS, 0, _scalar);
            if (!Equal(_encodedS, 0, _signature, Field.EncodedLength))
            {
                return false;
            }

            _comb.Load(_scalar);
            return true;
        }

        /// <summary>Refuses a key whose order divides 8: 8 A is then neutral.</summary>
        /// <remarks>8 A lies in the group of odd order L, where no other point has a zero x.</remarks>
        private bool CheckOrder()
        {
            _point.Set(_decoder.Point);

            // The cofactor is 8.
            _point.Double(3, false);
            _sha.Reset();
            _sha.Update(_signature, 0, Field.EncodedLength);
            _sha.Update(_publicKey, 0, Ed25519Key.PublicKeyLength);

            // R and A are half a block.
            _piece = Sha512.BlockLength / 2;
            return !Field.IsZero(_point.X);
        }

        /// <summary>k = SHA-512(R, A, message) mod L: one block in each slice.</summary>
        private void StepHash()
        {
            if (_left >= _piece)
            {
                _sha.Update(_message, _offset, _piece);
                _offset += _piece;
                _left -= _piece;
                _piece = Sha512.BlockLength;
                return;
            }

            _sha.Update(_message, _offset, _left);
            _sha.Pad();
            _stage = Stage.EndHash;
        }

        /// <summary>
        /// k as signed digits for the multiples of -A, which are begun: odd and of magnitude 15 at most or zero, each followed by four
        /// zeros or more; k is the sum of digit i times 2^i.
        /// </summary>
        private void Recode()
        {
            // Its 64 bytes end in zeros, so the window may read one byte behind the scalar.
            byte[] bits = _encodedS;
            Scalar.Store(bits, 0, _scalar);
            Array.Clear(_digits, 0, Places);
            int carry = 0;
            int place = 0;
            while (place < Places)
            {
                int window = ((bits[place >> 3] | (bits[(place >> 3) + 1] << 8)) >> (place & 7)) + carry;
                if ((window & 1) == 0)
                {
                    place++;
                    continue;
                }

                int digit = window & DigitMask;
                carry = digit >> (DigitBits - 1);
                _digits[place] = (sbyte)(digit - (carry << DigitBits));
                place += DigitBits;
            }

            // R = S B - k A: with -A everything is added.
            _decoder.Point.Negate();
            _multiples.Begin(_decoder.Point);
            _point.SetNeutral();
            _place = Places;
        }

        /// <summary>
        /// Doubles down to the next place where something is added, at most three times. Below place 8 the columns of the comb for S are
        /// added too.
        /// </summary>
        private void StepDouble()
        {
            int count = 0;
            do
            {
                _place--;
                count++;
            } while (count < SliceDoublings && _place >= BaseComb.Offsets && _digits[_place] == 0);

            bool hasDigit = _digits[_place] != 0;
            bool hasColumn = _place < BaseComb.Offsets;
            _point.Double(count, hasDigit || hasColumn);
            if (hasDigit)
            {
                _stage = Stage.AddMultiple;
            }
            else if (hasColumn)
            {
                _stage = Stage.AddUpper;
            }
        }
    }
}
