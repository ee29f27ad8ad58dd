// SPDX-License-Identifier: MIT

namespace Lapel.Service
{
    /// <summary>help: a line for each command.</summary>
    public sealed class HelpCommand : ConsoleCommand
    {
        // The longest command with its arguments.
        private const int Column = 24;

        private readonly ConsoleCommand[] _commands;
        private int _next;

        /// <summary>Help for these commands; the array may be filled later.</summary>
        public HelpCommand(ConsoleCommand[] commands)
            : base("help", "", "these lines; any command takes -j as its last word and answers with one line of JSON")
        {
            _commands = commands;
        }

        /// <inheritdoc/>
        public override void Begin(ConsoleCall call)
        {
            if (!call.TakesNothing())
            {
                return;
            }

            _next = 0;
            call.Report.BeginList("commands");
        }

        /// <inheritdoc/>
        public override void Step(ConsoleCall call)
        {
            ConsoleCommand command = _commands[_next++];
            call.Report.BeginRow();
            string usage = command.Arguments.Length == 0 ? command.Name : command.Name + " " + command.Arguments;
            call.Report.Field("command", usage, Column);
            call.Report.Field("summary", command.Summary);
            call.Report.EndRow();
            if (_next < _commands.Length)
            {
                return;
            }

            call.Report.EndList();
            call.Ok();
        }
    }
}
