// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.IO.Ports;
using System.Linq;

namespace Lapel.Link
{
    /// <summary>The serial ports of this machine.</summary>
    public static class SerialPorts
    {
        /// <summary>Ports to which a camera can be connected, in order of their names.</summary>
        public static IReadOnlyList<string> Names() =>
            [.. SerialPort.GetPortNames().Distinct(StringComparer.Ordinal).Where(IsLikely).Order(StringComparer.Ordinal)];

        /// <summary>Leaves out the fixed ports of a PC board, of which Linux names 32 whether they are there or not.</summary>
        private static bool IsLikely(string name) => !name.StartsWith("/dev/ttyS", StringComparison.Ordinal);
    }
}
