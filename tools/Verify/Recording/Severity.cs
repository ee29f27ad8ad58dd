// SPDX-License-Identifier: MIT

namespace Lapel.Verify
{
    /// <summary>What a finding means for the verdict.</summary>
    public enum Severity
    {
        /// <summary>Worth knowing; changes nothing.</summary>
        Note,

        /// <summary>Odd, but no sign that evidence was changed.</summary>
        Warning,

        /// <summary>A part is not there or not signed.</summary>
        Missing,

        /// <summary>Something disagrees: not authentic.</summary>
        Error,
    }
}
