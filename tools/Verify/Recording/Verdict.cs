// SPDX-License-Identifier: MIT

namespace Lapel.Verify
{
    /// <summary>The verdicts of FORMAT.md section 5.</summary>
    public enum Verdict
    {
        Authentic,
        PartsMissing,
        NotSigned,
        NotAuthentic,
    }
}
