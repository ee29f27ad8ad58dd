namespace Lapel.Service
{
    /// <summary>
    /// What a person sees of what is typed: printable characters are echoed, backspace takes one back, Ctrl-C forgets the line. Lines of SMP are left alone and not echoed.
    /// </summary>
    public sealed class ConsoleEditor
    {
        private const byte Backspace = 0x08;
        private const byte Delete = 0x7F;
        private const byte ControlC = 0x03;

        private readonly LineSplitter _lines;
        private readonly ServiceOutput _output;
        private readonly byte[] _echo = new byte[LineSplitter.LongestLine];
        private int _echoed;
        private bool _interrupted;

        /// <summary>An editor of the line that comes in.</summary>
        public ConsoleEditor(LineSplitter lines, ServiceOutput output)
        {
            _lines = lines;
            _output = output;
        }

        /// <summary>Whether Ctrl-C was typed since the last call.</summary>
        public bool TakeInterrupt()
        {
            bool interrupted = _interrupted;
            _interrupted = false;
            return interrupted;
        }

        /// <summary>Edits the bytes of the buffer from here to its end.</summary>
        public void Edit(int from)
        {
            int begin = _lines.PendingBegin;
            int end = _lines.End;
            if (_lines.IsSkipping || _lines.HasMarkByte(begin, end - begin)) return;
            byte[] bytes = _lines.Buffer;
            int kept = from;
            _echoed = 0;
            for (int at = from; at < end; at++)
            {
                byte b = bytes[at];
                if (b == Backspace || b == Delete)
                {
                    if (kept > begin && IsPrintable(bytes[kept - 1])) kept = TakeBack(kept);
                }
                else if (b == ControlC)
                {
                    kept = begin;
                    _interrupted = true;
                    Flush();
                }
                else
                {
                    bytes[kept++] = b;
                    Echo(b);
                    if (b == 10 || b == 13) begin = kept;
                }
            }

            Flush();
            if (kept < end) _lines.Cut(kept);
        }

        private static bool IsPrintable(byte b)
        {
            return b >= 0x20 && b <= 0x7E;
        }

        private int TakeBack(int kept)
        {
            Flush();
            _output.Text("\b \b");
            return kept - 1;
        }

        private void Echo(byte b)
        {
            if (IsPrintable(b) && _echoed < _echo.Length) _echo[_echoed++] = b;
        }

        private void Flush()
        {
            _output.Write(_echo, 0, _echoed);
            _echoed = 0;
        }
    }
}
