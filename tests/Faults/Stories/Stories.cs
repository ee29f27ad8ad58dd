// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Linq;
using Lapel.Hal;
using Lapel.Hal.Virtual;
using Lapel.Recorder;
using Camera = Lapel.VirtualCamera.VirtualCamera;

namespace Lapel.Faults
{
    /// <summary>The parts of the shift, and what a finger does.</summary>
    internal static class Stories
    {
        /// <summary>All of them, in the order of a shift.</summary>
        public static IReadOnlyList<IStory> All { get; } = [new FirstBootStory(), new RecordingStory(), new SyncStory(), new SetUpStory()];

        public static IStory Find(string name) => All.First(s => s.Name == name);

        /// <summary>Turns of the loop for so long.</summary>
        public static void Go(Camera camera, double seconds) => camera.RunUntil(camera.NowUs + (long)(seconds * 1e6));

        /// <summary>Turns until the camera records or would, for so long at most.</summary>
        public static void Up(Camera camera, double seconds)
        {
            long end = camera.NowUs + (long)(seconds * 1e6);
            while (
                camera.NowUs < end
                && !camera.IsUnmade
                && camera.Firmware.State is not (RecorderState.Buffering or RecorderState.Recording)
            )
            {
                camera.Step();
            }
        }

        public static void Tap(Camera camera, Button button, double seconds)
        {
            if (camera.IsUnmade)
            {
                Go(camera, seconds);
                return;
            }

            camera.Press(button);
            Go(camera, seconds);

            // It may have restarted, or be about to.
            if (!camera.IsUnmade)
            {
                camera.Release(button);
            }
        }

        public static void Start(Camera camera)
        {
            Tap(camera, Button.Record, 0.1);
            Go(camera, 0.15);
            Tap(camera, Button.Record, 0.1);
        }

        public static void Stop(Camera camera) => Tap(camera, Button.Record, 3.3);
    }
}
