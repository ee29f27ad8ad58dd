// SPDX-License-Identifier: MIT

namespace Lapel.Image.Tests
{
    internal static class ConfigurationText
    {
        /// <summary>A configuration of three assemblies.</summary>
        public const string Good = """
            {
              "board": { "name": "B", "description": "a board", "platform": "esp32", "target": "T" },
              "runtime": { "minimumVersion": "1.2.3.4", "reason": "none" },
              "serial": { "flashBaud": 921600, "consoleBaud": 115200 },
              "deployment": {
                "address": "0x1B0000",
                "sizeKiB": 4,
                "application": "Three",
                "buildId": "States",
                "assemblies": ["One", "States", "Three"]
              }
            }
            """;
    }
}
