// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Service
{
    /// <summary>The line that a person types: what is seen of it, and the keys that change it.</summary>
    /// <remarks>
    /// It is drawn with printable characters and backspaces alone, which every terminal understands. A line that is wider than the terminal
    /// is taken whole all the same, but what is changed in it shows in the wrong row.
    /// </remarks>
    public sealed class ConsoleEditor
    {
        // What a key may write beside the line itself: the names that Tab shows, and the prompt.
        private const int KeyRoom = 384;

        // Enter runs a command at once, whose first words are written without asking.
        private const int EnterRoom = 1024;

        private const int Chunk = 64;

        private static readonly byte[] Backspaces = Filled((byte)'\b');
        private static readonly byte[] Blanks = Filled((byte)' ');

        private readonly ServiceOutput _output;
        private readonly Console _console;
        private readonly KeyDecoder _keys = new KeyDecoder();
        private readonly LineHistory _history = new LineHistory();
        private readonly byte[] _line = new byte[LineSplitter.LongestLine];
        private int _count;
        private int _cursor;
        private bool _isTooLong;
        private bool _isMalformed;

        /// <summary>An editor of what is typed at the console.</summary>
        public ConsoleEditor(ServiceOutput output, Console console)
        {
            _output = output;
            _console = console;
        }

        /// <summary>Lines that were too long, since boot.</summary>
        public int LinesTooLong { get; private set; }

        /// <summary>Takes what was typed, as far as there is room to show it, and no further than the end of a line.</summary>
        /// <param name="buffer">Holds it.</param>
        /// <param name="offset">Where it begins.</param>
        /// <param name="count">Bytes; a line's end is the last of them.</param>
        /// <param name="nowUs">Monotonic microseconds.</param>
        /// <returns>Bytes taken.</returns>
        public int Take(byte[] buffer, int offset, int count, long nowUs)
        {
            for (int i = 0; i < count; i++)
            {
                byte b = buffer[offset + i];
                bool isPlain = b >= 0x20 && b < 0x7F && _cursor == _count;
                int room =
                    isPlain ? 1
                    : b == 13 || b == 10 ? EnterRoom
                    : 3 * _count + KeyRoom;

                // The longest line leaves no more than all of it.
                if (_output.Room < room && !_output.IsEmpty)
                {
                    return i;
                }

                Press(_keys.Next(b, nowUs), b, nowUs);
            }

            return count;
        }

        /// <summary>Forgets the line: what came after it in the same line was not typed.</summary>
        public void Forget()
        {
            _count = 0;
            _cursor = 0;
            _isTooLong = false;
            _isMalformed = false;
        }

        private static byte[] Filled(byte value)
        {
            byte[] bytes = new byte[Chunk];
            for (int i = 0; i < bytes.Length; i++)
            {
                bytes[i] = value;
            }

            return bytes;
        }

        private void Press(EditKey key, byte b, long nowUs)
        {
            switch (key)
            {
                case EditKey.Character:
                    Insert(b);
                    break;
                case EditKey.Enter:
                    Enter(nowUs);
                    break;
                case EditKey.Interrupt:
                    Forget();
                    _console.Interrupt();
                    break;
                case EditKey.Backspace:
                    Remove(_cursor - 1, _cursor);
                    break;
                case EditKey.Delete:
                    Remove(_cursor, _cursor + 1);
                    break;
                case EditKey.Left:
                    MoveTo(_cursor - 1);
                    break;
                case EditKey.Right:
                    MoveTo(_cursor + 1);
                    break;
                case EditKey.Home:
                    MoveTo(0);
                    break;
                case EditKey.End:
                    MoveTo(_count);
                    break;
                case EditKey.Older:
                case EditKey.Newer:
                    Recall(key);
                    break;
                case EditKey.KillBefore:
                    // A malformed line is taken back whole: what is wrong with it does not show.
                    _isMalformed = false;
                    Remove(0, _cursor);
                    break;
                case EditKey.KillBehind:
                    Remove(_cursor, _count);
                    break;
                case EditKey.KillWord:
                    Remove(WordBegin(), _cursor);
                    break;
                case EditKey.Complete:
                    Complete();
                    break;
                case EditKey.Redraw:
                    Redraw();
                    break;
                case EditKey.Noise:
                    _isMalformed = true;
                    break;
                default:
                    break;
            }
        }

        private void Enter(long nowUs)
        {
            int count = _count;
            bool isTooLong = _isTooLong;
            bool isMalformed = _isMalformed;
            Forget();
            if (isTooLong)
            {
                LinesTooLong++;
                _console.TooLong();
            }
            else if (isMalformed)
            {
                _console.Malformed();
            }
            else
            {
                _history.Add(_line, count);
                _console.Line(_line, 0, count, nowUs);
            }
        }

        private void Insert(byte b)
        {
            if (_isTooLong || _count == _line.Length)
            {
                // Not cut: what would be carried out was never typed.
                _isTooLong = true;
                return;
            }

            int behind = _count - _cursor;
            if (behind > 0)
            {
                Array.Copy(_line, _cursor, _line, _cursor + 1, behind);
            }

            _line[_cursor] = b;
            _output.Write(_line, _cursor, behind + 1);
            _cursor++;
            _count++;
            Write(Backspaces, behind);
        }

        private void Remove(int from, int to)
        {
            if (from < 0 || to > _count || from == to)
            {
                return;
            }

            MoveTo(from);
            int gone = to - from;
            int behind = _count - to;
            if (behind > 0)
            {
                Array.Copy(_line, to, _line, from, behind);
            }

            _count -= gone;
            _output.Write(_line, from, behind);
            Write(Blanks, gone);
            Write(Backspaces, behind + gone);
        }

        private void MoveTo(int place)
        {
            if (place < 0 || place > _count)
            {
                return;
            }

            if (place < _cursor)
            {
                Write(Backspaces, _cursor - place);
            }
            else
            {
                _output.Write(_line, _cursor, place - _cursor);
            }

            _cursor = place;
        }

        private int WordBegin()
        {
            int at = _cursor;
            while (at > 0 && _line[at - 1] == ' ')
            {
                at--;
            }

            while (at > 0 && _line[at - 1] != ' ')
            {
                at--;
            }

            return at;
        }

        private void Recall(EditKey key)
        {
            int before = _count;
            MoveTo(0);
            int count = key == EditKey.Older ? _history.Older(_line) : _history.Newer(_line);
            if (count < 0)
            {
                MoveTo(_count);
                return;
            }

            Forget();
            _count = count;
            MoveTo(count);
            Write(Blanks, before - count);
            Write(Backspaces, before - count);
        }

        private void Complete()
        {
            if (_isTooLong || _isMalformed)
            {
                return;
            }

            // What stands behind the cursor stays there: a word is completed from its beginning.
            string more = _console.Complete(_line, _cursor);
            int count = more.Length;
            bool hasBlank = count > 0 && more[count - 1] == ' ' && _cursor < _count && _line[_cursor] == ' ';
            Insert(more, hasBlank ? count - 1 : count);
            if (hasBlank)
            {
                MoveTo(_cursor + 1);
            }

            // Nothing to add: there are several, or none. They are shown, and the line again.
            if (count == 0 && _console.ShowMatches(_line, _cursor))
            {
                Redraw();
            }
        }

        private void Insert(string text, int count)
        {
            if (_count + count > _line.Length)
            {
                return;
            }

            int behind = _count - _cursor;
            if (behind > 0)
            {
                Array.Copy(_line, _cursor, _line, _cursor + count, behind);
            }

            for (int i = 0; i < count; i++)
            {
                _line[_cursor + i] = (byte)text[i];
            }

            // All at once: drawn character by character a long rest of the line would not find room.
            _output.Write(_line, _cursor, behind + count);
            _cursor += count;
            _count += count;
            Write(Backspaces, behind);
        }

        private void Redraw()
        {
            int cursor = _cursor;
            _output.EnsureLineStart();
            _output.Text(Console.Prompt);
            _cursor = 0;
            MoveTo(_count);
            MoveTo(cursor);
        }

        private void Write(byte[] filled, int count)
        {
            for (int left = count; left > 0; left -= Chunk)
            {
                _output.Write(filled, 0, left < Chunk ? left : Chunk);
            }
        }
    }
}
