// SPDX-License-Identifier: MIT

namespace Lapel.Hal.Virtual
{
    /// <summary>What can be wrong with the simulated chip; each may be switched at any time.</summary>
    public sealed class MegaFaults
    {
        /// <summary>No module on the connector: the bus reads 0xFF.</summary>
        public bool Absent { get; set; }

        /// <summary>The idle bits never come again.</summary>
        public bool StuckBusy { get; set; }

        /// <summary>The done flag never comes.</summary>
        public bool NeverDone { get; set; }

        /// <summary>Every capture ends with length 0.</summary>
        public bool ZeroLength { get; set; }

        /// <summary>One capture in this many ends with an impossible length, drawn from the chip's seed; 0 for none.</summary>
        public int BadCaptureOneIn { get; set; }

        /// <summary>This many of the next captures end with an impossible length.</summary>
        public int BadCapturesNext { get; set; }
    }
}
