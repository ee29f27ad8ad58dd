// SPDX-License-Identifier: MIT

namespace Lapel.Service
{
    /// <summary>
    /// Makes keys of bytes: control characters, and the sequences that terminals send for arrows and their like (ECMA-48, VT100, xterm,
    /// rxvt and the Linux console).
    /// </summary>
    /// <remarks>Bounded: a sequence is taken byte by byte, nothing of it is kept but a number, and none changes a line.</remarks>
    public sealed class KeyDecoder
    {
        private const byte Escape = 0x1B;

        // An escape by itself is a key that means nothing here. What comes later than this was not sent with it; the loop may have looked
        // away for 0.3 s in between, while a card stalled.
        private const long SequenceUs = 500000;

        // Longest sequence of any terminal is far shorter: what goes on is none, and is text again.
        private const int LongestSequence = 32;

        private const int Ground = 0;
        private const int AfterEscape = 1;
        private const int InSequence = 2;
        private const int AfterO = 3;

        // By control character, 0 to 31. NUL comes when a cable is put in, XON and XOFF from a terminal's flow control: none is a key.
        private static readonly byte[] Controls =
        {
            (byte)EditKey.None,
            (byte)EditKey.Home,
            (byte)EditKey.Left,
            (byte)EditKey.Interrupt,
            (byte)EditKey.None,
            (byte)EditKey.End,
            (byte)EditKey.Right,
            (byte)EditKey.Noise,
            (byte)EditKey.Backspace,
            (byte)EditKey.Complete,
            (byte)EditKey.Enter,
            (byte)EditKey.KillBehind,
            (byte)EditKey.Redraw,
            (byte)EditKey.Enter,
            (byte)EditKey.Newer,
            (byte)EditKey.Noise,
            (byte)EditKey.Older,
            (byte)EditKey.None,
            (byte)EditKey.Noise,
            (byte)EditKey.None,
            (byte)EditKey.Noise,
            (byte)EditKey.KillBefore,
            (byte)EditKey.Noise,
            (byte)EditKey.KillWord,
            (byte)EditKey.Noise,
            (byte)EditKey.Noise,
            (byte)EditKey.Noise,
            (byte)EditKey.None,
            (byte)EditKey.Noise,
            (byte)EditKey.Noise,
            (byte)EditKey.Noise,
            (byte)EditKey.Noise,
        };

        private int _state;
        private int _number;
        private int _bytes;
        private bool _otherNumber;
        private long _beganUs;

        /// <summary>Takes a byte.</summary>
        /// <param name="b">The byte.</param>
        /// <param name="nowUs">Monotonic microseconds.</param>
        /// <returns>The key that ends with it; None when none does.</returns>
        public EditKey Next(byte b, long nowUs)
        {
            if (_state != Ground && (nowUs - _beganUs > SequenceUs || ++_bytes > LongestSequence))
            {
                _state = Ground;
            }

            if (b == Escape)
            {
                _state = AfterEscape;
                _bytes = 0;
                _beganUs = nowUs;
                return EditKey.None;
            }

            // A control character ends a sequence that has not ended: Enter is Enter, whatever came before.
            if (b < 0x20)
            {
                _state = Ground;
                return (EditKey)Controls[b];
            }

            switch (_state)
            {
                case AfterEscape:
                    return Begin(b);
                case InSequence:
                    return GoOn(b);
                case AfterO:
                    _state = Ground;
                    return Final(b);
                default:
                    return b < 0x7F ? EditKey.Character
                        : b == 0x7F ? EditKey.Backspace
                        : EditKey.Noise;
            }
        }

        private EditKey Begin(byte b)
        {
            _number = 0;
            _otherNumber = false;
            _state =
                b == '[' ? InSequence
                : b == 'O' ? AfterO
                : Ground;
            return EditKey.None;
        }

        private EditKey GoOn(byte b)
        {
            // The Linux console's function keys are ESC [ [ A.
            if (b == '[' && _bytes == 2)
            {
                _state = AfterO;
                return EditKey.None;
            }

            if (b >= 0x20 && b < 0x40)
            {
                // Only the first number tells the keys apart; what modifiers were held is passed over.
                _otherNumber |= b < '0' || b > '9';
                if (!_otherNumber && _number < 1000)
                {
                    _number = _number * 10 + b - '0';
                }

                return EditKey.None;
            }

            _state = Ground;
            return b == '~' ? Numbered() : Final(b);
        }

        private static EditKey Final(byte b)
        {
            switch (b)
            {
                case (byte)'A':
                    return EditKey.Older;
                case (byte)'B':
                    return EditKey.Newer;
                case (byte)'C':
                    return EditKey.Right;
                case (byte)'D':
                    return EditKey.Left;
                case (byte)'H':
                    return EditKey.Home;
                case (byte)'F':
                    return EditKey.End;
                default:
                    return EditKey.None;
            }
        }

        private EditKey Numbered()
        {
            switch (_number)
            {
                case 1:
                case 7:
                    return EditKey.Home;
                case 4:
                case 8:
                    return EditKey.End;
                case 3:
                    return EditKey.Delete;
                default:
                    return EditKey.None;
            }
        }
    }
}
