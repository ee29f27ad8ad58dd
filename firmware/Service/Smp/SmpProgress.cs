// SPDX-License-Identifier: MIT

namespace Lapel.Service
{
    /// <summary>How far the handling of a request got.</summary>
    public enum SmpProgress
    {
        /// <summary>The answer is written.</summary>
        Answered = 0,

        /// <summary>More steps are needed before it is.</summary>
        Continues = 1,

        /// <summary>The bulk lane will answer, behind its frames.</summary>
        Queued = 2,
    }
}
