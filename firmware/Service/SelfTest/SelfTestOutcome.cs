// SPDX-License-Identifier: MIT

namespace Lapel.Service
{
    /// <summary>How a test of the self-test came out.</summary>
    public enum SelfTestOutcome
    {
        /// <summary>Still running, or not begun.</summary>
        None = 0,

        /// <summary>It holds.</summary>
        Pass = 1,

        /// <summary>It does not.</summary>
        Fail = 2,

        /// <summary>It could not be tested now.</summary>
        Skip = 3,
    }
}
