// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Hal.Virtual
{
    /// <summary>The power went. Not an I/O error: nothing in the firmware may catch it, whoever runs the board does.</summary>
    public sealed class PowerCutException : Exception
    {
        /// <summary>The power went, and where.</summary>
        public PowerCutException(string where)
            : base("power cut " + where) { }
    }
}
