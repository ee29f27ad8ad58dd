// SPDX-License-Identifier: MIT

namespace Lapel.Service
{
    /// <summary>One command being carried out: its arguments, and what it reports.</summary>
    public sealed class ConsoleCall
    {
        private readonly string[] _arguments;

        /// <summary>A call.</summary>
        /// <param name="camera">The camera.</param>
        /// <param name="arguments">The command and its arguments.</param>
        /// <param name="json">Whether the report is JSON.</param>
        /// <param name="output">Where it goes.</param>
        /// <param name="mayLast">Whether the command may go on over many steps; a command of SMP must be done at once.</param>
        public ConsoleCall(IServiceCamera camera, string[] arguments, bool json, TextOutput output, bool mayLast)
        {
            Camera = camera;
            _arguments = arguments;
            MayLast = mayLast;
            Output = output;
            Report = new Report(output, json);
        }

        /// <summary>The camera.</summary>
        public IServiceCamera Camera { get; }

        /// <summary>What the command reports.</summary>
        public Report Report { get; }

        /// <summary>Where it goes.</summary>
        public TextOutput Output { get; }

        /// <summary>Whether the command may go on over many steps.</summary>
        public bool MayLast { get; }

        /// <summary>Arguments behind the command.</summary>
        public int Count
        {
            get { return _arguments.Length - 1; }
        }

        /// <summary>Monotonic microseconds of this step.</summary>
        public long NowUs { get; set; }

        /// <summary>Whether it goes on until anything comes in; other commands are carried out before what comes in is looked at.</summary>
        public bool EndsAtInput { get; set; }

        /// <summary>Whether it has ended.</summary>
        public bool IsDone { get; private set; }

        /// <summary>Whether it has ended without success.</summary>
        public bool HasFailed { get; private set; }

        /// <summary>An argument.</summary>
        /// <param name="index">From 0, the first one behind the command.</param>
        public string Argument(int index)
        {
            return _arguments[index + 1];
        }

        /// <summary>It was carried out.</summary>
        public void Ok()
        {
            Report.Ok();
            IsDone = true;
        }

        /// <summary>It was not carried out.</summary>
        /// <param name="code">One lower case word: see PROTOCOL.md 2.</param>
        /// <param name="text">What was wrong.</param>
        public void Fail(string code, string text)
        {
            Report.Fail(code, text);
            HasFailed = true;
            IsDone = true;
        }

        /// <summary>It takes no arguments: fails it when there are some.</summary>
        /// <returns>Whether it goes on.</returns>
        public bool TakesNothing()
        {
            if (Count == 0)
            {
                return true;
            }

            Fail(ErrorCode.Usage, _arguments[0] + " takes no argument, and there is " + Printable.Quote(Argument(0)));
            return false;
        }
    }
}
