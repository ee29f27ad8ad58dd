// SPDX-License-Identifier: MIT

using System.Text;

namespace Lapel.Service
{
    /// <summary>The lane for people: a prompt, a line, an answer that ends with OK or ERR (PROTOCOL.md 2).</summary>
    /// <remarks>One command at a time; a command that takes long goes on in steps, and any input ends one that runs until then.</remarks>
    public sealed class Console
    {
        /// <summary>Bytes of text that a step of a command may write.</summary>
        /// <remarks>
        /// A command writes without asking for room after every word, so it is called only when there is enough for a step.
        /// </remarks>
        public const int StepRoom = 512;

        /// <summary>Most words in a line.</summary>
        public const int MostWords = 16;

        // Steps of a command that SMP asked for: 0.1 s at most.
        private const int MostSteps = 64;

        /// <summary>What says that a line may be typed.</summary>
        public const string Prompt = "lapel> ";

        private readonly IServiceCamera _camera;
        private readonly ServiceOutput _output;
        private readonly ConsoleCommand[] _commands;
        private readonly string[] _words = new string[MostWords];

        // The command of the person at the port; one that SMP asks for is carried out beside it and never stored here.
        private ConsoleCommand _running;
        private ConsoleCall _call;

        /// <summary>A console.</summary>
        /// <param name="camera">The camera.</param>
        /// <param name="output">The port.</param>
        /// <param name="commands">Its commands, in the order of the help; help itself is added.</param>
        public Console(IServiceCamera camera, ServiceOutput output, ConsoleCommand[] commands)
        {
            _camera = camera;
            _output = output;
            _commands = new ConsoleCommand[commands.Length + 1];

            // Given the array before it is filled: help lists whatever will be in it, itself included.
            _commands[0] = new HelpCommand(_commands);
            for (int i = 0; i < commands.Length; i++)
            {
                _commands[i + 1] = commands[i];
            }
        }

        /// <summary>Whether a command is under way.</summary>
        public bool IsRunning
        {
            get { return _running != null; }
        }

        /// <summary>A line of text; only while no command is under way.</summary>
        /// <param name="buffer">Holds it.</param>
        /// <param name="offset">Where it begins.</param>
        /// <param name="count">Bytes, without its end.</param>
        /// <param name="nowUs">Monotonic microseconds.</param>
        public void Line(byte[] buffer, int offset, int count, long nowUs)
        {
            _output.EnsureLineStart();
            int words = Split(buffer, offset, count);
            if (words == 0)
            {
                _output.Text(Prompt);
            }
            else if (words < 0)
            {
                Malformed();
            }
            else
            {
                Run(Taken(words), _output, true, nowUs);
            }
        }

        /// <summary>A line was too long and was dropped.</summary>
        public void TooLong()
        {
            _output.EnsureLineStart();
            Refuse("a line of more than 512 bytes was dropped");
        }

        /// <summary>A line had bytes that no key sends.</summary>
        public void Malformed()
        {
            _output.EnsureLineStart();
            Refuse("a line has printable ASCII and at most 16 words");
        }

        /// <summary>Ctrl-C, or requests that must not wait any longer: the command under way ends.</summary>
        public void Interrupt()
        {
            if (_running != null)
            {
                Stop();
                return;
            }

            _output.EnsureLineStart();
            _output.Text(Prompt);
        }

        /// <summary>Something came in: a command that would go on for ever ends. Others are carried out first.</summary>
        public void Disturb()
        {
            if (_running != null && _call.EndsAtInput)
            {
                Stop();
            }
        }

        /// <summary>What Tab adds to a line: the rest of a command's name, as far as there is only one.</summary>
        public string Complete(byte[] line, int count)
        {
            string begun = Begun(line, count);
            string common = null;
            for (int i = 0; i < _commands.Length && begun != null; i++)
            {
                string name = _commands[i].Name;
                if (name.StartsWith(begun))
                {
                    common = common == null ? name + " " : Common(common, name + " ");
                }
            }

            return common == null ? "" : common.Substring(begun.Length);
        }

        /// <summary>Writes the names of the commands that begin as the line does.</summary>
        /// <returns>False when none does.</returns>
        public bool ShowMatches(byte[] line, int count)
        {
            string begun = Begun(line, count);
            bool any = false;
            for (int i = 0; i < _commands.Length && begun != null; i++)
            {
                if (!_commands[i].Name.StartsWith(begun))
                {
                    continue;
                }

                if (!any)
                {
                    _output.EnsureLineStart();
                }

                _output.Text(any ? " " + _commands[i].Name : _commands[i].Name);
                any = true;
            }

            return any;
        }

        /// <summary>Goes on with the command under way, and with the prompt after it.</summary>
        /// <returns>True when it wrote something or ended.</returns>
        public bool Step(long nowUs)
        {
            // While the line has not taken the last lines yet a long command waits: nothing of its text is lost, and the loop goes on.
            if (_running == null || _output.Room < StepRoom)
            {
                return false;
            }

            int room = _output.Room;
            _call.NowUs = nowUs;
            _running.Step(_call);

            // Kept: ending forgets the call.
            bool ended = _call.IsDone;
            if (ended)
            {
                End();
            }

            return ended || _output.Room != room;
        }

        /// <summary>Carries out a command at once, as SMP's shell group asks.</summary>
        /// <param name="words">The command and its arguments.</param>
        /// <param name="output">Where its text goes.</param>
        /// <param name="nowUs">Monotonic microseconds.</param>
        /// <returns>0, or what <see cref="ExitCode"/> says.</returns>
        public int Execute(string[] words, TextOutput output, long nowUs)
        {
            if (words.Length == 0)
            {
                return ExitCode.Empty;
            }

            ConsoleCommand command = Find(words[0]);
            if (command == null)
            {
                output.Line(words[0] + ": command not found");
                return ExitCode.Unknown;
            }

            // A command remembers how far it is: it cannot do so twice.
            if (command == _running)
            {
                Stop();
            }

            ConsoleCall call = MakeCall(words, output, false);
            call.NowUs = nowUs;
            command.Begin(call);

            // SMP wants its answer in this request: what takes longer, or writes more, has failed there and is for the console.
            for (int steps = 0; steps < MostSteps && !call.IsDone && output.Room >= StepRoom; steps++)
            {
                command.Step(call);
            }

            if (!call.IsDone)
            {
                // It may hold a file or a run of tests: whoever does not finish lets go.
                command.Abandon();
            }

            return call.HasFailed || !call.IsDone ? ExitCode.Failed : ExitCode.Done;
        }

        private void Run(string[] words, TextOutput output, bool mayLast, long nowUs)
        {
            ConsoleCommand command = Find(words[0]);
            _call = MakeCall(words, output, mayLast);
            _call.NowUs = nowUs;
            if (command == null)
            {
                _call.Fail(ErrorCode.Unknown, "no command " + Printable.Quote(words[0]) + "; help lists them");
                End();
                return;
            }

            _running = command;

            // Running before it begins: what Begin has not ended, Step goes on with.
            command.Begin(_call);
            if (_call.IsDone)
            {
                End();
            }
        }

        private ConsoleCall MakeCall(string[] words, TextOutput output, bool mayLast)
        {
            // Taken off here, so that no command has to know of it.
            bool json = words.Length > 1 && words[words.Length - 1] == "-j";
            if (!json)
            {
                return new ConsoleCall(_camera, words, false, output, mayLast);
            }

            string[] others = new string[words.Length - 1];
            for (int i = 0; i < others.Length; i++)
            {
                others[i] = words[i];
            }

            return new ConsoleCall(_camera, others, true, output, mayLast);
        }

        private void Stop()
        {
            _running.Abandon();

            // JSON is closed where it stands: what was written of it stays one object in one line.
            if (!_call.Report.IsJson)
            {
                _output.EnsureLineStart();
            }

            _call.Fail(ErrorCode.Interrupted, "by input");
            End();
        }

        private void End()
        {
            _running = null;
            _call = null;
            _output.Text(Prompt);
        }

        private void Refuse(string why)
        {
            _output.Line("ERR " + ErrorCode.Malformed + " " + why);
            _output.Text(Prompt);
        }

        private ConsoleCommand Find(string name)
        {
            if (name == "?")
            {
                name = HelpCommand.Word;
            }

            for (int i = 0; i < _commands.Length; i++)
            {
                if (_commands[i].Name == name)
                {
                    return _commands[i];
                }
            }

            return null;
        }

        // The beginning of a command's name, of which Tab makes the rest; null when the line is past that.
        private static string Begun(byte[] line, int count)
        {
            string begun = count == 0 ? "" : Encoding.UTF8.GetString(line, 0, count);
            if (begun.StartsWith(HelpCommand.Word + " "))
            {
                begun = begun.Substring(HelpCommand.Word.Length + 1);
            }

            return begun.IndexOf(' ') < 0 ? begun : null;
        }

        private static string Common(string a, string b)
        {
            int count = 0;
            while (count < a.Length && count < b.Length && a[count] == b[count])
            {
                count++;
            }

            return a.Substring(0, count);
        }

        // Words of a line, apart by spaces; negative when it is malformed.
        private int Split(byte[] buffer, int offset, int count)
        {
            int words = 0;
            int end = offset + count;
            int at = offset;
            while (at < end)
            {
                if (buffer[at] == ' ')
                {
                    at++;
                    continue;
                }

                int begin = at;
                while (at < end && buffer[at] != ' ')
                {
                    // Strict: a control character could rewrite what the terminal shows of the answer.
                    if (buffer[at] < 0x20 || buffer[at] > 0x7E)
                    {
                        return -1;
                    }

                    at++;
                }

                if (words == MostWords)
                {
                    return -1;
                }

                _words[words++] = Encoding.UTF8.GetString(buffer, begin, at - begin);
            }

            return words;
        }

        private string[] Taken(int words)
        {
            string[] taken = new string[words];
            for (int i = 0; i < words; i++)
            {
                taken[i] = _words[i];
            }

            return taken;
        }
    }
}
