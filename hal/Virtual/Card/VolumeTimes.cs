// SPDX-License-Identifier: MIT

namespace Lapel.Hal.Virtual
{
    /// <summary>What the operations of a volume cost, microseconds unless said otherwise.</summary>
    public sealed class VolumeTimes
    {
        /// <summary>Each read, write, seek and look-up.</summary>
        public long PerOperation { get; set; } = 1_000;

        /// <summary>Bytes a second written.</summary>
        public long WriteRate { get; set; } = 400_000;

        /// <summary>Bytes a second read.</summary>
        public long ReadRate { get; set; } = 800_000;

        /// <summary>Least time of an open.</summary>
        public long OpenLeast { get; set; } = 90_000;

        /// <summary>Greatest time of an open.</summary>
        public long OpenMost { get; set; } = 140_000;

        /// <summary>Least time of a close.</summary>
        public long CloseLeast { get; set; } = 30_000;

        /// <summary>Greatest time of a close.</summary>
        public long CloseMost { get; set; } = 75_000;

        /// <summary>Allocating a cluster in SetLength.</summary>
        public long PerCluster { get; set; } = 50;

        /// <summary>How long a stall lasts.</summary>
        public long Stall { get; set; } = 300_000;

        /// <summary>Writes from one stall to the next; 0 for none.</summary>
        public int StallEvery { get; set; }

        /// <summary>Average writes from one stall to the next, drawn from the volume's seed; 0 for none.</summary>
        public int StallOneIn { get; set; }

        /// <summary>Times of the internal flash: no card, no FAT.</summary>
        public static VolumeTimes OfFlash() =>
            new VolumeTimes
            {
                WriteRate = 100_000,
                ReadRate = 2_000_000,
                OpenLeast = 2_000,
                OpenMost = 4_000,
                CloseLeast = 5_000,
                CloseMost = 20_000,
                PerCluster = 0,
            };

        /// <summary>Nothing costs anything: for tests of content only.</summary>
        public static VolumeTimes None() =>
            new VolumeTimes
            {
                PerOperation = 0,
                WriteRate = 0,
                ReadRate = 0,
                OpenLeast = 0,
                OpenMost = 0,
                CloseLeast = 0,
                CloseMost = 0,
                PerCluster = 0,
                Stall = 0,
            };
    }
}
