// SPDX-License-Identifier: MIT

using System;

namespace Lapel.WholeCamera.Tests
{
    /// <summary>A lithium cell at one temperature: what its datasheet says of it, and assumptions that are named.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Celsius">Temperature.</param>
    /// <param name="MilliampHours">What it gives at this temperature.</param>
    /// <param name="Milliohms">Resistance to a step of load at this temperature.</param>
    /// <param name="Curve">Open-circuit millivolts over what is left, 0, 10 ... 100 %.</param>
    internal sealed record Cell(string Name, int Celsius, double MilliampHours, double Milliohms, int[] Curve)
    {
        // Open-circuit voltage at 0, 10 ... 100 % of the charge. Our own numbers for the shape that cobalt and nickel cells have: no
        // datasheet prints it.
        private static readonly int[] Cobalt = [2850, 3590, 3680, 3730, 3770, 3800, 3850, 3920, 3990, 4080, 4190];
        private static readonly int[] Nickel = [2600, 3230, 3400, 3500, 3570, 3640, 3720, 3820, 3920, 4040, 4180];

        // A step of load meets more than the resistance at 1 kHz, and more in the cold. Assumed: no datasheet states it.
        private const double Step = 1.5;
        private const double StepAtZero = 3;
        private const double StepBelow = 6;

        /// <summary>Three cells at three temperatures.</summary>
        /// <remarks>
        /// GP603450L95, GP Batteries, issue of 27 February 2002: 964, 822 and 776 mAh at 20, 0 and -20 C, 190 mA to 2.8 V; under 120
        /// milliohm. INR18650-15L, Samsung SDI, version of 21 March: 1,450 mAh, 100, 80 and 60 % at 25, 0 and -20 C; at most 30 milliohm.
        /// INR18650-35E, Samsung SDI: 3,500 mAh at 520 mA to 2.75 V, at most 100 milliohm; its column for the cold could not be read, the
        /// first cell's ratios stand in.
        /// </remarks>
        public static Cell[] All { get; } =
        [
            new("GP603450L95", 20, 964, 120 * Step, Cobalt),
            new("GP603450L95", 0, 822, 120 * StepAtZero, Cobalt),
            new("GP603450L95", -20, 776, 120 * StepBelow, Cobalt),
            new("INR18650-15L", 25, 1450, 30 * Step, Nickel),
            new("INR18650-15L", 0, 1450 * 0.80, 30 * StepAtZero, Nickel),
            new("INR18650-15L", -20, 1450 * 0.60, 30 * StepBelow, Nickel),
            new("INR18650-35E", 25, 3500, 100 * Step, Nickel),
            new("INR18650-35E", 0, 3500 * 0.85, 100 * StepAtZero, Nickel),
            new("INR18650-35E", -20, 3500 * 0.80, 100 * StepBelow, Nickel),
        ];

        /// <summary>Open-circuit millivolts with so much left.</summary>
        /// <param name="left">0 to 1; below, the curve goes on falling.</param>
        public double Open(double left)
        {
            double at = Math.Min(left * 10, 10 - 1e-9);
            int below = Math.Clamp((int)Math.Floor(at), 0, 9);
            return Curve[below] + (at - below) * (Curve[below + 1] - Curve[below]);
        }

        public override string ToString() => $"{Name} at {Celsius} C";
    }
}
