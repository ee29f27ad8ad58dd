// SPDX-License-Identifier: MIT

namespace Lapel.Service
{
    /// <summary>Figures of a camera by name.</summary>
    public static class StatisticsLookup
    {
        /// <summary>The value, or 0 when there is no such figure.</summary>
        public static long Of(IServiceCamera camera, string name)
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
    }
}
