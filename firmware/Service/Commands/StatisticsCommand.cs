// SPDX-License-Identifier: MIT

namespace Lapel.Service
{
    /// <summary>A command that shows the figures of a group: rec, card, bat.</summary>
    public sealed class StatisticsCommand : ConsoleCommand
    {
        private readonly string _prefix;
        private int _next;

        /// <summary>The command.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="group">The group, as the names of statistics begin: recorder, card, battery, link.</param>
        /// <param name="summary">What it does.</param>
        public StatisticsCommand(string name, string group, string summary)
            : base(name, "", summary)
        {
            _prefix = group + ".";
        }

        /// <inheritdoc/>
        public override void Begin(ConsoleCall call)
        {
            if (call.TakesNothing())
            {
                _next = 0;
            }
        }

        /// <inheritdoc/>
        public override void Step(ConsoleCall call)
        {
            while (_next < call.Camera.Figures)
            {
                string name = call.Camera.FigureName(_next);
                long value = call.Camera.Figure(_next++);
                if (!name.StartsWith(_prefix))
                {
                    continue;
                }

                call.Report.Field(name.Substring(_prefix.Length), value);
                return;
            }

            call.Ok();
        }
    }
}
