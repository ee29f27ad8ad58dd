// SPDX-License-Identifier: MIT

using Lapel.Service;

namespace Lapel.App
{
    /// <summary>The self-test that was asked for at the port.</summary>
    public sealed class SelfTestTask : ILoopTask
    {
        private readonly SelfTest _selfTest;

        /// <summary>The task of these parts.</summary>
        public SelfTestTask(SelfTest selfTest)
        {
            _selfTest = selfTest;
        }

        /// <inheritdoc/>
        public string Name
        {
            get { return "self-test"; }
        }

        /// <inheritdoc/>
        public bool IsDue(long nowUs)
        {
            return _selfTest.IsRunning;
        }

        /// <inheritdoc/>
        public bool Step(long nowUs)
        {
            return _selfTest.Step(nowUs);
        }
    }
}
