// SPDX-License-Identifier: MIT

namespace Lapel.Evidence
{
    /// <summary>Whose a new configuration is beside the one before: the first number of entry 11 (FORMAT.md 9.1).</summary>
    public enum AuthorityChange
    {
        /// <summary>The same authority signed both.</summary>
        Same = 0,

        /// <summary>The camera had none: it trusts the first one that it is given.</summary>
        First = 1,

        /// <summary>The authority before handed the camera over to another.</summary>
        HandedOver = 2,
    }
}
