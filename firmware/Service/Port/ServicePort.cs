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

        // Most bytes read in a step.
        private const int MostBytes = 256;

        // Room for the first words of a command, which are written without asking.
        private const int CommandRoom = 1024;

        // A client that has its answer asks again at once, or as soon as a bridge hands it on. Until then the loop stays awake: a sleep
        // would keep each request waiting for 10 ms.
        private const long TalkUs = 50000;

        // How long requests wait behind a command of somebody's: a client gives an answer a second or two.
        private const long PatienceUs = 250000;

        // A line of SMP comes without a pause. What has begun and does not go on is what a client left that was killed.
        private const long PartUs = 2000000;

        private readonly ILink _link;
        private readonly LineSplitter _lines = new LineSplitter();
        private readonly Console _console;
        private readonly ISmpLane _smp;
        private readonly ServiceOutput _output;
        private readonly ConsoleEditor _editor;
        private long _pollUs;
        private long _receivedUs;
        private long _talkUntilUs;
        private long _patientUntilUs;
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
            _editor = new ConsoleEditor(output, console);
        }

        /// <summary>Lines taken since boot.</summary>
        public int Lines { get; private set; }

        /// <summary>Lines of text among them that were too long and dropped.</summary>
        public int LinesTooLong
        {
            get { return _editor.LinesTooLong; }
        }

        /// <summary>Bytes received since boot.</summary>
        public long Received { get; private set; }

        /// <summary>Whether <see cref="Step"/> looks at the line: each 5 ms while nothing comes.</summary>
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

            bool worked = Receive(nowUs);
            if (_lines.HasPending && TakeNext(nowUs))
            {
                worked = true;
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

            if (_console.IsRunning || _patientUntilUs != 0)
            {
                KeepPatience(nowUs);
            }

            if (_smp != null && _smp.IsBusy)
            {
                _talkUntilUs = nowUs + TalkUs;
            }

            if (!worked && nowUs < _talkUntilUs)
            {
                return true;
            }

            if (!worked)
            {
                // Only after a turn in which nothing moved: a line under way is read as fast as it comes.
                _pollUs = nowUs + PollUs;
            }

            return worked;
        }

        // Answers stand in lines of their own. Text for people ends its line in every step; an object of JSON is one long line.
        private bool IsLineTaken
        {
            get { return _console.IsRunning && !_output.IsAtLineStart; }
        }

        private bool StepSmp(long nowUs)
        {
            return _smp != null && !(IsLineTaken && _smp.IsBusy) && _smp.Step(nowUs);
        }

        // Commands are carried out in the order in which they came, each to its end; but a client of SMP is answered within a second. One
        // whose request or answer waits behind them ends them after a while, each with an error.
        private void KeepPatience(long nowUs)
        {
            bool waits = _smp != null && ((IsLineTaken && _smp.IsBusy) || (_lines.IsTextNext() && _lines.HasMarkBehind));
            if (!waits)
            {
                _patientUntilUs = 0;
            }
            else if (_patientUntilUs == 0)
            {
                _patientUntilUs = nowUs + PatienceUs;
            }
            else if (nowUs >= _patientUntilUs && _console.IsRunning)
            {
                _console.Interrupt();
            }
        }

        private bool Receive(long nowUs)
        {
            int count = _link.Available;
            if (count == 0)
            {
                if (_lines.HasPending && nowUs - _receivedUs > PartUs)
                {
                    _lines.ForgetPart();
                }

                return false;
            }

            if (count > MostBytes)
            {
                count = MostBytes;
            }

            // What waits is taken first: the transmitter's ring keeps the rest.
            if (count > _lines.Room)
            {
                _lines.MakeRoom();
                count = count > _lines.Room ? _lines.Room : count;
            }

            if (count == 0)
            {
                return false;
            }

            if (nowUs - _receivedUs > PartUs)
            {
                _lines.ForgetPart();
            }

            _receivedUs = nowUs;
            count = _link.Read(_lines.Buffer, _lines.End, count);
            Received += count;

            // A line feed behind a carriage return is no input of its own: it must not end the command that the return has just begun.
            bool isInput = _lines.Added(count);
            if (!isInput || !_console.IsRunning)
            {
                return true;
            }

            if (_lines.TakeControlC())
            {
                _console.Interrupt();
            }
            else
            {
                _console.Disturb();
            }

            return true;
        }

        // One line a step: a command may be long. Text waits until the command before it has ended.
        private bool TakeNext(long nowUs)
        {
            if (_lines.IsTextNext() && (_console.IsRunning || (_output.Room < CommandRoom && !_output.IsEmpty)))
            {
                return false;
            }

            switch (_lines.Next())
            {
                case LineEnd.Text:
                    TakeText(nowUs);
                    return true;
                case LineEnd.Smp:
                    Lines += _lines.IsLineEnd ? 1 : 0;

                    // Noise before a mark does not cost the packet: what stands before it in the line is dropped.
                    _editor.Forget();
                    if (_smp != null)
                    {
                        _smp.Line(_lines.Buffer, _lines.LineBegin, _lines.LineCount, nowUs / 1000);
                    }

                    return true;
                default:
                    return false;
            }
        }

        private void TakeText(long nowUs)
        {
            int count = _lines.LineCount;
            byte last = _lines.Buffer[_lines.LineBegin + count - 1];
            int taken = _editor.Take(_lines.Buffer, _lines.LineBegin, count, nowUs);
            _lines.GiveBack(count - taken);
            if (taken < count || (last != 10 && last != 13))
            {
                return;
            }

            Lines++;
            if (_smp != null)
            {
                // Text counts as a sign of life too: a technician who only uses the console keeps his role.
                _smp.Heard(nowUs);
            }
        }
    }
}
