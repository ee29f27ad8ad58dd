// SPDX-License-Identifier: MIT

namespace Lapel.Shift.Tests
{
    /// <summary>How long a shift is, how much is recorded in it and how much goes wrong. Each kind of fault comes in both.</summary>
    internal sealed record ShiftSize
    {
        /// <summary>A whole shift.</summary>
        public static readonly ShiftSize Whole = new()
        {
            Hours = 12,
            Recordings = 60,
            LengthPercent = 100,
            CardMegabytes = 124,
            Visits = [4, 8],
            VisitSpread = 0.25,
            SensorFaults = 6,
            CardStalls = 6,
            Pulls = 2,
            CutsAtRest = 3,
            SensorFaultsAtRest = 3,
            LeastReceipts = 50,
            LeastReusedSlots = 20,
            LeastLogged = 500,
        };

        /// <summary>Two and a half hours with a smaller card, so that its slots are used again.</summary>
        public static readonly ShiftSize Sample = new()
        {
            Hours = 2.5,
            Recordings = 16,
            LengthPercent = 80,
            CardMegabytes = 42,
            Visits = [1.0],
            VisitSpread = 0.05,
            SensorFaults = 3,
            AreSensorFaultsInTurn = true,
            CardStalls = 2,
            Pulls = 1,
            CutsAtRest = 1,
            SensorFaultsAtRest = 1,
            LeastReceipts = 10,
            LeastReusedSlots = 3,
            LeastLogged = 100,
        };

        public required double Hours { get; init; }

        public required int Recordings { get; init; }

        /// <summary>Length of the recordings, percent of that in a whole shift.</summary>
        public required int LengthPercent { get; init; }

        public required int CardMegabytes { get; init; }

        /// <summary>Hours of the dock visits but the last, which ends the shift.</summary>
        public required double[] Visits { get; init; }

        /// <summary>By how much a visit may come sooner or later, hours.</summary>
        public required double VisitSpread { get; init; }

        public required int SensorFaults { get; init; }

        /// <summary>Whether each kind of sensor fault comes in its turn; else they are drawn, and few may be of one kind.</summary>
        public bool AreSensorFaultsInTurn { get; init; }

        public required int CardStalls { get; init; }

        public required int Pulls { get; init; }

        public required int CutsAtRest { get; init; }

        public required int SensorFaultsAtRest { get; init; }

        /// <summary>Receipts, slots used again and things found in the log: fewer would show nothing.</summary>
        public required int LeastReceipts { get; init; }

        public required int LeastReusedSlots { get; init; }

        public required int LeastLogged { get; init; }
    }
}
