// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Linq;
using Lapel.Hal;

namespace Lapel.Shift.Tests
{
    /// <summary>What the officer means to do in a shift, drawn from a seed: recordings between the dock visits.</summary>
    internal sealed class Plan
    {
        /// <summary>Kept free of recordings from a visit's beginning on, hours.</summary>
        private const double VisitHours = 0.4;

        public Plan(ShiftSize size, Random random, long fromUs)
        {
            Visits = [.. size.Visits.Select(hour => hour + (random.NextDouble() * 2 - 1) * size.VisitSpread), size.Hours - 0.5];
            var starts = new List<double>();
            while (starts.Count < size.Recordings)
            {
                double at = 0.03 + random.NextDouble() * (Visits[^1] - 0.4);
                if (!Visits.Any(v => at > v - 0.2 && at < v + VisitHours))
                {
                    starts.Add(at);
                }
            }

            starts.Sort();
            foreach (double at in starts)
            {
                Planned.Add(Draw(random, fromUs + (long)(at * 3600e6), size.LengthPercent));
            }
        }

        /// <summary>Hours of the shift at which the camera is put into the dock; the last ends it.</summary>
        public double[] Visits { get; }

        public List<PlannedRecording> Planned { get; } = [];

        private static PlannedRecording Draw(Random random, long atUs, int lengthPercent)
        {
            int kind = random.Next(20);
            double seconds =
                kind < 10 ? 4 + random.NextDouble() * 50
                : kind < 17 ? 60 + random.NextDouble() * 180
                : 300 + random.NextDouble() * 500;
            seconds *= lengthPercent / 100.0;
            var planned = new PlannedRecording
            {
                AtUs = atUs,
                DurationUs = (long)(seconds * 1e6),
                Blind = random.Next(3) == 0,
                WithEvent = random.Next(2) == 0,
            };
            double last = 0;
            for (int n = random.Next(6); n > 0; n--)
            {
                double at = last + 1.2 + random.NextDouble() * seconds / 3;
                bool record = random.Next(2) == 0;
                double held =
                    record ? 0.09
                    : random.Next(4) == 0 ? 3.5
                    : 0.05 + random.NextDouble();
                if (at + held + 0.5 > seconds)
                {
                    break;
                }

                planned.Markers.Add(((long)(at * 1e6), record ? Button.Record : Button.Event, (long)(held * 1e6)));
                last = at + held;
            }

            return planned;
        }
    }
}
