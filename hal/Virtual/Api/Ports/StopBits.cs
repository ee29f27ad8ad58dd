// SPDX-License-Identifier: MIT

namespace System.IO.Ports
{
    /// <summary>Stop bits, with the values of nanoFramework's System.IO.Ports.</summary>
    public enum StopBits
    {
        /// <summary>One.</summary>
        One = 1,

        /// <summary>Two.</summary>
        Two = 2,

        /// <summary>One and a half.</summary>
        OnePointFive = 3,
    }
}
