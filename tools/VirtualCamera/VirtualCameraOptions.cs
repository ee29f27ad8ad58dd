// SPDX-License-Identifier: MIT

using System;
using Lapel.Hal;
using Lapel.Hal.Virtual;

namespace Lapel.VirtualCamera
{
    /// <summary>What a virtual camera is made of.</summary>
    /// <param name="CardFolder">The folder that stands for the card; made when it is not there.</param>
    /// <param name="DeviceFolder">The folder that stands for the storage inside the camera; made when it is not there, never within the
    /// card's.</param>
    /// <param name="Scene">What the sensor sees.</param>
    public sealed record VirtualCameraOptions(string CardFolder, string DeviceFolder, IScene Scene)
    {
        /// <summary>Seed of all that is random in the simulation.</summary>
        public int Seed { get; init; } = 1;

        /// <summary>
        /// Whether the camera draws its keys from the system's random numbers. Else they follow from the seed: right for tests, and for
        /// nothing that has to be kept secret.
        /// </summary>
        public bool HasSecretKeys { get; init; }

        /// <summary>
        /// Smallest card that can be recorded on with slots of 8 MiB, in units of 1,000,000 bytes: two copies of the catalogue take 1.1 MB,
        /// the log 16.8 MB, a slot for the pre-event and one for the live pictures 16.8 MB.
        /// </summary>
        public const int LeastCardMegabytes = 35;

        /// <summary>Size of the card in units of 1,000,000 bytes; holds for the first insertion, when the card is formatted.</summary>
        public int CardMegabytes { get; init; } = 512;

        /// <summary>What the card sustains, kB (1,000 bytes) a second.</summary>
        public int CardKilobytesPerSecond { get; init; } = 400;

        /// <summary>Writes from one stall of 300 ms to the next; 0 for none.</summary>
        public int CardStallEvery { get; init; }

        /// <summary>Bytes of a slot when the card is made.</summary>
        public int SlotBytes { get; init; } = 8 * 1024 * 1024;

        /// <summary>Unit name.</summary>
        public string Unit { get; init; } = "LAPEL";

        /// <summary>Pre-event length asked for, seconds, 0 to 120.</summary>
        public int PreEventSeconds { get; init; } = 30;

        /// <summary>Frames a second asked for.</summary>
        public int FramesPerSecond { get; init; } = 10;

        /// <summary>Frame size.</summary>
        public FrameSize Size { get; init; } = FrameSize.Vga;

        /// <summary>X25519 public keys of those who may open the recordings; empty for recordings in the clear.</summary>
        public byte[][] Recipients { get; init; } = [];

        /// <summary>Who wears the camera; recorded sealed only.</summary>
        public string Officer { get; init; } = "";

        /// <summary>
        /// Whether the device's first key is ordered at the first boot, as the technician does who sets a camera up: while internal storage
        /// has no secret.
        /// </summary>
        public bool OrdersKey { get; init; } = true;

        /// <summary>
        /// Seconds since the last commitment within which a recording that a power cut ended goes on by itself; 0: it never does.
        /// </summary>
        public int ContinueSeconds { get; init; } = 60;

        /// <summary>UTC at power-on; null leaves the clock unset.</summary>
        public DateTime? Utc { get; init; }
    }
}
