// SPDX-License-Identifier: MIT

namespace Lapel.Hal.Esp32
{
    /// <summary>Times and limits of the ArduCAM Mega.</summary>
    /// <remarks>Where no vendor figure exists they are those of Zephyr's driver (arducam_mega.c).</remarks>
    public static class MegaLimits
    {
        /// <summary>Between two polls of SENSOR_STATE, microseconds (Zephyr: 2 ms).</summary>
        public const int PollUs = 2000;

        /// <summary>Between two tries of a register access that failed, microseconds (Zephyr: 5 ms).</summary>
        public const int RetryUs = 5000;

        /// <summary>Tries of a register access before it is a fault (Zephyr: 3).</summary>
        public const int Tries = 3;

        /// <summary>From the reset to the first poll, microseconds: the vendor polls at once, Zephyr sleeps 1 s first.</summary>
        /// <remarks>Long enough that a chip which answered idle before the reset no longer does.</remarks>
        public const int ResetSettleUs = 10000;

        /// <summary>Longest reset, microseconds: Zephyr's 1 s and 255 polls of 2 ms.</summary>
        public const int ResetUs = 1000000 + 255 * PollUs;

        /// <summary>Polls for idle after an ordinary register write (Zephyr: 3).</summary>
        public const int RegisterPolls = 3;

        /// <summary>Polls for idle after a change of resolution (Zephyr: 10).</summary>
        public const int ResolutionPolls = 10;

        /// <summary>Polls for idle after a change of format (Zephyr: 30).</summary>
        public const int FormatPolls = 30;

        /// <summary>Longest capture, microseconds (Zephyr: 200 polls of 2 ms).</summary>
        public const int CaptureUs = 400000;

        /// <summary>
        /// Longest plausible picture, bytes: four times the largest HD picture seen from such modules. A longer length is most often one
        /// misread, so that the capture is tried again.
        /// </summary>
        public const int LongestPicture = 262144;

        /// <summary>
        /// Longest length that can be a picture's at all, bytes: one less than the FIFO of the largest module has (8 MiB, 0x7FFFFF in the
        /// vendor's source).
        /// </summary>
        public const int LongestLength = 0x7FFFFE;

        /// <summary>Failed captures in a row before it is a fault.</summary>
        public const int FailedCaptures = 5;
    }
}
