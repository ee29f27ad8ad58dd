// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Hal.Virtual.Nano
{
    /// <summary>nanoFramework's DateTime as far as the drivers use it: same ticks as .NET, but from 1601 on and always UTC.</summary>
    public readonly struct DateTime
    {
        private static readonly long MinTicks = new System.DateTime(1601, 1, 1).Ticks;

        /// <summary>A moment.</summary>
        /// <exception cref="ArgumentOutOfRangeException">Before 1601.</exception>
        public DateTime(long ticks)
        {
            if (ticks < MinTicks)
            {
                throw new ArgumentOutOfRangeException(nameof(ticks));
            }

            Ticks = ticks;
        }

        /// <summary>The real-time clock of the current machine.</summary>
        public static DateTime UtcNow => new DateTime(VirtualMachine.Current.Clock.UtcTicks);

        /// <summary>100 ns since year 1.</summary>
        public long Ticks { get; }
    }
}
