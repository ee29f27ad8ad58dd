// SPDX-License-Identifier: MIT

namespace Lapel.Shift.Tests
{
    /// <summary>A span of a boot's monotonic time, milliseconds.</summary>
    internal sealed class Span(long fromMs)
    {
        public long FromMs { get; } = fromMs;

        public long ToMs { get; set; } = long.MaxValue;

        /// <summary>Whether nothing at all comes meanwhile, so that it is noticed.</summary>
        public bool IsHard { get; init; }

        public bool Meets(long fromMs, long toMs) => FromMs <= toMs && ToMs >= fromMs;
    }
}
