// SPDX-License-Identifier: MIT

namespace Lapel.Service
{
    /// <summary>The camera's figures by name. A name is `group.figure`; those of a group stand together.</summary>
    public static class StatisticsNames
    {
        /// <summary>Whether a figure belongs to a group.</summary>
        public static bool IsOf(string figure, string group)
        {
            return figure.Length > group.Length + 1 && figure[group.Length] == '.' && figure.StartsWith(group);
        }

        /// <summary>Group of a figure.</summary>
        public static string Group(string figure)
        {
            return figure.Substring(0, figure.IndexOf('.'));
        }
    }
}
