// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Verify.Tests
{
    /// <summary>On what a forgery is tried.</summary>
    [Flags]
    internal enum Place
    {
        /// <summary>A card with clear recordings.</summary>
        Clear = 1,

        /// <summary>A card with sealed recordings.</summary>
        Sealed = 2,

        /// <summary>A card whose last recording the next boot closed after a power cut.</summary>
        Cut = 4,

        /// <summary>A store of two cameras, of which the first is attacked.</summary>
        Store = 8,

        /// <summary>Any card.</summary>
        Cards = Clear | Sealed | Cut,

        /// <summary>Everything.</summary>
        All = Cards | Store,
    }
}
