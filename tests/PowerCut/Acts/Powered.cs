// SPDX-License-Identifier: MIT

using System;
using Lapel.Hal.Virtual;
using Lapel.Link.Tests;
using Lapel.Recorder;
using Camera = Lapel.VirtualCamera.VirtualCamera;

namespace Lapel.PowerCut
{
    /// <summary>The whole camera with a cable, from its boot until the power goes.</summary>
    internal static class Powered
    {
        private const long LongestUs = 120_000_000;
        private const double SpareSeconds = 1;

        /// <summary>
        /// Boots until it would record, or cannot; then something is done with it. Returns what is wrong with that, or null.
        /// </summary>
        public static string? Run(
            MemoryMedium card,
            MemoryMedium flash,
            int seed,
            Func<Camera, CablePort, string?> use,
            Action<Camera>? prepare = null
        )
        {
            using Camera camera = Camera.Open(Shift.Options(seed), card, flash);
            prepare?.Invoke(camera);
            while (
                camera.NowUs < LongestUs
                && camera.Firmware.State is not (RecorderState.Buffering or RecorderState.CardFull or RecorderState.Fault)
            )
            {
                camera.Step();
            }

            if (camera.NowUs >= LongestUs)
            {
                return "the camera does not come up: " + camera.Firmware.State;
            }

            var port = new CablePort(camera);
            port.Advance(TimeSpan.FromSeconds(SpareSeconds));
            return use(camera, port);
        }
    }
}
