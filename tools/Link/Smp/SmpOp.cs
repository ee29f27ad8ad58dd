// SPDX-License-Identifier: MIT

namespace Lapel.Link
{
    /// <summary>What an SMP message does.</summary>
    public enum SmpOp
    {
        /// <summary>Asks for something.</summary>
        Read = 0,

        /// <summary>Answers that.</summary>
        ReadResponse = 1,

        /// <summary>Changes something.</summary>
        Write = 2,

        /// <summary>Answers that.</summary>
        WriteResponse = 3,
    }
}
