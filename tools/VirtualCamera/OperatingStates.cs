// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;

namespace Lapel.VirtualCamera
{
    /// <summary>The one spelling of each state, in status lines and in scripts.</summary>
    public static class OperatingStates
    {
        private static readonly Dictionary<OperatingState, string> Names = new()
        {
            [OperatingState.Off] = "off",
            [OperatingState.Booting] = "booting",
            [OperatingState.Buffering] = "buffering",
            [OperatingState.Recording] = "recording",
            [OperatingState.Closing] = "closing",
            [OperatingState.CardFull] = "card-full",
            [OperatingState.Fault] = "fault",
        };

        /// <summary>All names, in the order of the states.</summary>
        public static IEnumerable<string> All => Names.Values;

        /// <summary>The name of a state.</summary>
        public static string Name(this OperatingState state)
        {
            return Names[state];
        }

        /// <summary>The state of a name; null when there is none of that name.</summary>
        public static OperatingState? Parse(string name)
        {
            foreach ((OperatingState state, string known) in Names)
            {
                if (known.Equals(name, StringComparison.Ordinal))
                {
                    return state;
                }
            }

            return null;
        }
    }
}
