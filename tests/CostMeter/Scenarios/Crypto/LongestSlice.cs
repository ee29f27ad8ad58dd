// SPDX-License-Identifier: MIT

using System.Collections.Generic;

namespace Lapel.CostMeter.Scenarios;

/// <summary>Finds the dearest of many slices: the first pass measures each, the second stops just before it.</summary>
public static class LongestSlice
{
    /// <summary>How many slices come before the dearest.</summary>
    /// <param name="slices">A run that yields after each slice.</param>
    public static int Before(IEnumerable<bool> slices)
    {
        int index = 0,
            dearest = 0;
        double most = -1;
        Counts before = Counts.Now();
        foreach (bool _ in slices)
        {
            Counts now = Counts.Now();
            double price = Pricing.Processor(now.Since(before));
            if (price > most)
            {
                (most, dearest) = (price, index);
            }

            index++;
            before = Counts.Now();
        }
        return dearest;
    }
}
