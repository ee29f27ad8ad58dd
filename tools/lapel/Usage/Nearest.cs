// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;

namespace Lapel.Cli
{
    /// <summary>Finds the name that was meant by a mistyped one.</summary>
    internal static class Nearest
    {
        /// <summary>The nearest name; null when none is near enough to be meant.</summary>
        public static string? Of(string typed, IEnumerable<string> names)
        {
            string? nearest = null;
            int least = int.MaxValue;
            string word = typed.ToLowerInvariant();
            foreach (string name in names)
            {
                // A beginning is as good as one slip: "stat" means status.
                int distance = word.TrimStart('-').Length > 1 && name.StartsWith(word, StringComparison.Ordinal) ? 1 : Slips(word, name);
                if (distance < least && distance <= MostSlips(word))
                {
                    (nearest, least) = (name, distance);
                }
            }

            return nearest;
        }

        // One slip in a short word, one more for every four letters: "rnu" means run, "fly" means nothing.
        private static int MostSlips(string word) => 1 + word.TrimStart('-').Length / 4;

        /// <summary>Letters to add, drop, change, or swap with their neighbour (optimal string alignment distance).</summary>
        private static int Slips(string a, string b)
        {
            var slips = new int[a.Length + 1, b.Length + 1];
            for (int i = 0; i <= a.Length; i++)
            {
                for (int j = 0; j <= b.Length; j++)
                {
                    if (i == 0 || j == 0)
                    {
                        slips[i, j] = i + j;
                        continue;
                    }

                    int change = slips[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                    slips[i, j] = Math.Min(change, 1 + Math.Min(slips[i - 1, j], slips[i, j - 1]));
                    if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    {
                        slips[i, j] = Math.Min(slips[i, j], 1 + slips[i - 2, j - 2]);
                    }
                }
            }

            return slips[a.Length, b.Length];
        }
    }
}
