// SPDX-License-Identifier: MIT

namespace Lapel.Service
{
    /// <summary>
    /// What a person sees of what is typed: printable characters are echoed, backspace takes one back, Ctrl-C forgets the line. Lines of
    /// SMP are left alone and not echoed.
    /// </summary>
    public sealed class ConsoleEditor
    {
        private const byte Backspace = 0x08;
        private const byte Delete = 0x7F;
        private const byte ControlC = 0x03;

        private readonly LineSplitter _lines;
        private readonly ServiceOutput _output;
        private readonly Console _console;
        private readonly byte[] _echo = new byte[LineSplitter.LongestLine];
        private int _echoed;

        /// <summary>An editor of the line that comes in.</summary>
        public ConsoleEditor(LineSplitter lines, ServiceOutput output, Console console)
        {
            _lines = lines;
            _output = output;
            _console = console;
        }

        /// <summary>Edits the bytes of the buffer from here to its end.</summary>
        /// <returns>Whether there was more than the second half of a line end.</returns>
        public bool Edit(int from)
        {
            int begin = _lines.PendingBegin;
            int end = _lines.End;
            byte[] bytes = _lines.Buffer;
            bool more = end - from > 1 || (end > from && bytes[from] != 10);

            // A packet that was echoed would double the traffic and confuse a client that reads its own words back.
            if (_lines.IsSkipping || _lines.HasMarkByte(begin, end - begin))
            {
                return more;
            }

            int kept = from;
            _echoed = 0;
            for (int at = from; at < end; at++)
            {
                byte b = bytes[at];
                if (b == Backspace || b == Delete)
                {
                    // Only what was echoed can be taken back on the screen.
                    if (kept > begin && IsPrintable(bytes[kept - 1]))
                    {
                        kept = TakeBack(kept);
                    }
                }
                else if (b == ControlC)
                {
                    // The line is forgotten, not carried out; a command under way ends with it.
                    kept = begin;
                    Flush();
                    _console.Interrupt();
                }
                else
                {
                    bytes[kept++] = b;
                    Echo(b);
                    if (b == 10 || b == 13)
                    {
                        begin = kept;
                    }
                }
            }

            Flush();

            // Edited in place, shorter or the same: the splitter never sees what was taken back.
            if (kept < end)
            {
                _lines.Cut(kept);
            }

            return more;
        }

        private static bool IsPrintable(byte b)
        {
            return b >= 0x20 && b <= 0x7E;
        }

        private int TakeBack(int kept)
        {
            Flush();

            // Back, a space over it, back again: what every terminal understands.
            _output.Text("\b \b");
            return kept - 1;
        }

        private void Echo(byte b)
        {
            if (IsPrintable(b) && _echoed < _echo.Length)
            {
                _echo[_echoed++] = b;
            }
        }

        private void Flush()
        {
            _output.Write(_echo, 0, _echoed);
            _echoed = 0;
        }
    }
}
