// SPDX-License-Identifier: MIT

using Lapel.Custody;
using Lapel.Hal.Esp32;

namespace Lapel.App
{
    /// <summary>The device's entry point: the reference board, the default configuration, the loop.</summary>
    public static class Program
    {
        /// <summary>Never returns.</summary>
        public static void Main()
        {
            new Camera(new ReferenceBoard(), new CameraConfiguration()).Run();
        }
    }
}
