// SPDX-License-Identifier: MIT

using Lapel.Hal;

namespace Lapel.Service
{
    /// <summary>
    /// The service port: reads the link, tells the lanes apart (PROTOCOL.md 1), hands each line to its lane. A step costs next to nothing
    /// while nobody talks.
    /// </summary>
    public sealed class ServicePort
    {
        // Nobody notices 5 ms, and a turn of the loop that finds nothing stays cheap.
        private const long PollUs = 5000;

        // Most bytes taken in a step: a person's are looked at one by one, about 40 instructions each.
        private const int MostBytes = 256;

        private readonly ILink _link;
        private readonly LineSplitter _lines = new LineSplitter();
        private readonly Console _console;
        private readonly ISmpLane _smp;
        private readonly ServiceOutput _output;
        private readonly ConsoleEditor _editor;
        private long _pollUs;
        private bool _linesWait;
        private bool _consoleFirst;

        /// <summary>The port.</summary>
        /// <param name="link">The link.</param>
        /// <param name="output">Output to it.</param>
        /// <param name="console">The lane for people.</param>
        /// <param name="smp">The lanes for machines; null when there are none.</param>
        public ServicePort(ILink link, ServiceOutput output, Console console, ISmpLane smp)
        {
            _link = link;
            _output = output;
            _console = console;
            _smp = smp;
            _editor = new ConsoleEditor(_lines, output, console);
        }

        /// <summary>Lines taken since boot.</summary>
        public int Lines { get; private set; }

        /// <summary>Lines of them that were too long and dropped.</summary>
        public int LinesTooLong { get; private set; }

        /// <summary>Bytes received since boot.</summary>
        public long Received { get; private set; }

        /// <summary>Whether <see cref="Step"/> looks at the line: each 2 ms while nothing comes.</summary>
        /// <param name="nowUs">Monotonic microseconds.</param>
        public bool IsDue(long nowUs)
        {
            return nowUs >= _pollUs;
        }

        /// <summary>One step, one card operation at most. True when it worked and wants another soon.</summary>
        /// <param name="nowUs">Monotonic microseconds.</param>
        /// <returns>True when it worked and wants another soon.</returns>
        public bool Step(long nowUs)
        {
            if (nowUs < _pollUs)
            {
                return false;
            }

            // Lines that are in the buffer first: reading on would push them together and in the end drop them.
            bool worked = _linesWait;
            if (!_linesWait)
            {
                worked = Receive();
            }

            if (worked)
            {
                TakeLine(nowUs);
            }

            // Each may use the card: they have their turn one after the other when both are at work.
            _consoleFirst = !_consoleFirst;
            if (_consoleFirst ? _console.Step(nowUs) || StepSmp(nowUs) : StepSmp(nowUs) || _console.Step(nowUs))
            {
                worked = true;
            }

            if (_output.Step())
            {
                worked = true;
            }

            if (!worked)
            {
                // Only after a turn in which nothing moved: a line under way is read as fast as it comes.
                _pollUs = nowUs + PollUs;
            }

            return worked;
        }

        private bool StepSmp(long nowUs)
        {
            return _smp != null && _smp.Step(nowUs);
        }

        private bool Receive()
        {
            int count = _link.Available;
            if (count == 0)
            {
                return false;
            }

            if (count > MostBytes)
            {
                count = MostBytes;
            }

            if (count > _lines.Room)
            {
                count = _lines.Room;
            }

            int from = _lines.End;
            count = _link.Read(_lines.Buffer, from, count);
            _lines.Added(count);
            Received += count;

            // A line feed behind a carriage return is no input of its own: it must not end the command that the return has just begun.
            if (_editor.Edit(from))
            {
                _console.Disturb();
            }

            _linesWait = true;
            return true;
        }

        // One line a step: a command may be long.
        private void TakeLine(long nowUs)
        {
            LineEnd end = _lines.Next();
            _linesWait = end != LineEnd.None;
            if (!_linesWait)
            {
                return;
            }

            Lines++;
            if (end == LineEnd.Smp && _smp != null)
            {
                _smp.Line(_lines.Buffer, _lines.LineBegin, _lines.LineCount, nowUs / 1000);
                return;
            }

            if (end == LineEnd.TooLong)
            {
                LinesTooLong++;
                _console.TooLong();
            }
            else if (end == LineEnd.Text)
            {
                if (_smp != null)
                {
                    // Text counts as a sign of life too: a technician who only uses the console keeps his role.
                    _smp.Heard(nowUs);
                }

                _console.Line(_lines.Buffer, _lines.LineBegin, _lines.LineCount, nowUs);
            }
        }
    }
}
