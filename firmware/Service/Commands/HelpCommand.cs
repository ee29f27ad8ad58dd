// SPDX-License-Identifier: MIT

namespace Lapel.Service
{
    /// <summary>help: a line for each command; help COMMAND: what one takes.</summary>
    public sealed class HelpCommand : ConsoleCommand
    {
        /// <summary>Its name; a question mark is the same.</summary>
        public const string Word = "help";

        // The longest command with its arguments.
        private const int Column = 24;

        private readonly ConsoleCommand[] _commands;
        private int _next;

        /// <summary>Help for these commands; the array may be filled later.</summary>
        public HelpCommand(ConsoleCommand[] commands)
            : base(Word, "[COMMAND]", "these lines, or what one command takes; any command takes -j as its last word for one line of JSON")
        {
            _commands = commands;
        }

        /// <inheritdoc/>
        public override void Begin(ConsoleCall call)
        {
            if (call.Count > 1)
            {
                call.Fail(ErrorCode.Usage, "help takes one command");
            }
            else if (call.Count == 1)
            {
                ShowOne(call, call.Argument(0));
            }
            else
            {
                _next = 0;
                call.Report.BeginList("commands");
            }
        }

        /// <inheritdoc/>
        public override void Step(ConsoleCall call)
        {
            ConsoleCommand command = _commands[_next++];
            call.Report.BeginRow();
            call.Report.Field("command", Usage(command), Column);
            call.Report.Field("summary", command.Summary);
            call.Report.EndRow();
            if (_next < _commands.Length)
            {
                return;
            }

            call.Report.EndList();
            call.Ok();
        }

        private static string Usage(ConsoleCommand command)
        {
            return command.Arguments.Length == 0 ? command.Name : command.Name + " " + command.Arguments;
        }

        private void ShowOne(ConsoleCall call, string name)
        {
            for (int i = 0; i < _commands.Length; i++)
            {
                ConsoleCommand command = _commands[i];
                if (command.Name != name)
                {
                    continue;
                }

                call.Report.Field("command", Usage(command));
                call.Report.Field("summary", command.Summary);
                if (command.Example.Length > 0)
                {
                    call.Report.Field("example", command.Example);
                }

                call.Ok();
                return;
            }

            call.Fail(ErrorCode.Unknown, "no command " + Printable.Quote(name) + "; help lists them");
        }
    }
}
