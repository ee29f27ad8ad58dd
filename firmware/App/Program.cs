// SPDX-License-Identifier: MIT

using System;
using Lapel.Custody;
using Lapel.Hal;
using Lapel.Hal.Esp32;

namespace Lapel.App
{
    /// <summary>The device's entry point: the reference board, the default configuration, the loop.</summary>
    public static class Program
    {
        private const int ShowMs = 100;

        /// <summary>Never returns.</summary>
        public static void Main()
        {
            IBoard board = null;
            Thrown what;
            try
            {
                board = new ReferenceBoard();
                new Camera(board, new CameraConfiguration()).Run();
                return;
            }
            catch (Exception e)
            {
                what = ThrownBy.Of(e);
            }

            // The loop catches what it throws: what comes here was thrown while the camera was made.
            if (board == null)
            {
                ReferenceBoard.RestartLater();
                return;
            }

            LastFence last = new LastFence(board);
            last.Fall(FencedPart.Camera, what, 0, 0);
            while (true)
            {
                last.Show(board.Clock.Microseconds);
                last.Watch(board.Clock.Microseconds);
                board.Clock.Sleep(ShowMs);
            }
        }
    }
}
