// SPDX-License-Identifier: MIT

namespace System.IO.Ports
{
    /// <summary>Parity, with the values of nanoFramework's System.IO.Ports.</summary>
    public enum Parity
    {
        /// <summary>None.</summary>
        None = 0,

        /// <summary>Odd.</summary>
        Odd = 1,

        /// <summary>Even.</summary>
        Even = 2,
    }
}
