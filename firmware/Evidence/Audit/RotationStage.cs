// SPDX-License-Identifier: MIT

namespace Lapel.Evidence
{
    /// <summary>How far a change of the device's key is: the first number of entry 27 (FORMAT.md 9.1).</summary>
    public enum RotationStage
    {
        /// <summary>It was ordered; the key in force stays until the boot ends.</summary>
        Ordered = 0,

        /// <summary>A new key is in force.</summary>
        InForce = 1,
    }
}
