// SPDX-License-Identifier: MIT

namespace Lapel.Shift.Tests
{
    /// <summary>How a power-on ended.</summary>
    internal enum BootEnd
    {
        Running,
        Cut,
        SwitchedOff,
        Restarted,
    }
}
