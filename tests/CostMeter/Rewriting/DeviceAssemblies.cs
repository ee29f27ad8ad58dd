// SPDX-License-Identifier: MIT

using System.Collections.Generic;

namespace Lapel.CostMeter.Rewriting;

/// <summary>The assemblies that run as IL on the device.</summary>
public static class DeviceAssemblies
{
    public static IReadOnlyList<string> Names { get; } =
    [
        "Lapel.Hal",
        "Lapel.Hal.Natives",
        "Lapel.Hal.Esp32",
        "Lapel.Crypto",
        "Lapel.Evidence",
        "Lapel.Custody",
        "Lapel.Recorder",
        "Lapel.Service",
        "Lapel.App",
    ];
}
