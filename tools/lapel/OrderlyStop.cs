// SPDX-License-Identifier: MIT

using Lapel.Hal;
using Lapel.VirtualCamera;
using Lapel.VirtualCamera.Scripts;

namespace Lapel.Cli
{
    /// <summary>Leaves the camera as an officer leaves it at the end of a shift: not recording, everything on the card.</summary>
    internal static class OrderlyStop
    {
        /// <summary>A full ring (7 MB) at 100 kB/s takes 70 s to reach the card.</summary>
        private const long LimitUs = 120_000_000;

        private const long LookUs = 500_000;

        /// <summary>Stops a recording and waits in virtual time until it is closed.</summary>
        /// <returns>Whether the camera came to rest.</returns>
        public static bool Reach(ICameraEngine engine)
        {
            engine.Release(Button.Record);
            engine.Release(Button.Event);
            engine.RunUntil(engine.NowUs + LookUs);
            if (engine.Status.State == OperatingState.Recording)
            {
                foreach (GesturePart part in Gestures.Hold(Gestures.StopHoldUs))
                {
                    if (part.Down)
                    {
                        engine.Press(Button.Record);
                    }
                    else
                    {
                        engine.Release(Button.Record);
                    }

                    engine.RunUntil(engine.NowUs + part.DurationUs);
                }
            }

            long limit = engine.NowUs + LimitUs;
            while (IsBusy(engine) && engine.NowUs < limit)
            {
                engine.RunUntil(engine.NowUs + LookUs);
            }

            return !IsBusy(engine);
        }

        private static bool IsBusy(ICameraEngine engine)
        {
            return engine.Status.State is OperatingState.Recording or OperatingState.Closing;
        }
    }
}
