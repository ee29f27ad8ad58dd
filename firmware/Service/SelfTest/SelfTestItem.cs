// SPDX-License-Identifier: MIT

namespace Lapel.Service
{
    /// <summary>One test of the self-test, carried out in steps that are short and never make a picture late.</summary>
    public abstract class SelfTestItem
    {
        /// <summary>A test.</summary>
        /// <param name="name">One lower case word.</param>
        protected SelfTestItem(string name)
        {
            Name = name;
            Detail = "";
        }

        /// <summary>Its name.</summary>
        public string Name { get; }

        /// <summary>How it came out.</summary>
        public SelfTestOutcome Outcome { get; private set; }

        /// <summary>What was found, with figures.</summary>
        public string Detail { get; private set; }

        /// <summary>Begins it anew.</summary>
        /// <param name="camera">The camera.</param>
        /// <param name="nowUs">Monotonic microseconds.</param>
        public void Start(IServiceCamera camera, long nowUs)
        {
            Outcome = SelfTestOutcome.None;
            Detail = "";
            Begin(camera, nowUs);
        }

        /// <summary>One step; called until <see cref="Outcome"/> says something.</summary>
        public abstract void Step(IServiceCamera camera, long nowUs);

        /// <summary>Lets go of whatever it holds; called when it ends, whatever came of it.</summary>
        public virtual void End(IServiceCamera camera) { }

        /// <summary>It cannot be tested now.</summary>
        public void Skip(string why)
        {
            Decide(SelfTestOutcome.Skip, why);
        }

        /// <summary>Begins it.</summary>
        protected abstract void Begin(IServiceCamera camera, long nowUs);

        /// <summary>It holds.</summary>
        protected void Pass(string detail)
        {
            Decide(SelfTestOutcome.Pass, detail);
        }

        /// <summary>It does not hold.</summary>
        protected void Fail(string detail)
        {
            Decide(SelfTestOutcome.Fail, detail);
        }

        private void Decide(SelfTestOutcome outcome, string detail)
        {
            Outcome = outcome;
            Detail = detail;
        }
    }
}
