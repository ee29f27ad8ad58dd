// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;

namespace Lapel.VirtualCamera.Scripts
{
    /// <summary>A number of the status that a script can name.</summary>
    /// <param name="Name">Its one spelling.</param>
    /// <param name="Of">Its value.</param>
    public sealed record StatusFigure(string Name, Func<CameraStatus, double> Of)
    {
        /// <summary>All figures.</summary>
        public static IReadOnlyList<StatusFigure> All { get; } =
            new StatusFigure[]
            {
                new("frames", status => status.Frames),
                new("drops", status => status.Drops),
                new("recordings", status => status.Recordings),
                new("markers", status => status.Markers),
                new("slots", status => status.SlotsFree),
                new("battery", status => status.BatteryMillivolts),
                new("pre-event", status => status.PreEventSeconds),
            };
    }
}
