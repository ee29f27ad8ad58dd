// SPDX-License-Identifier: MIT

namespace Lapel.App
{
    /// <summary>
    /// What was thrown. The numbers are those of entries 32 and 33 of the audit log (FORMAT.md 9.1). A message is never kept: it may say
    /// what nobody else is to know.
    /// </summary>
    public enum Thrown
    {
        /// <summary>Something else.</summary>
        Other = 0,

        /// <summary>No memory was left, managed or native.</summary>
        OutOfMemory = 1,

        /// <summary>An input or output failed.</summary>
        InputOutput = 2,

        /// <summary>An operation that the state does not allow.</summary>
        InvalidOperation = 3,

        /// <summary>An argument that is not allowed.</summary>
        Argument = 4,

        /// <summary>Something took too long.</summary>
        Timeout = 5,

        /// <summary>A reference to nothing.</summary>
        NullReference = 6,

        /// <summary>An index out of its range.</summary>
        IndexOutOfRange = 7,

        /// <summary>An operation that does not exist here.</summary>
        NotSupported = 8,
    }
}
