// SPDX-License-Identifier: MIT

namespace Lapel.Service
{
    /// <summary>The camera's figures by name. A name is `group.figure`; those of a group stand together.</summary>
    public static class StatisticsNames
    {
        /// <summary>Value of a figure; 0 when there is none of that name.</summary>
        public static long Value(IServiceCamera camera, string name)
        {
            for (int i = 0; i < camera.Figures; i++)
            {
                if (camera.FigureName(i) == name)
                {
                    return camera.Figure(i);
                }
            }

            return 0;
        }

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
