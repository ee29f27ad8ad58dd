// SPDX-License-Identifier: MIT

using System;

namespace nanoFramework.Runtime.Native
{
    /// <summary>nanoFramework's statement about itself, as far as it is used: no runtime runs here, and it says so.</summary>
    public static class SystemInfo
    {
        /// <summary>The runtime's version: none.</summary>
        public static Version Version => new(0, 0, 0, 0);

        /// <summary>What the runtime was built for.</summary>
        public static string TargetName => "virtual";
    }
}
