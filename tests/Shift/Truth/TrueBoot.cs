// SPDX-License-Identifier: MIT

using System.Collections.Generic;
using System.Linq;
using Lapel.Hal.Virtual;

namespace Lapel.Shift.Tests
{
    /// <summary>From power to no power.</summary>
    internal sealed class TrueBoot
    {
        public required int Index { get; init; }

        /// <summary>Virtual time of the power's coming, microseconds.</summary>
        public required long FromUs { get; init; }

        public long ToUs { get; set; } = long.MaxValue;

        public BootEnd End { get; set; }

        /// <summary>The number that the firmware gave it; 0 when it did not come so far.</summary>
        public long Number { get; set; }

        /// <summary>Monotonic time when it was first seen to have that number, milliseconds.</summary>
        public long NumberedMs { get; set; }

        /// <summary>What the chip took.</summary>
        public required MegaLog Sensor { get; init; }

        /// <summary>Spans in which the module gave nothing, was gone, or spoilt pictures; monotonic milliseconds.</summary>
        /// <summary>When it was first seen to be ready, monotonic milliseconds; <see cref="long.MaxValue"/> when it never was.</summary>
        public long ReadyMs { get; set; } = long.MaxValue;

        public List<Span> SensorOut { get; } = [];

        public List<Span> CardOut { get; } = [];

        /// <summary>Spans in which sectors of the card could not be read.</summary>
        public List<Span> Unreadable { get; } = [];

        /// <summary>Spans in which the card stalled now and then.</summary>
        public List<Span> Stalls { get; } = [];

        /// <summary>Whether lights and tones are to stay off.</summary>
        public bool IsCovert { get; set; }

        /// <summary>Times that a light or a tone came on.</summary>
        public int Lights { get; set; }

        public long Ms(long us) => (us - FromUs) / 1000;

        public long Us(long ms) => FromUs + ms * 1000;

        public long EndMs => ToUs == long.MaxValue ? long.MaxValue : Ms(ToUs);

        public bool StallsAt(long fromMs, long toMs) => Stalls.Any(s => s.Meets(fromMs, toMs));
    }
}
