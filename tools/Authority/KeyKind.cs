// SPDX-License-Identifier: MIT

namespace Lapel.Authority
{
    /// <summary>Whose Ed25519 key it is. A file of one kind is refused where another is meant.</summary>
    public enum KeyKind
    {
        /// <summary>Signs configurations and orders.</summary>
        Authority,

        /// <summary>Logs in at cameras.</summary>
        Station,

        /// <summary>Signs receipts.</summary>
        Archive,
    }
}
