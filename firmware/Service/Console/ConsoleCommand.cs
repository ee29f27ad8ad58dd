// SPDX-License-Identifier: MIT

namespace Lapel.Service
{
    /// <summary>A command of the console.</summary>
    public abstract class ConsoleCommand
    {
        /// <summary>A command.</summary>
        /// <param name="name">Its name, lower case.</param>
        /// <param name="arguments">Its arguments, for help; empty when there are none.</param>
        /// <param name="summary">What it does, for help: one line.</param>
        protected ConsoleCommand(string name, string arguments, string summary)
        {
            Name = name;
            Arguments = arguments;
            Summary = summary;
        }

        /// <summary>Its name.</summary>
        public string Name { get; }

        /// <summary>Its arguments.</summary>
        public string Arguments { get; }

        /// <summary>What it does.</summary>
        public string Summary { get; }

        /// <summary>A line that can be typed as it stands, for help; empty when its name alone is one.</summary>
        public virtual string Example
        {
            get { return ""; }
        }

        /// <summary>Begins it; most commands end here.</summary>
        public abstract void Begin(ConsoleCall call);

        /// <summary>
        /// Goes on with it; called while it has not ended and there is room for <see cref="Console.StepRoom"/> bytes of text.
        /// </summary>
        public virtual void Step(ConsoleCall call) { }

        /// <summary>It is not wanted any more: lets go of whatever it holds.</summary>
        public virtual void Abandon() { }
    }
}
